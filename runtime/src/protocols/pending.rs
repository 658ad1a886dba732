//! The pending call: anybody asks the main thread to do something as soon as it can, and wakes it if it sleeps.
//!
//! # Source           CPython Python/ceval_gil.c `_PyEval_AddPendingCall`, `make_pending_calls`, and Modules/signalmodule.c
//! `trip_signal` (3.13.5); gh-122201.
//! Differences: there is one call, KeyboardInterrupt, so a flag stands for the queue, and only the main thread handles it,
//! so nobody takes over what another thread has begun to handle.
//!
//! # State
//! ```text
//!   asked      0 nothing   1 the main thread is to be interrupted
//!   sleeps at  the key on which the main thread sleeps or is about to; nothing while it runs
//! ```
//!
//! # Transitions
//! ```text
//!   (m) the main thread   (x) anybody
//!   asked: 0 -x-> 1   under the mutex, in one step with the look at where the main thread sleeps
//!          1 -m-> 0   by an exchange, when it handles the call
//!   sleeps at: nothing -m-> key   under the mutex, unless it is asked      key -m-> nothing   when it has slept
//! ```
//!
//! # Invariants
//! 1. Whoever asks either sees where the main thread sleeps, or the main thread sees the request before it sleeps: both
//!    look under the mutex.                                                        safepoint_pending_wakes
//! 2. A request stays until the main thread handles it, whoever wakes it first.    safepoint_pending_is_not_lost
//! 3. Who sleeps where the main thread does sleeps on when only that one is asked.  safepoint_pending_leaves_others_asleep
//!
//! # Orderings        none: the flag carries nothing but itself, and who goes to sleep looks at it under the mutex.
//!
//! # Progress         `ask` takes the mutex, a leaf, and wakes after releasing it. `sleep` blocks; the caller is outside.
//!
//! # Races considered
//! * The request comes between the registration and the sleep: the queue of the key is locked for the last look at the
//!   flag, and whoever asks wakes that queue afterwards.
//! * The main thread sleeps no more when it is woken: the key may be another sleeper's, which finds that it was not meant.
//!
//! # Not covered      A second kind of call, and calls that other threads may handle.
//!
//! # Checks           The scenarios named above, faults `lk4-sleeper-before-request` and
//! `lk5-meant-for-another`.

use super::gate::Slept;
use super::mutex::Mutex;
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::park::{Key, Parked, ParkingLot};
use crate::sync::seeded;
use crate::sync::time::Deadline;

/// The token of threads that are woken because the main thread is to be interrupted.
const INTERRUPTED: usize = 1;

/// Whether the main thread is to be interrupted, and where it sleeps.
#[derive(Debug)]
pub struct Pending {
    asked: AtomicU8,
    sleeps_at: Mutex<Option<Key>>,
}

impl Default for Pending {
    fn default() -> Self {
        Self::new()
    }
}

impl Pending {
    /// Nothing is asked, and nobody sleeps.
    #[must_use]
    pub fn new() -> Self {
        Self {
            asked: AtomicU8::new("pending call", 0),
            sleeps_at: Mutex::new("interrupted sleep", None),
        }
    }

    /// Asks the main thread to raise KeyboardInterrupt.
    pub fn ask(&self, lot: &ParkingLot) {
        let early = seeded!("lk4-sleeper-before-request").then(|| self.sleeper(lot));
        let place = self.sleeps_at.with(lot, |place| {
            // ORDERING: relaxed: the flag carries nothing but itself; a thread that goes to sleep looks under the mutex.
            let _ = self.asked.swap(1, Relaxed);
            *place
        });
        if let Some(place) = early.unwrap_or(place) {
            let _ = lot.unpark_all(place, INTERRUPTED);
        }
    }

    /// The fault's look at the sleeper, before it asks.
    fn sleeper(&self, lot: &ParkingLot) -> Option<Key> {
        self.sleeps_at.with(lot, |place| *place)
    }

    /// Whether somebody asked.
    #[inline(always)]
    #[must_use]
    pub fn is_asked(&self) -> bool {
        // ORDERING: as in `ask`.
        self.asked.load(Relaxed) != 0
    }

    /// The same, and the request is handled.
    #[must_use]
    pub fn take(&self) -> bool {
        // ORDERING: as in `ask`.
        self.asked.swap(0, Relaxed) != 0
    }

    /// Sleeps on a key while `stays` holds, until woken, too late, or asked. The caller is the main thread, and outside.
    pub fn sleep(
        &self,
        lot: &ParkingLot,
        key: Key,
        deadline: Option<Deadline>,
        stays: &dyn Fn() -> bool,
    ) -> Slept {
        loop {
            if !self.sleep_at(lot, key) {
                return Slept::Interrupted;
            }
            let parked = lot.park(key, deadline, || stays() && !self.is_asked());
            self.wake(lot);
            if let Some(slept) = outcome(parked, stays) {
                return slept;
            }
        }
    }

    /// Notes where the main thread is going to sleep; says whether it may.
    fn sleep_at(&self, lot: &ParkingLot, key: Key) -> bool {
        self.sleeps_at.with(lot, |place| {
            let may = !self.is_asked();
            *place = may.then_some(key);
            may
        })
    }

    /// Notes that it sleeps no more.
    fn wake(&self, lot: &ParkingLot) {
        self.sleeps_at.with(lot, |place| *place = None);
    }
}

/// Sleeps on a key while `stays` holds, until woken or too late: a thread that no call is meant for, but that may share the
/// key with the main thread. The caller is outside.
pub fn sleep_undisturbed(
    lot: &ParkingLot,
    key: Key,
    deadline: Option<Deadline>,
    stays: &dyn Fn() -> bool,
) -> Slept {
    loop {
        let parked = lot.park(key, deadline, stays);
        if seeded!("lk5-meant-for-another") {
            return Slept::InTime;
        }
        if let Some(slept) = outcome(parked, stays) {
            return slept;
        }
    }
}

/// How the sleep ended, unless it goes on: the main thread was meant, or did not sleep because it was asked.
fn outcome(parked: Parked, stays: &dyn Fn() -> bool) -> Option<Slept> {
    match parked {
        Parked::TimedOut => Some(Slept::TooLate),
        Parked::Unparked(INTERRUPTED) => None,
        Parked::Invalid if stays() => None,
        Parked::Unparked(_) | Parked::Invalid => Some(Slept::InTime),
    }
}
