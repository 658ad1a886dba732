//! Two threads wait for an event; one of them gives up, and then sets it.

use std::sync::Arc;
use std::time::Duration;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::event::{Event, Waited};
use crate::rt::sync::time::Deadline;

use super::stage::{Deaf, Stage};

const WAITS: &str = "a thread waited while the other one gave up";
const LATE: &str = "the event was set before a thread waited";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_event_wakes_every_waiter",
    pillar: Pillar::Refcount,
    question: "Does a waiter that gives up keep the event from waking the others?",
    always: "A wait without a deadline ends, and ends because the event was set.",
    sometimes: &[WAITS, LATE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let event = Arc::new(Event::new());
    let patient = stage.spawn(1, {
        let event = Arc::clone(&event);
        move |role| (event.is_set(), event.wait(&role.stage.lot, role.heap, None))
    });
    let hasty = stage.spawn(2, move |role| {
        let deadline = Deadline::after(Duration::from_micros(50));
        let waited = event.wait(&role.stage.lot, role.heap, deadline);
        event.set(&role.stage.lot);
        waited
    });
    let (late, waited) = patient.join();
    claims.always("set", waited == Waited::Set, || format!("{waited:?}"));
    claims.sometimes(WAITS, !late);
    claims.sometimes(LATE, late);
    let gave_up = hasty.join();
    claims.always("nobody else sets it", gave_up == Waited::TimedOut, || {
        format!("{gave_up:?}")
    });
}
