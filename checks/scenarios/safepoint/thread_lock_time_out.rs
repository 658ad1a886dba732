//! Does a thread whose wait for a lock was too long leave it to the others?

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::support;
use crate::rt::protocols::gate::Slept;
use crate::rt::sync::time::Deadline;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "safepoint_thread_lock_time_out",
    pillar: Pillar::Safepoint,
    question: "Does a thread that waited too long for a lock of Python programs leave it as it is?",
    always: "the lock is held by the waiter that was in time, and by nobody else",
    sometimes: &["the waiter was in time", "the waiter was too late"],
    bound: Bound::Preemptions(2),
    body,
};

/// The main thread takes the lock; one worker frees it, the other waits for a time.
fn body(claims: &Claims) {
    let told = claims.clone();
    let held = support::beside_release(move |lot, lock| {
        let deadline = Deadline::after(std::time::Duration::from_millis(1));
        let in_time = lock.take_or_announce(lot)
            || lock.wait(lot, |gate, seen| gate.park(lot, seen, deadline)) == Slept::InTime;
        told.sometimes(SCENARIO.sometimes[usize::from(!in_time)], true);
        if in_time {
            let was_held = lock.release(lot);
            told.always(SCENARIO.always, was_held, || was_held);
        }
    });
    claims.always("the lock is free in the end", !held, || held);
}
