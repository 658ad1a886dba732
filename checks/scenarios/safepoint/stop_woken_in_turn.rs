//! The same claims as `stop_woken_for_nothing`, where nobody wakes up for no reason, so that the exploration ends.

use reports::scenario::{Claims, Scenario};

use super::stop_woken_for_nothing::{self, stop_and_work};
use crate::scenarios::containers::Stage;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_stop_woken_in_turn",
    question: "Does a stop hold when the requester, and the thread that it stopped, sleep until they are woken?",
    body,
    ..stop_woken_for_nothing::SCENARIO
};

fn body(claims: &Claims) {
    stop_and_work(claims, Stage::new());
}
