//! The same claims as `event_woken_for_nothing`, where nobody wakes up for no reason, so that the exploration ends.

use reports::scenario::{Claims, Scenario};

use super::event_woken_for_nothing::{self, wait_and_set};
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_event_woken_in_turn",
    question: "Does a thread that waits for an event, and that only who sets it wakes, wait until then?",
    body,
    ..event_woken_for_nothing::SCENARIO
};

fn body(claims: &Claims) {
    wait_and_set(claims, ParkingLot::new());
}
