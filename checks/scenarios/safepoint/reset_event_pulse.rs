//! Does a wait end when the event is set, though it is lowered again at once?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::gate::Slept;
use crate::rt::protocols::reset_event::{Looked, ResetEvent};
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_reset_event_pulse",
    pillar: Pillar::Safepoint,
    question: "Does a wait end when the event is set after it began, though the event is lowered again at once?",
    always: "the wait is in time",
    sometimes: &[
        "the flag is down again when the wait ends",
        "the flag is still up",
    ],
    bound: Bound::Preemptions(2),
    body,
};

/// The main thread sees that the flag is down; one worker raises and lowers it, the other waits for what was seen.
fn body(claims: &Claims) {
    let shared = Arc::new((ParkingLot::new(), ResetEvent::new()));
    let Looked::Unset(seen) = shared.1.look(&shared.0) else {
        unreachable!("nobody has raised the flag")
    };
    let told = claims.clone();
    support::workers(2, move |index| {
        let (lot, event) = &*shared;
        if index == 0 {
            event.set(lot);
            return event.clear(lot);
        }
        let slept = event.wait(lot, seen, |gate, seen| gate.park(lot, seen, None));
        told.always(SCENARIO.always, slept == Slept::InTime, || {
            format!("{slept:?}")
        });
        let up = event.look(lot) == Looked::Set;
        told.sometimes(SCENARIO.sometimes[usize::from(up)], true);
    });
}
