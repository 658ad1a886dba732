//! Does a thread that waits for a lock and wakes up for no reason go on waiting?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::object_lock::{ObjectLock, Parking, Patience};
use crate::rt::sync::park::ParkingLot;

const WAITED: &str = "a thread waited";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_lock_woken_for_nothing",
    pillar: Pillar::Safepoint,
    question: "Does a thread that waits for a lock and wakes up for no reason go on waiting?",
    always: "one thread at a time has the lock, and each gets it",
    sometimes: &[WAITED],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    parking: Parking,
    lock: ObjectLock,
    count: Plain,
}

fn body(claims: &Claims) {
    lock_and_count(claims, ParkingLot::restless());
}

/// Two threads count under a lock, and sleep in the lot while they wait.
pub(super) fn lock_and_count(claims: &Claims, lot: ParkingLot) {
    let shared = Arc::new(Shared {
        parking: Parking {
            lot,
            patience: Patience::NONE,
        },
        lock: ObjectLock::new(),
        count: Plain::new(0),
    });
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(2, move |_| {
        let free = all.lock.try_lock();
        told.sometimes(WAITED, !free);
        if !free {
            all.lock.lock_attached(&all.parking);
        }
        all.count.add(1);
        all.lock.unlock(&all.parking);
    });
    let count = shared.count.get();
    claims.always("both increments are made", count == 2, || count);
    let left = shared.lock.is_locked() || shared.lock.is_waited_for();
    claims.always("the lock is free, and nobody waits", !left, || left);
}
