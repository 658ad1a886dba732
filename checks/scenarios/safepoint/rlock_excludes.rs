//! Does a recursive lock let its holder in again, and nobody else?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::recursive_lock::RecursiveLock;
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

/// The numbers of the workers.
const FIRST: u64 = 1;
const SECOND: u64 = 2;

struct Shared {
    lot: ParkingLot,
    lock: RecursiveLock,
    count: Plain,
}

/// The main thread takes the lock twice as the first worker, which changes what it protects and gives it back.
fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        lot: ParkingLot::new(),
        lock: RecursiveLock::new(),
        count: Plain::new(0),
    });
    let twice = [(); 2].map(|()| shared.lock.try_take(&shared.lot, FIRST));
    claims.always("the holder comes in again", twice == [true, true], || {
        format!("{twice:?}")
    });
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(2, move |index| {
        let (lot, lock) = (&all.lot, &all.lock);
        if index == 0 {
            all.count.add(1);
            lock.release(lot, FIRST);
            lock.release(lot, FIRST);
            return;
        }
        let free = lock.try_take(lot, SECOND);
        told.sometimes(SCENARIO.sometimes[usize::from(!free)], true);
        if free {
            all.count.add(1);
            lock.release(lot, SECOND);
        }
    });
    let count = shared.count.get();
    claims.always(SCENARIO.always, matches!(count, 1 | 2), || count);
}
