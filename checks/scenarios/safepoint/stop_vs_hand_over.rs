//! Can a thread stop the world inside a critical section whose lock a starving thread waits for?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_stop_vs_hand_over",
    pillar: Pillar::Safepoint,
    question: "Can a thread stop the world inside a critical section whose lock a starving thread waits for?",
    always: "both threads come to their end",
    sometimes: &["somebody waited for the lock during the stop"],
    bound: Bound::Preemptions(3),
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
    let (stopper, waiter, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| stop_inside(ts, &stopper, &told)),
            Box::new(move |ts| wait(ts, &waiter)),
        ],
    );
    support::finish(&runtime);
    let count = shared.count.get();
    claims.always(SCENARIO.always, count == 3, || count);
}

/// Passes the waiter over once, so that it starves, then stops the world while it holds the lock again.
fn stop_inside(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    critical_section::with(ts, &shared.lock, || shared.count.add(1));
    critical_section::with(ts, &shared.lock, || {
        ts.runtime().world().stop(Some(ts));
        claims.sometimes(
            "somebody waited for the lock during the stop",
            shared.lock.is_waited_for(),
        );
        ts.runtime().world().restart(Some(ts));
        shared.count.add(1);
    });
    ts.detach();
}

fn wait(ts: &ThreadState, shared: &Shared) {
    ts.attach();
    critical_section::with(ts, &shared.lock, || shared.count.add(1));
    ts.detach();
}
