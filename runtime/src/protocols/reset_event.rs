//! The event of Python programs: a flag that threads wait for, and that can be lowered again.
//!
//! # Source           CPython Lib/threading.py `Event` (3.13.5), which is a condition around a flag.
//! Differences: no condition; the gate counts, so that a waiter notices that the flag was up though it is down again.
//!
//! # State            set: the flag      gate: closed while it is down
//!
//! # Transitions      (x) any thread, each under the mutex
//!   down -x: set-> up, the gate open; then every sleeper is woken      up -x: clear-> down, the gate closed
//!
//! # Invariants
//! 1. A wait ends when the flag is up at its start or rises later, also if it is lowered at once.
//!    safepoint_reset_event_pulse
//! 2. Who comes from a wait that was in time sees what was done before the flag rose.  safepoint_reset_event_carries
//!
//! # Orderings        none of its own: a waiter takes the mutex after its sleep, since the gate carries nothing.
//!
//! # Progress         `wait` blocks; who sleeps is outside.
//!
//! # Not covered      The order in which waiters wake.
//!
//! # Checks           The scenarios named above, faults `re*`.

use super::gate::{Gate, Seen, Slept};
use super::mutex::Mutex;
use crate::sync::park::ParkingLot;
use crate::sync::{event, seeded};

/// A flag that threads wait for.
#[derive(Debug)]
pub struct ResetEvent {
    set: Mutex<bool>,
    /// Closed while the flag is down.
    gate: Gate,
}

/// How a thread found the flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Looked {
    /// It is up.
    Set,
    /// It is down; what to [`wait`](ResetEvent::wait) with.
    Unset(Seen),
}

impl Default for ResetEvent {
    fn default() -> Self {
        Self::new()
    }
}

impl ResetEvent {
    /// An event whose flag is down.
    #[must_use]
    pub fn new() -> Self {
        Self {
            set: Mutex::new("event", false),
            gate: Gate::new("event waiters", true),
        }
    }

    /// The flag as it is now.
    pub fn look(&self, lot: &ParkingLot) -> Looked {
        self.set.with(lot, |set| match *set {
            true => Looked::Set,
            false => Looked::Unset(self.gate.look()),
        })
    }

    /// Raises the flag and wakes those who wait for it.
    pub fn set(&self, lot: &ParkingLot) {
        self.change(lot, true);
        if !seeded!("re1-set-wakes-nobody") {
            self.gate.wake_all(lot);
        }
    }

    /// Lowers the flag.
    pub fn clear(&self, lot: &ParkingLot) {
        self.change(lot, false);
    }

    fn change(&self, lot: &ParkingLot, to: bool) {
        self.set.with(lot, |set| {
            *set = to;
            self.gate.set(!to);
        });
    }

    /// Sleeps until the flag has risen since it was seen; says why it ended. `sleep` sleeps at a gate that was seen so.
    /// The caller is outside.
    pub fn wait(
        &self,
        lot: &ParkingLot,
        seen: Seen,
        mut sleep: impl FnMut(&Gate, Seen) -> Slept,
    ) -> Slept {
        event::operation("event.wait", || {
            loop {
                let slept = sleep(&self.gate, seen);
                let has_risen = self.has_changed(lot, seen);
                match slept {
                    Slept::Interrupted => return slept,
                    _ if has_risen => return Slept::InTime,
                    Slept::TooLate => return slept,
                    Slept::InTime => {}
                }
            }
        })
    }

    fn has_changed(&self, lot: &ParkingLot, seen: Seen) -> bool {
        if seeded!("re2-waiter-takes-no-mutex") {
            return self.gate.look() != seen;
        }
        self.set.with(lot, |_| self.gate.look() != seen)
    }
}
