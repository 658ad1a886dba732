//! Does a collection see that the last reference to a cycle lies in a merge queue?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::objects::list::{self, List};
use crate::rt::objects::{Slot, Value, decref, gc, new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::rt::sync::hint;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_gc_drains_queues",
    pillar: Pillar::Safepoint,
    question: "Does a collection end a cycle whose last reference from outside lies in its owner's merge queue?",
    always: "the cycle is found, and nothing is left in the end",
    sometimes: &["the owner was outside, with the cycle in its queue"],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    /// The reference to the cycle that the owner gives away.
    given: Slot,
    collected: AtomicU8,
}

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let shared = Arc::new(Shared {
        given: Slot::new("given", None),
        collected: AtomicU8::new("collected", 0),
    });
    let (ours, theirs, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| support::with_objects(ts, |ts| give_a_cycle(ts, &ours))),
            Box::new(move |ts| {
                support::with_objects(ts, |ts| drop_and_collect(ts, &theirs, &told))
            }),
        ],
    );
    support::finish(&runtime);
}

/// A list that holds itself, and is given away; its owner stays outside until the collection is over.
fn give_a_cycle(ts: &ThreadState, shared: &Shared) {
    let cycle = list::new(ts, &[]);
    list::append(ts, as_list(&cycle), new_ref(ts, cycle));
    shared.given.store(Some(cycle), Release);
    ts.detached(|| {
        while shared.collected.load(Relaxed) == 0 {
            hint::spin();
        }
    });
}

fn drop_and_collect(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    let cycle = ts.detached(|| {
        loop {
            if let Some(cycle) = shared.given.load(Acquire) {
                return cycle;
            }
            hint::spin();
        }
    });
    // SAFETY: the reference was given to this thread.
    unsafe { decref(ts, cycle) };
    let found = gc::collect(ts);
    claims.always(SCENARIO.always, found == Some(1), || format!("{found:?}"));
    claims.sometimes(SCENARIO.sometimes[0], found.is_some());
    shared.collected.store(1, Relaxed);
}

fn as_list(value: &Value) -> &List {
    value.downcast().expect("a list")
}
