//! Is what threads have counted for themselves still known when they have ended?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::objects::{Slot, Value, decref, gc, list, try_new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::rt::sync::cell::Cell;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_deferred_outlives_its_threads",
    pillar: Pillar::Safepoint,
    question: "Is what threads have counted for themselves still known when they have ended?",
    always: "the object is found by the collection after its last reference was dropped",
    sometimes: &["a thread left a reference", "a thread came too late"],
    bound: Bound::Preemptions(2),
    body,
};

/// What the threads share.
struct Shared {
    /// Where the object is found; owns a reference.
    slot: Slot,
    /// The reference that a thread left, for those who come after it.
    left: Cell<Option<Value>>,
}

fn body(claims: &Claims) {
    let runtime = support::runtime(3);
    let shared = Arc::new(Shared {
        slot: Slot::new("slot", None),
        left: Cell::new("left", None),
    });
    let (dropping, taking) = (Arc::clone(&shared), Arc::clone(&shared));
    support::alone(&runtime, |ts| {
        support::with_objects(ts, |ts| share(ts, &shared));
    });
    support::run(
        &runtime,
        [
            inside(move |ts| drop_it(ts, &dropping)),
            inside(move |ts| take(ts, &taking)),
        ],
    );
    let told = claims.clone();
    support::run(&runtime, [inside(move |ts| end(ts, &shared, &told))]);
    support::finish(&runtime);
}

fn inside(body: impl FnOnce(&ThreadState) + Send + 'static) -> support::Body {
    Box::new(move |ts| support::with_objects(ts, body))
}

/// Puts a list with a deferred count into the slot.
fn share(ts: &ThreadState, shared: &Shared) {
    let list = list::new(ts, &[]);
    let _ = gc::defer_count(ts, list);
    // ORDERING: Release, with the loads below.
    shared.slot.store(Some(list), Release);
}

/// Drops what is in the slot.
fn drop_it(ts: &ThreadState, shared: &Shared) {
    // ORDERING: Acquire, with `share`; nobody else stores by now.
    let list = shared.slot.load(Acquire).expect("the list");
    // ORDERING: Relaxed; nothing is carried.
    shared.slot.store(None, Relaxed);
    give_back(ts, list);
}

/// Takes a reference to what is in the slot, and leaves it.
fn take(ts: &ThreadState, shared: &Shared) {
    // ORDERING: Acquire, with `share`.
    let found = shared.slot.load(Acquire);
    let taken = found.filter(|list| try_new_ref(ts, *list));
    // SAFETY: it is read when this thread was joined.
    shared.left.with_mut(|left| unsafe { *left = taken });
}

/// Gives back what was left, and collects.
fn end(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    // SAFETY: the thread that wrote it was joined.
    let left = shared.left.with(|left| unsafe { *left });
    claims.sometimes("a thread left a reference", left.is_some());
    claims.sometimes("a thread came too late", left.is_none());
    if let Some(list) = left {
        let early = gc::collect(ts);
        claims.always("a reference keeps it", early == Some(0), || {
            format!("{early:?}")
        });
        give_back(ts, list);
    }
    let found = gc::collect(ts);
    claims.always(SCENARIO.always, found == Some(1), || format!("{found:?}"));
}

fn give_back(ts: &ThreadState, value: Value) {
    // SAFETY: the scenario owns what it gives back.
    unsafe { decref(ts, value) };
}
