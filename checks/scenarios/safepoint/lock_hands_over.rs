//! Does a thread that was passed over get the lock from the next holder's hands?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_lock_hands_over",
    pillar: Pillar::Safepoint,
    question: "Does a thread that was passed over get the lock from the next holder's hands?",
    always: "the lock excludes, also when it is handed over",
    sometimes: &[
        "the lock was handed over: it was taken while the world was stopped",
        "the lock was given up while the world was stopped and stayed free",
    ],
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
    let (holder, waiter, told) = (Arc::clone(&shared), Arc::clone(&shared), claims.clone());
    support::run(
        &runtime,
        [
            Box::new(move |ts| hold_twice(ts, &holder, &told)),
            Box::new(move |ts| hold(ts, &waiter)),
        ],
    );
    support::finish(&runtime);
    let count = shared.count.get();
    claims.always(SCENARIO.always, count == 3, || count);
}

/// May pass the waiter over once, then gives the lock up while the world is stopped: nobody comes in and takes it then,
/// so it is taken only if the waiter was made the holder in its sleep.
fn hold_twice(ts: &ThreadState, shared: &Shared, claims: &Claims) {
    ts.attach();
    shared.lock.lock(ts);
    shared.count.add(1);
    shared.lock.unlock(&ts.runtime().parking);
    shared.lock.lock(ts);
    shared.count.add(1);
    ts.runtime().world().stop(Some(ts));
    shared.lock.unlock(&ts.runtime().parking);
    let taken = shared.lock.is_locked();
    ts.runtime().world().restart(Some(ts));
    claims.sometimes(SCENARIO.sometimes[0], taken);
    claims.sometimes(SCENARIO.sometimes[1], !taken);
    ts.detach();
}

fn hold(ts: &ThreadState, shared: &Shared) {
    ts.attach();
    shared.lock.lock(ts);
    shared.count.add(1);
    shared.lock.unlock(&ts.runtime().parking);
    ts.detach();
}
