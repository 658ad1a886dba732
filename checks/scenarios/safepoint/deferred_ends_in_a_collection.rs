//! Does a collection count what other threads have counted for themselves?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Slot, Value, gc, try_new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::scenarios::containers::{Stage, drop_ref, int};

const USED: &str = "the object was used after a collection could end it";
const GONE: &str = "the object was collected before it was used";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_deferred_ends_in_a_collection",
    pillar: Pillar::Safepoint,
    question: "Does a collection count what other threads have counted for themselves?",
    always: "the object is used alive, and nothing is left of it",
    sometimes: &[USED, GONE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let list = list::new(owner, &[int(7)]);
    let _ = gc::defer_count(owner, list);
    let slot = Arc::new(Slot::new("slot", None));
    // ORDERING: Release, with the loads below.
    slot.store(Some(list), Release);
    let (emptied, told) = (Arc::clone(&slot), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| drop_and_collect(ts, &emptied, &told)),
        Box::new(move |ts| use_and_drop(ts, &slot)),
    ]);
    let ts = stage.thread(0);
    claims.sometimes(USED, gc::collect(ts) == Some(1));
    stage.thread(1).attach();
    // An object that no collection has found is a leak.
    stage.finish(&[]);
}

/// Drops what is in the slot, and collects.
fn drop_and_collect(ts: &ThreadState, slot: &Slot, claims: &Claims) {
    // ORDERING: Acquire, with `body`; nobody else stores by now.
    let list = slot.load(Acquire).expect("the list");
    // ORDERING: Relaxed; nothing is carried.
    slot.store(None, Relaxed);
    drop_ref(ts, list);
    claims.sometimes(GONE, gc::collect(ts) == Some(1));
}

/// Takes a reference to what is in the slot, lets the world stop, uses the object, and goes outside.
fn use_and_drop(ts: &ThreadState, slot: &Slot) {
    // ORDERING: Acquire, with `body`.
    let found = slot.load(Acquire);
    if let Some(list) = found.filter(|list| try_new_ref(ts, *list)) {
        ts.detached(|| ());
        let _ = list::get(ts, as_list(&list), 0);
        drop_ref(ts, list);
    }
    ts.detach();
}

fn as_list(value: &Value) -> &List {
    value.downcast().expect("a list")
}
