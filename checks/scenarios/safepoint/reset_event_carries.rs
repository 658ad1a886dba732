//! Does a thread that waited for an event of Python programs see what was done before it was set?

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Plain};
use crate::rt::protocols::gate::Slept;
use crate::rt::protocols::reset_event::{Looked, ResetEvent};
use crate::rt::sync::park::ParkingLot;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_reset_event_carries",
    pillar: Pillar::Safepoint,
    question: "Does a thread that waited for an event of Python programs see what was done before it was set?",
    always: "the waiter sees the setter's write",
    sometimes: &[
        "the event was set when the thread came",
        "the thread waited",
    ],
    bound: Bound::Preemptions(2),
    body,
};

struct Shared {
    lot: ParkingLot,
    event: ResetEvent,
    plain: Plain,
}

fn body(claims: &Claims) {
    let shared = Arc::new(Shared {
        lot: ParkingLot::new(),
        event: ResetEvent::new(),
        plain: Plain::new(0),
    });
    let told = claims.clone();
    support::workers(2, move |index| {
        let (lot, event) = (&shared.lot, &shared.event);
        if index == 0 {
            shared.plain.add(1);
            return event.set(lot);
        }
        let slept = match event.look(lot) {
            Looked::Set => {
                told.sometimes(SCENARIO.sometimes[0], true);
                Slept::InTime
            }
            Looked::Unset(seen) => {
                told.sometimes(SCENARIO.sometimes[1], true);
                event.wait(lot, seen, |gate, seen| gate.park(lot, seen, None))
            }
        };
        let seen = shared.plain.get();
        let right = slept == Slept::InTime && seen == 1;
        told.always(SCENARIO.always, right, || format!("{slept:?}, {seen}"));
    });
}
