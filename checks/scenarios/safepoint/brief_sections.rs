//! Do brief sections exclude, and do they wait without keeping what others wait for?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_brief_sections",
    pillar: Pillar::Safepoint,
    question: "Do two threads come through brief sections of each other's locks, one at a time?",
    always: "both threads' writes are there",
    sometimes: &["a thread waited for the lock"],
    bound: Bound::Preemptions(2),
    body,
};

/// A lock and what it protects.
struct Counted {
    lock: ObjectLock,
    count: Plain,
}

impl Counted {
    fn new() -> Self {
        Self {
            lock: ObjectLock::new(),
            count: Plain::new(0),
        }
    }
}

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let pair = Arc::new([Counted::new(), Counted::new()]);
    let (ours, theirs) = (Arc::clone(&pair), Arc::clone(&pair));
    let (one, other) = (claims.clone(), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| cross(ts, &ours[0], &ours[1], &one)),
            Box::new(move |ts| cross(ts, &theirs[1], &theirs[0], &other)),
        ],
    );
    let counts = [pair[0].count.get(), pair[1].count.get()];
    claims.always(SCENARIO.always, counts == [2, 2], || format!("{counts:?}"));
    support::finish(&runtime);
}

fn cross(ts: &ThreadState, outer: &Counted, inner: &Counted, claims: &Claims) {
    ts.attach();
    critical_section::with(ts, &outer.lock, || {
        outer.count.add(1);
        critical_section::brief(ts, &inner.lock, || inner.count.add(1));
        claims.sometimes(SCENARIO.sometimes[0], outer.lock.is_waited_for());
    });
    ts.detach();
}
