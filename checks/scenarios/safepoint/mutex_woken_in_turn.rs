//! The same claims as `mutex_woken_for_nothing`, where nobody wakes up for no reason, so that the exploration ends.

use reports::scenario::{Claims, Scenario};

use super::mutex_woken_for_nothing::{self, enter_both};
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_mutex_woken_in_turn",
    question: "Does a thread that waits for a table's mutex, and that only its holder wakes, come in after it?",
    body,
    ..mutex_woken_for_nothing::SCENARIO
};

fn body(claims: &Claims) {
    enter_both(claims, ParkingLot::new());
}
