//! Is the main thread woken by who asks it to do something?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Main};
use crate::rt::protocols::gate::Slept;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_pending_wakes",
    pillar: Pillar::Safepoint,
    question: "Is a main thread that sleeps, or is about to, woken by who asks it to do something?",
    always: "its sleep ends, and the request is there",
    sometimes: &["it was asked before", "it was asked later"],
    bound: Bound::Preemptions(2),
    body,
};

/// One worker is the main thread and sleeps at a gate that nobody opens; the other asks.
fn body(claims: &Claims) {
    let main = Main::new();
    let (asked, told) = (main.clone(), claims.clone());
    let sleeper = support::spawn(move || {
        let late = !main.pending.is_asked();
        let slept = main.sleep();
        let taken = main.pending.take();
        let right = slept == Slept::Interrupted && taken;
        told.always(SCENARIO.always, right, || format!("{slept:?}, {taken}"));
        told.sometimes(SCENARIO.sometimes[usize::from(late)], true);
        !main.pending.take()
    });
    let asker = support::spawn(move || asked.pending.ask(&asked.lot));
    let once = sleeper.join();
    asker.join();
    claims.always("it is handled once", once, || "there again");
}
