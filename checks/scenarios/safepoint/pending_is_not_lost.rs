//! Does a request to the main thread stay when somebody else wakes it at the same moment?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Main};
use crate::rt::protocols::gate::Slept;

const ASKED: &str = "its sleep ended by the request";
const OPENED: &str = "its sleep ended by what it waited for";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_pending_is_not_lost",
    pillar: Pillar::Safepoint,
    question: "Does a request to the main thread stay when what that thread waits for happens at the same moment?",
    always: "the request is there in the end, once",
    sometimes: &[ASKED, OPENED],
    bound: Bound::Preemptions(2),
    body,
};

/// One worker is the main thread and sleeps at a gate; the other opens the gate and asks.
fn body(claims: &Claims) {
    let main = Main::new();
    let (asked, told) = (main.clone(), claims.clone());
    let sleeper = support::spawn(move || {
        let slept = main.sleep();
        told.sometimes(ASKED, slept == Slept::Interrupted);
        told.sometimes(OPENED, slept == Slept::InTime);
        main
    });
    let asker = support::spawn(move || {
        asked.gate.set(false);
        asked.pending.ask(&asked.lot);
        asked.gate.wake_all(&asked.lot);
    });
    let main = sleeper.join();
    asker.join();
    let (first, second) = (main.pending.take(), main.pending.take());
    claims.always(SCENARIO.always, first && !second, || {
        format!("{first}, {second}")
    });
}
