//! Can two threads lock the same pair of objects in opposite orders?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Block, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_pairs_do_not_deadlock",
    pillar: Pillar::Safepoint,
    question: "Can two threads lock the same pair of objects in opposite orders?",
    always: "both sections are entered, one at a time",
    sometimes: &["a thread found a lock of the pair taken"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let heap = || runtime.heap.local();
    let a = Block::new(heap(), "a", ObjectLock::new());
    let b = Block::new(heap(), "b", ObjectLock::new());
    let count = Arc::new(Plain::new(0));
    let (ours, theirs, told) = (Arc::clone(&count), Arc::clone(&count), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| enter(ts, &a, &b, &ours, &told)),
            Box::new(move |ts| enter(ts, &b, &a, &theirs, &Claims::default())),
        ],
    );
    a.free(heap());
    b.free(heap());
    support::finish(&runtime);
    let count = count.get();
    claims.always(SCENARIO.always, count == 2, || count);
}

fn enter(ts: &ThreadState, a: &ObjectLock, b: &ObjectLock, count: &Plain, claims: &Claims) {
    ts.attach();
    claims.sometimes(SCENARIO.sometimes[0], a.is_locked() || b.is_locked());
    critical_section::with_two(ts, a, b, || count.add(1));
    ts.detach();
}
