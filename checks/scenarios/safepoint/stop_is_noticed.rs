//! Does a thread that only passes safepoints learn that it is to stop?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::runtime::safepoint;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::rt::sync::hint;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_stop_is_noticed",
    pillar: Pillar::Safepoint,
    question: "Does a thread that only passes safepoints learn that it is to stop?",
    always: "the world stops though no thread leaves by itself",
    sometimes: &["the thread passed a safepoint before it was asked"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let done = Arc::new(AtomicU8::new("done", 0));
    let (ours, theirs, told) = (Arc::clone(&done), Arc::clone(&done), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| pass_safepoints(ts, &ours, &told)),
            Box::new(move |ts| stop_twice(ts, &theirs)),
        ],
    );
    support::finish(&runtime);
    let end = done.load(Relaxed);
    claims.always(SCENARIO.always, end == 1, || end);
}

fn pass_safepoints(ts: &ThreadState, done: &AtomicU8, claims: &Claims) {
    ts.attach();
    while done.load(Relaxed) == 0 {
        let asked = ts.breaker().is_set();
        claims.sometimes(SCENARIO.sometimes[0], !asked);
        safepoint(ts, |_| ());
        hint::spin();
    }
    ts.detach();
}

/// The second stop finds the traces of the first.
fn stop_twice(ts: &ThreadState, done: &AtomicU8) {
    ts.attach();
    ts.runtime().world().stop(Some(ts));
    ts.runtime().world().restart(Some(ts));
    ts.runtime().world().stop(Some(ts));
    done.store(1, Relaxed);
    ts.runtime().world().restart(Some(ts));
    ts.detach();
}
