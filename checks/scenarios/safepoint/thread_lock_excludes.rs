//! Does a lock of Python programs let one thread in at a time?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::gate::Slept;
use crate::rt::protocols::thread_lock::ThreadLock;
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_thread_lock_excludes",
    pillar: Pillar::Safepoint,
    question: "Does a lock of Python programs let one thread in at a time?",
    always: "what the lock protects is changed by one thread at a time",
    sometimes: &["a thread waited", "a thread came when the lock was free"],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    lot: ParkingLot,
    lock: ThreadLock,
    count: Plain,
}

fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        lot: ParkingLot::new(),
        lock: ThreadLock::new(),
        count: Plain::new(0),
    });
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(2, move |_| hold(&all, &told));
    let count = shared.count.get();
    claims.always(SCENARIO.always, count == 2, || count);
}

fn hold(all: &Shared, claims: &Claims) {
    let (lot, lock) = (&all.lot, &all.lock);
    let waits = !lock.take_or_announce(lot);
    if waits {
        let slept = lock.wait(lot, |gate, seen| gate.park(lot, seen, None));
        claims.always("no deadline, no interrupt", slept == Slept::InTime, || {
            format!("{slept:?}")
        });
    }
    claims.sometimes(SCENARIO.sometimes[usize::from(!waits)], true);
    all.count.add(1);
    lock.release(lot);
}
