//! The same claims as `lock_woken_for_nothing`, where nobody wakes up for no reason, so that the exploration ends.

use reports::scenario::{Claims, Scenario};

use super::lock_woken_for_nothing::{self, lock_and_count};
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_lock_woken_in_turn",
    question: "Does a thread that waits for a lock, and that only its holder wakes, get the lock when it is free?",
    body,
    ..lock_woken_for_nothing::SCENARIO
};

fn body(claims: &Claims) {
    lock_and_count(claims, ParkingLot::new());
}
