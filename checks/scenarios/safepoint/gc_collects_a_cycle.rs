//! Does a collection end the cycles that a running thread drops, and nothing that it keeps?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Value, decref, gc, new_ref};
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_collects_a_cycle",
    pillar: Pillar::Safepoint,
    question: "Does a collection end the cycles that a running thread drops, and nothing that it keeps?",
    always: "what the thread keeps stays as it was, and nothing is left in the end",
    sometimes: &[
        "the cycle was collected while its thread ran",
        "the cycle was still in use",
    ],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(3);
    let (told, kept) = (claims.clone(), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| support::with_objects(ts, |ts| drop_a_cycle(ts, &kept))),
            Box::new(move |ts| support::with_objects(ts, |ts| collect(ts, &told))),
        ],
    );
    support::run(
        &runtime,
        [Box::new(move |ts| {
            support::with_objects(ts, |ts| {
                let _ = gc::collect(ts);
            });
        })],
    );
    support::finish(&runtime);
}

/// A list that holds itself, and is dropped, beside a list that is kept.
fn drop_a_cycle(ts: &ThreadState, claims: &Claims) {
    let kept = list::new(ts, &[small(7)]);
    let cycle = list::new(ts, &[]);
    list::append(ts, as_list(&cycle), new_ref(ts, cycle));
    give_back(ts, cycle);
    support::safepoint(ts);
    let item = list::get(ts, as_list(&kept), 0);
    claims.always(SCENARIO.always, item == Some(small(7)), || {
        format!("{item:?}")
    });
    give_back(ts, kept);
}

fn collect(ts: &ThreadState, claims: &Claims) {
    let found = gc::collect(ts);
    claims.sometimes(
        "the cycle was collected while its thread ran",
        found == Some(1),
    );
    claims.sometimes("the cycle was still in use", found == Some(0));
}

fn small(value: i64) -> Value {
    Value::small(value).expect("a small integer")
}

fn as_list(value: &Value) -> &List {
    value.downcast().expect("a list")
}

fn give_back(ts: &ThreadState, value: Value) {
    // SAFETY: the scenario owns what it gives back.
    unsafe { decref(ts, value) };
}
