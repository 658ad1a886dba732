//! The lock of Python programs: anybody may free it, waiters sleep, nobody is served in order.
//!
//! # Source           CPython Modules/_threadmodule.c `lock_PyThread_acquire_lock`, Python/lock.c `_PyMutex_LockTimed` (3.13.5).
//! Differences: whether it is held lies under a mutex, which orders what the lock protects; the gate beside it says only
//! whether somebody may sleep. A freed lock is not handed over: who comes first has it.
//!
//! # State
//! ```text
//!   held   gate     who is where
//!   no     open     nobody has it; a sleeper that was not woken yet, if there is one, will be by whoever has it next
//!   no     closed   never
//!   yes    open     one thread has it and need wake nobody
//!   yes    closed   one thread has it, and others may sleep
//! ```
//!
//! # Transitions      (x) any thread   (w) a thread that has slept; each under the mutex
//!   free -x: take-> held, open      free -w: take-> held, closed, since others may still sleep
//!   held -x: take or announce-> held, closed      held -x: release-> free, and one sleeper is woken if it was closed
//!
//! # Invariants
//! 1. Between an acquisition and the next release nobody else acquires.        safepoint_thread_lock_excludes
//! 2. While a thread sleeps, the lock is held with the gate closed, or another thread that has been woken is on its way
//!    to the mutex.                                                            safepoint_thread_lock_wakes
//!
//! # Orderings        none of its own: the mutex orders one holder's writes before the next one's reads.
//!
//! # Progress         Blocking; who waits is outside, so that the world can stop.
//!
//! # Not covered      Fairness. That of two sleepers the second is woken, too, is not asked: the graph of the three threads
//! that it takes has more than 250,000 executions.
//!
//! # Checks           The scenarios named above, faults `tl*`.

use super::gate::{Gate, Seen, Slept};
use super::mutex::Mutex;
use crate::sync::park::ParkingLot;
use crate::sync::{event, seeded};

/// A lock of Python programs.
#[derive(Debug)]
pub struct ThreadLock {
    held: Mutex<bool>,
    /// Closed while the lock is held and somebody may sleep.
    gate: Gate,
}

impl Default for ThreadLock {
    fn default() -> Self {
        Self::new()
    }
}

impl ThreadLock {
    /// A free lock.
    #[must_use]
    pub fn new() -> Self {
        Self {
            held: Mutex::new("lock", false),
            gate: Gate::new("lock waiters", false),
        }
    }

    /// Whether somebody has it; old when it arrives.
    #[must_use]
    pub fn is_held(&self, lot: &ParkingLot) -> bool {
        self.held.with(lot, |held| *held)
    }

    /// Takes the lock if it is free.
    #[must_use]
    pub fn try_take(&self, lot: &ParkingLot) -> bool {
        self.take(lot, |_| false)
    }

    /// Takes the lock if it is free; else the caller will [`wait`](Self::wait).
    #[must_use]
    pub fn take_or_announce(&self, lot: &ParkingLot) -> bool {
        self.take(lot, |taken| !taken)
    }

    /// Sleeps until the lock could be taken; says why it ended. `sleep` sleeps at a gate that was seen so. The caller has
    /// announced itself and is outside.
    pub fn wait(&self, lot: &ParkingLot, mut sleep: impl FnMut(&Gate, Seen) -> Slept) -> Slept {
        event::operation("lock.wait", || {
            loop {
                let slept = sleep(&self.gate, self.gate.look());
                if slept != Slept::InTime || self.take(lot, |_| true) {
                    return slept;
                }
            }
        })
    }

    /// Takes the lock if it is free, and closes the gate where the answer is that somebody may sleep.
    fn take(&self, lot: &ParkingLot, closes: impl Fn(bool) -> bool) -> bool {
        self.held.with(lot, |held| {
            let taken = !std::mem::replace(held, true);
            if closes(taken) {
                self.gate.set(true);
            }
            taken || seeded!("tl3-taken-twice")
        })
    }

    /// Frees the lock, whoever has it; says whether somebody had.
    pub fn release(&self, lot: &ParkingLot) -> bool {
        let (was_held, others_sleep) = self.held.with(lot, |held| {
            let others_sleep = self.gate.is_closed();
            self.gate.set(false);
            (std::mem::replace(held, false), others_sleep)
        });
        if others_sleep && !seeded!("tl1-release-wakes-nobody") {
            self.gate.wake_one(lot);
        }
        was_held
    }
}
