//! Is a thread that sleeps for a lock of Python programs woken when it is freed?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::gate::Slept;
use crate::rt::protocols::thread_lock::ThreadLock;
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_thread_lock_wakes",
    pillar: Pillar::Safepoint,
    question: "Is a thread that sleeps for a lock of Python programs woken when the lock is freed?",
    always: "the thread gets the lock",
    sometimes: &["the lock was free by then", "the thread waited"],
    bound: Bound::Preemptions(2),
    body,
};

/// The main thread takes the lock; one worker frees it, the other wants it.
fn body(claims: &Claims) {
    let shared = Arc::new((ParkingLot::new(), ThreadLock::new()));
    let taken = shared.1.try_take(&shared.0);
    assert!(taken, "nobody else is there");
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(2, move |index| {
        let (lot, lock) = &*all;
        if index == 0 {
            lock.release(lot);
            return;
        }
        let waits = !lock.take_or_announce(lot);
        told.sometimes(SCENARIO.sometimes[usize::from(waits)], true);
        if waits {
            let slept = lock.wait(lot, |gate, seen| gate.park(lot, seen, None));
            told.always(SCENARIO.always, slept == Slept::InTime, || {
                format!("{slept:?}")
            });
        }
    });
    let held = shared.1.is_held(&shared.0);
    claims.always("it has the lock in the end", held, || held);
}
