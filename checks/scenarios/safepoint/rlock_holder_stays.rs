//! Does a recursive lock name the thread that has it as its holder for as long as it has it?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::recursive_lock::{Holder, RecursiveLock};
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_rlock_holder_stays",
    pillar: Pillar::Safepoint,
    question: "Does a recursive lock name the thread that has it as its holder for as long as it has it?",
    always: "the holder gives the lock back as often as it has taken it",
    sometimes: &["the lock was free", "the lock was taken"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let shared = Arc::new((ParkingLot::new(), RecursiveLock::new()));
    let (all, told) = (Arc::clone(&shared), claims.clone());
    support::workers(2, move |index| {
        let (lot, lock) = &*all;
        let me = index as u64 + 1;
        let free = lock.try_take(lot, me);
        match index {
            0 if free => assert!(lock.release(lot, me), "the first worker has it"),
            0 => {}
            _ => told.sometimes(SCENARIO.sometimes[usize::from(!free)], true),
        }
        if index == 1 && free {
            let released = lock.release_all(lot, me);
            told.always(SCENARIO.always, released == Some(1), || {
                format!("{released:?}")
            });
        }
    });
    let holder = shared.1.holder(&shared.0);
    claims.always(
        "nobody has it in the end",
        holder == Holder::default(),
        || format!("{holder:?}"),
    );
}
