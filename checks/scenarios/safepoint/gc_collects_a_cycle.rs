//! Does a collection end the cycles that a running thread drops, and nothing that it keeps?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Value, gc, new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{Stage, drop_ref, int};

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
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let kept = list::new(owner, &[int(7)]);
    let cycle = list::new(owner, &[]);
    list::append(owner, as_list(&cycle), new_ref(owner, cycle));
    let (told, seen) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| drop_a_cycle(ts, kept, cycle, &seen)),
        Box::new(move |ts| collect(ts, &told)),
    ]);
    let _ = gc::collect(stage.thread(1));
    stage.thread(0).attach();
    stage.finish(&[]);
}

/// Drops a list that holds itself, lets the world stop, and looks at a list that it keeps.
fn drop_a_cycle(ts: &ThreadState, kept: Value, cycle: Value, claims: &Claims) {
    ts.detached(|| ());
    drop_ref(ts, cycle);
    support::safepoint(ts);
    let item = list::get(ts, as_list(&kept), 0);
    claims.always(SCENARIO.always, item == Some(int(7)), || {
        format!("{item:?}")
    });
    drop_ref(ts, kept);
    ts.detach();
}

fn collect(ts: &ThreadState, claims: &Claims) {
    let found = gc::collect(ts);
    claims.sometimes(
        "the cycle was collected while its thread ran",
        found == Some(1),
    );
    claims.sometimes("the cycle was still in use", found == Some(0));
}

fn as_list(value: &Value) -> &List {
    value.downcast().expect("a list")
}
