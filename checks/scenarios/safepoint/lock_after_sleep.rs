//! Does a thread that slept for the lock, and may have been passed over, come in alone?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::object_lock::{ObjectLock, Parking};
use crate::rt::sync::atomic::AtomicU8;
use crate::rt::sync::atomic::Ordering::Relaxed;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_lock_after_sleep",
    pillar: Pillar::Safepoint,
    question: "Does a thread that slept for the lock, and may have been passed over, come in alone?",
    always: "the lock excludes, also when it is handed over",
    sometimes: &["the lock was not free right after it was given up, and the waiter had not run"],
    bound: Bound::Preemptions(3),
    body,
};

struct Shared {
    parking: Parking,
    lock: ObjectLock,
    count: Plain,
    waiter_ran: AtomicU8,
}

fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        parking: support::parking(),
        lock: ObjectLock::new(),
        count: Plain::new(0),
        waiter_ran: AtomicU8::new("waiter ran", 0),
    });
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(2, move |index| match index {
        0 => hold_twice(&all, &told),
        _ => wait(&all),
    });
    let count = shared.count.get();
    claims.always(
        "the lock excludes, also when it is handed over",
        count == 3,
        || count,
    );
}

/// Gives the waiter a chance to be passed over, then looks whether it was made the holder.
fn hold_twice(shared: &Shared, claims: &Claims) {
    for _ in 0..2 {
        shared.lock.lock_attached(&shared.parking);
        shared.count.add(1);
        shared.lock.unlock(&shared.parking);
    }
    let taken = shared.lock.is_locked();
    let handed_over = taken && shared.waiter_ran.load(Relaxed) == 0;
    claims.sometimes(SCENARIO.sometimes[0], handed_over);
}

fn wait(shared: &Shared) {
    shared.lock.lock_attached(&shared.parking);
    shared.waiter_ran.store(1, Relaxed);
    shared.count.add(1);
    shared.lock.unlock(&shared.parking);
}
