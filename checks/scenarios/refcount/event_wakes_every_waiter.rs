//! Two threads wait for an event, one of them with a deadline, while a third sets it.

use std::sync::Arc;
use std::time::Duration;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::event::{Event, Waited};
use crate::rt::sync::time::Deadline;

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_event_wakes_every_waiter",
    pillar: Pillar::Refcount,
    question: "Does a waiter that gives up keep the event from waking the others?",
    always: "A wait without a deadline ends, and ends because the event was set.",
    sometimes: &["the other waiter was woken too", "the other waiter gave up"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let event = Arc::new(Event::new());
    let waiters = [None, Some(Duration::from_micros(50))].map(|timeout| {
        let event = Arc::clone(&event);
        let number = if timeout.is_none() { 1 } else { 2 };
        stage.spawn(number, move |role| {
            let deadline = timeout.and_then(Deadline::after);
            event.wait(&role.stage.lot, role.heap, deadline)
        })
    });
    let setting = stage.spawn(3, move |role| event.set(&role.stage.lot));
    let [patient, hasty] = waiters.map(|thread| thread.join());
    setting.join();
    claims.always("set", patient == Waited::Set, || format!("{patient:?}"));
    claims.sometimes("the other waiter was woken too", hasty == Waited::Set);
    claims.sometimes("the other waiter gave up", hasty == Waited::TimedOut);
}
