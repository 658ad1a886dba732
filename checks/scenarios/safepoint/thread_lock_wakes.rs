//! Is a thread that sleeps for a lock of Python programs woken when it is freed?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::gate::Slept;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_thread_lock_wakes",
    pillar: Pillar::Safepoint,
    question: "Is a thread that sleeps for a lock of Python programs woken when the lock is freed?",
    always: "the thread gets the lock",
    sometimes: &["the lock was free by then", "the thread waited"],
    bound: Bound::Preemptions(2),
    body,
};

/// The main thread takes the lock; one worker frees it, the other wants it.
fn body(claims: &Claims) {
    let told = claims.clone();
    let held = support::beside_release(move |lot, lock| {
        let waits = !lock.take_or_announce(lot);
        told.sometimes(SCENARIO.sometimes[usize::from(waits)], true);
        if waits {
            let slept = lock.wait(lot, |gate, seen| gate.park(lot, seen, None));
            told.always(SCENARIO.always, slept == Slept::InTime, || {
                format!("{slept:?}")
            });
        }
    });
    claims.always("it has the lock in the end", held, || held);
}
