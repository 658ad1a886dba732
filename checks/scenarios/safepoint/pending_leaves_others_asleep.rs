//! Does a thread sleep on when it is woken only because the main thread is asked?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support::{self, Main};
use crate::rt::protocols::gate::Slept;
use crate::rt::protocols::pending::sleep_undisturbed;

const SLEPT: &str = "it slept, or was about to";
const OPEN: &str = "the gate was open before";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_pending_leaves_others_asleep",
    pillar: Pillar::Safepoint,
    question: "Does a thread that sleeps where the main thread does sleep on when only the main thread is asked?",
    always: "its sleep ends when what it waits for has come",
    sometimes: &[SLEPT, OPEN],
    bound: Bound::Preemptions(2),
    body,
};

/// The main thread and another sleep at one gate. The main thread is asked, wakes up, and opens the gate.
fn body(claims: &Claims) {
    let main = Main::new();
    let (asked, theirs, told) = (main.clone(), main.clone(), claims.clone());
    let other = support::spawn(move || {
        let seen = theirs.gate.look();
        told.sometimes(SLEPT, seen.is_closed());
        told.sometimes(OPEN, !seen.is_closed());
        let stays = || theirs.gate.keeps(seen);
        let slept = sleep_undisturbed(&theirs.lot, theirs.gate.key(), None, &stays);
        let right = slept == Slept::InTime && !theirs.gate.is_closed();
        told.always(SCENARIO.always, right, || format!("{slept:?}"));
    });
    let sleeper = support::spawn(move || {
        let slept = main.sleep();
        main.gate.set(false);
        main.gate.wake_all(&main.lot);
        slept
    });
    let asker = support::spawn(move || asked.pending.ask(&asked.lot));
    let slept = sleeper.join();
    other.join();
    asker.join();
    claims.always(
        "the main thread is interrupted",
        slept == Slept::Interrupted,
        || format!("{slept:?}"),
    );
}
