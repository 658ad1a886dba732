//! Does a section of two locks exclude the sections of either lock?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Block, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_pair_excludes_singles",
    pillar: Pillar::Safepoint,
    question: "Does a section of two locks exclude the sections of either lock?",
    always: "what either lock protects is changed by one thread at a time",
    sometimes: &["a lock of the pair was taken"],
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
            Box::new(move |ts| pair(ts, [&a, &b], &ours, &told)),
            Box::new(move |ts| singles(ts, [&a, &b], &theirs)),
        ],
    );
    for lock in locks {
        lock.free(heap());
    }
    support::finish(&runtime);
    let found = [counts.0[0].get(), counts.0[1].get()];
    claims.always(SCENARIO.always, found == [2, 2], || format!("{found:?}"));
}

fn pair(ts: &ThreadState, [a, b]: [&ObjectLock; 2], counts: &Counts, claims: &Claims) {
    ts.attach();
    claims.sometimes(SCENARIO.sometimes[0], a.is_locked() || b.is_locked());
    critical_section::with_two(ts, a, b, || counts.0.iter().for_each(|count| count.add(1)));
    ts.detach();
}

fn singles(ts: &ThreadState, locks: [&ObjectLock; 2], counts: &Counts) {
    ts.attach();
    for (lock, count) in locks.into_iter().zip(counts.0.iter()) {
        critical_section::with(ts, lock, || count.add(1));
    }
    ts.detach();
}
