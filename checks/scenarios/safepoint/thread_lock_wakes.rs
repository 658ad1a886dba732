//! Is every thread that sleeps for a lock of Python programs woken in the end?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::thread_lock::ThreadLock;
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_thread_lock_wakes",
    pillar: Pillar::Safepoint,
    question: "Is every thread that sleeps for a lock of Python programs woken in the end?",
    always: "both threads come in",
    sometimes: &[
        "the first waiter comes in first",
        "the second waiter comes in first",
    ],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    lot: ParkingLot,
    lock: ThreadLock,
    count: Plain,
}

/// The main thread takes the lock, and says that two want it; one worker frees it, the others come in.
fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        lot: ParkingLot::new(),
        lock: ThreadLock::new(),
        count: Plain::new(0),
    });
    let (lot, lock) = (&shared.lot, &shared.lock);
    let taken = [lock.try_take(lot), lock.take_or_announce(lot)];
    assert!(taken == [true, false], "nobody else is there");
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(3, move |index| {
        let (lot, lock) = (&all.lot, &all.lock);
        if index > 0 {
            let _ = lock.wait(lot, |gate, seen| gate.park(lot, seen, None));
            let is_first = all.count.get() == 0;
            told.sometimes(SCENARIO.sometimes[index - 1], is_first);
            all.count.add(1);
        }
        lock.release(lot);
    });
    let count = shared.count.get();
    claims.always(SCENARIO.always, count == 2, || count);
}
