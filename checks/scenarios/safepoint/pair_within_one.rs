//! Does a section of two locks inside a section of one of them hold the other lock, too?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Block, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_pair_within_one",
    pillar: Pillar::Safepoint,
    question: "Does a section of two locks inside a section of one of them hold the other lock, too?",
    always: "what the second lock protects is changed by one thread at a time",
    sometimes: &["the second lock was taken"],
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
            Box::new(move |ts| nested(ts, [&a, &b], &ours, &told)),
            Box::new(move |ts| single(ts, [&a, &b], &theirs)),
        ],
    );
    for lock in locks {
        lock.free(heap());
    }
    support::finish(&runtime);
    let found = [counts.0[0].get(), counts.0[1].get()];
    claims.always(SCENARIO.always, found == [1, 2], || format!("{found:?}"));
}

/// The outer section lies on the first lock, the inner one on both.
fn nested(ts: &ThreadState, [a, b]: [&ObjectLock; 2], counts: &Counts, claims: &Claims) {
    ts.attach();
    critical_section::with(ts, a, || {
        counts.0[0].add(1);
        claims.sometimes(SCENARIO.sometimes[0], b.is_locked());
        critical_section::with_two(ts, a, b, || counts.0[1].add(1));
    });
    ts.detach();
}

fn single(ts: &ThreadState, [_, b]: [&ObjectLock; 2], counts: &Counts) {
    ts.attach();
    critical_section::with(ts, b, || counts.0[1].add(1));
    ts.detach();
}
