//! A wait for an event times out while another thread sets the event.

use std::sync::Arc;
use std::time::Duration;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::event::{Event, Waited};
use crate::rt::sync::time::Deadline;

use super::stage::{Deaf, LIVE, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_event_time_out_races_set",
    pillar: Pillar::Refcount,
    question: "When waits time out while the event is set, does every waiter leave the list exactly once?",
    always: "A waiter that saw the event set sees what came before, and nobody touches a waiter that is gone.",
    sometimes: &["set", "timed out"],
    bound: Bound::Preemptions(3),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let event = Arc::new(Event::new());
    let object = stage.role(1).create();
    let waiting = stage.spawn(1, {
        let (event, claims) = (Arc::clone(&event), claims.clone());
        move |role| {
            let deadline = Deadline::after(Duration::from_micros(50));
            let waited = event.wait(&role.stage.lot, role.heap, deadline);
            if waited == Waited::Set {
                let payload = object.read();
                claims.always("what came before set is seen", payload != LIVE, || payload);
            }
            waited
        }
    });
    let setting = stage.spawn(2, {
        let event = Arc::clone(&event);
        move |role| {
            object.write(LIVE + 1);
            event.set(&role.stage.lot);
        }
    });
    let waited = waiting.join();
    setting.join();
    claims.sometimes("set", waited == Waited::Set);
    claims.sometimes("timed out", waited == Waited::TimedOut);
    stage.role(3).free(object);
}
