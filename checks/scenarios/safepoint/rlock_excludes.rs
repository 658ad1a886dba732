//! Does a recursive lock let its holder in again, and nobody else?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::recursive_lock::{Holder, RecursiveLock};
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_rlock_excludes",
    pillar: Pillar::Safepoint,
    question: "Does a recursive lock let its holder in again, and nobody else?",
    always: "what the lock protects is changed by one thread at a time",
    sometimes: &["the lock was free", "the lock was taken"],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    lot: ParkingLot,
    lock: RecursiveLock,
    count: Plain,
}

fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        lot: ParkingLot::new(),
        lock: RecursiveLock::new(),
        count: Plain::new(0),
    });
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(2, move |index| {
        hold(&all, index as u64 + 1, 1 - index, &told)
    });
    let holder = shared.lock.holder(&shared.lot);
    let free = holder == Holder::default();
    claims.always("nobody has it in the end", free, || format!("{holder:?}"));
}

/// Takes the lock if it can, and again as often as it is to.
fn hold(all: &Shared, me: u64, again: usize, claims: &Claims) {
    let (lot, lock) = (&all.lot, &all.lock);
    let free = lock.try_take(lot, me);
    claims.sometimes(SCENARIO.sometimes[usize::from(!free)], true);
    if !free {
        return;
    }
    for _ in 0..again {
        let taken = lock.try_take(lot, me);
        claims.always("the holder comes in again", taken, || taken);
    }
    all.count.add(1);
    for _ in 0..=again {
        lock.release(lot, me);
    }
}
