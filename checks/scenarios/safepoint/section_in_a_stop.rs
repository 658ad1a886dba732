//! Can the requester of a stop use an object whose lock a suspended thread holds?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::runtime::safepoint;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_section_in_a_stop",
    pillar: Pillar::Safepoint,
    question: "Can the requester of a stop use an object whose lock a suspended thread holds?",
    always: "both threads come to their end, and never touch the object at once",
    sometimes: &["the suspended thread held the lock"],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    lock: ObjectLock,
    count: Plain,
}

fn body(claims: &Claims) {
    let runtime = support::runtime(2);
    let shared = Arc::new(Shared {
        lock: ObjectLock::new(),
        count: Plain::new(0),
    });
    let (holder, requester, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| hold(ts, &holder)),
            Box::new(move |ts| stop(ts, &requester, &told)),
        ],
    );
    support::finish(&runtime);
    let count = shared.count.get();
    claims.always(SCENARIO.always, count == 11, || count);
}

/// Holds the lock over a safepoint, as a thread does that was handed it while it was suspended.
fn hold(ts: &ThreadState, shared: &Shared) {
    ts.attach();
    shared.lock.lock(ts);
    safepoint(ts, |_| ());
    shared.count.add(1);
    shared.lock.unlock(&ts.runtime().parking);
    ts.detach();
}

fn stop(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    ts.runtime().world().stop(Some(ts));
    claims.sometimes(SCENARIO.sometimes[0], shared.lock.is_locked());
    critical_section::with(ts, &shared.lock, || shared.count.add(10));
    ts.runtime().world().restart(Some(ts));
    ts.detach();
}
