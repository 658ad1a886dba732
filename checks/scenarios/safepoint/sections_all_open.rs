//! Does a thread that waits inside two sections let others into both?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;
use crate::rt::sync::hint;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_sections_all_open",
    pillar: Pillar::Safepoint,
    question: "Does a thread that waits outside, inside of two sections, let another into both?",
    always: "the thread that is waited for comes through, and each lock excludes",
    sometimes: &["the other thread came while the first one waited"],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    locks: [ObjectLock; 2],
    counts: [Plain; 2],
    inside: AtomicU8,
    done: AtomicU8,
}

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let shared = Arc::new(Shared {
        locks: [ObjectLock::new(), ObjectLock::new()],
        counts: [Plain::new(0), Plain::new(0)],
        inside: AtomicU8::new("inside", 0),
        done: AtomicU8::new("done", 0),
    });
    let (ours, theirs, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| wait_inside(ts, &ours)),
            Box::new(move |ts| come_through(ts, &theirs, &told)),
        ],
    );
    support::finish(&runtime);
    let found = [shared.counts[0].get(), shared.counts[1].get()];
    claims.always(SCENARIO.always, found == [2, 2], || format!("{found:?}"));
}

fn wait_inside(ts: &ThreadState, shared: &Shared) {
    let [a, b] = &shared.locks;
    ts.attach();
    critical_section::with(ts, a, || {
        critical_section::with(ts, b, || {
            shared.inside.store(1, Relaxed);
            ts.detached(|| {
                while shared.done.load(Relaxed) == 0 {
                    hint::spin();
                }
            });
            shared.counts[1].add(1);
        });
        shared.counts[0].add(1);
    });
    ts.detach();
}

fn come_through(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    claims.sometimes(SCENARIO.sometimes[0], shared.inside.load(Relaxed) == 1);
    for (lock, count) in shared.locks.iter().zip(&shared.counts) {
        critical_section::with(ts, lock, || count.add(1));
    }
    ts.detach();
    shared.done.store(1, Relaxed);
}
