//! Can two threads nest the sections of two objects in opposite orders?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Block, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_sections_nest_both_ways",
    pillar: Pillar::Safepoint,
    question: "Can two threads nest the sections of two objects in opposite orders?",
    always: "both threads come to their end, and each lock excludes inside",
    sometimes: &["the inner lock was taken"],
    bound: Bound::Preemptions(2),
    body,
};

/// What the two locks protect.
#[derive(Clone)]
struct Counts(Arc<[Plain; 2]>);

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let heap = || runtime.heap.local();
    let locks = ["a", "b"].map(|name| Block::new(heap(), name, ObjectLock::new()));
    let counts = Counts(Arc::new([Plain::new(0), Plain::new(0)]));
    let (ours, theirs, told) = (counts.clone(), counts.clone(), claims.clone());
    let [a, b] = locks;
    support::run(
        &runtime,
        [
            Box::new(move |ts| first(ts, [&a, &b], &ours, &told)),
            Box::new(move |ts| second(ts, [&a, &b], &theirs)),
        ],
    );
    for lock in locks {
        lock.free(heap());
    }
    support::finish(&runtime);
    let found = [counts.0[0].get(), counts.0[1].get()];
    claims.always(SCENARIO.always, found == [2, 2], || format!("{found:?}"));
}

fn first(ts: &ThreadState, [a, b]: [&ObjectLock; 2], counts: &Counts, claims: &Claims) {
    ts.attach();
    critical_section::with(ts, a, || {
        counts.0[0].add(1);
        claims.sometimes(SCENARIO.sometimes[0], b.is_locked());
        critical_section::with(ts, b, || counts.0[1].add(1));
    });
    ts.detach();
}

fn second(ts: &ThreadState, [a, b]: [&ObjectLock; 2], counts: &Counts) {
    ts.attach();
    critical_section::with(ts, b, || {
        counts.0[1].add(1);
        critical_section::with(ts, a, || counts.0[0].add(1));
    });
    ts.detach();
}
