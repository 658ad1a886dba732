//! Does a section of a thread that has stopped the world before hold its lock?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_section_after_a_stop",
    pillar: Pillar::Safepoint,
    question: "Does a section of a thread that has stopped the world before hold its lock?",
    always: "the lock excludes after the restart",
    sometimes: &["the lock was taken after the restart"],
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
    let (ours, theirs, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| stop_and_enter(ts, &ours, &told)),
            Box::new(move |ts| enter(ts, &theirs)),
        ],
    );
    support::finish(&runtime);
    let count = shared.count.get();
    claims.always(SCENARIO.always, count == 2, || count);
}

fn stop_and_enter(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    ts.runtime().world().stop(Some(ts));
    ts.runtime().world().restart(Some(ts));
    claims.sometimes(SCENARIO.sometimes[0], shared.lock.is_locked());
    critical_section::with(ts, &shared.lock, || shared.count.add(1));
    ts.detach();
}

fn enter(ts: &ThreadState, shared: &Shared) {
    ts.attach();
    critical_section::with(ts, &shared.lock, || shared.count.add(1));
    ts.detach();
}
