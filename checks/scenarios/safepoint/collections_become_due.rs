//! Does a collection become due when the threads have made more objects than the limits allow, and only then?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::objects::no_code::NoCode;
use crate::rt::protocols::allocations::{Allocations, Due};
use crate::rt::protocols::eval_breaker::Requests;
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::Stage;

const ASKED: &str = "a thread was asked to collect";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_collections_become_due",
    pillar: Pillar::Safepoint,
    question: "Does a collection become due when the threads have made more objects than the limits allow, and only then?",
    always: "batches are carried when they are full, and the thread that exceeds the limit is asked",
    sometimes: &[ASKED],
    bound: Bound::Preemptions(2),
    body,
};

/// How many objects are a batch.
const BATCH: i32 = 3;

fn body(claims: &Claims) {
    limits(claims);
    let stage = Stage::<2>::with(&NoCode, support::config(2, BATCH));
    batches(stage.thread(0), claims);
    stage.runtime().allocations.set_threshold(4);
    let worker = || -> crate::scenarios::containers::Work {
        let told = claims.clone();
        Box::new(move |ts| {
            (0..BATCH).for_each(|_| ts.count_made());
            told.sometimes(ASKED, ts.breaker().take() == Requests::COLLECT);
        })
    };
    let work = [worker(), worker()];
    let stage = stage.run(work);
    let young = stage.runtime().allocations.young();
    claims.always("both batches are carried", young == 6, || young);
    stage.thread(0).count_made();
    stage.finish(&[]);
}

/// What one thread carries, and when.
fn batches(ts: &ThreadState, claims: &Claims) {
    let counts = &ts.runtime().allocations;
    let mut seen = Vec::new();
    let mut note = || seen.push(counts.young());
    (0..BATCH).for_each(|_| {
        ts.count_made();
        note();
    });
    (0..BATCH).for_each(|_| {
        ts.count_ended();
        note();
    });
    ts.count_made();
    let _ = ts.carry();
    note();
    ts.count_ended();
    let _ = ts.carry();
    note();
    let right = seen == [0, 0, 3, 3, 3, 0, 1, 0];
    claims.always("full batches are carried", right, || format!("{seen:?}"));
    let asked = ts.breaker().is_set();
    claims.always(
        "nobody is asked too early",
        !asked,
        || "the thread is asked",
    );
}

/// When a number of objects is too many.
fn limits(claims: &Claims) {
    let counts = Allocations::new();
    let begin = (
        counts.threshold(),
        counts.live(),
        counts.is_enabled(),
        counts.is_scaled(),
    );
    claims.always(
        "the limits are as documented",
        begin == (2000, 0, true, true),
        || format!("{begin:?}"),
    );
    let mut answers = Vec::new();
    let mut note = |answer: Due| answers.push(answer == Due::Yes);
    note(counts.add(2000));
    note(counts.add(1));
    counts.set_enabled(false);
    note(counts.is_due());
    counts.set_enabled(true);
    note(counts.is_due());
    counts.set_threshold(0);
    note(counts.is_due());
    counts.set_threshold(u64::MAX);
    note(counts.is_due());
    counts.reset(100);
    counts.set_threshold(1);
    note(counts.add(2));
    counts.set_scaled(false);
    note(counts.is_due());
    counts.set_scaled(true);
    note(counts.add(23));
    note(counts.add(1));
    let (young, live, scaled) = (counts.young(), counts.live(), counts.is_scaled());
    claims.always(
        "a collection begins anew",
        (young, live, scaled) == (26, 100, true),
        || format!("{young} and {live}"),
    );
    let right = [
        false, true, false, true, false, false, false, true, false, true,
    ];
    claims.always("it is due beyond the limits", answers == right, || {
        format!("{answers:?}")
    });
}
