//! Gates: what threads sleep at until something has happened, as Python's locks and events use them.
//!
//! # Source           parking_lot `raw_mutex.rs` (the parked bit); CPython Python/parking_lot.c (3.13.5).
//! Differences: whether to sleep and what is guarded are two words. The gate says only the first; a mutex orders the second.
//!
//! # State
//! ```text
//!   word: 63 .......................... 1   0
//!         how often it opened or closed     closed?
//! ```
//!
//! # Transitions
//! ```text
//!   (k) who holds the mutex of what the gate belongs to
//!   open -k-> closed   closed -k-> open      each counts
//! ```
//!
//! # Invariants
//! 1. A sleeper looked while its queue was locked, at a gate that was closed as the sleeper had seen it.
//!    safepoint_thread_lock_wakes
//! 2. Whoever opens the gate wakes afterwards, so a sleeper that looked too early is in the queue by then. As above.
//!
//! # Orderings        none: all relaxed. Who comes from a sleep takes the mutex before it touches what the gate guards.
//!
//! # Progress         `park` blocks; the caller is outside.
//!
//! # Not covered      A count that comes round after 2^63 changes.
//!
//! # Checks           The scenarios of thread locks and events, `safepoint_thread_lock_*`, `safepoint_reset_event_*`.

use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::park::{Key, Parked, ParkingLot};
use crate::sync::time::Deadline;

/// Whether threads should sleep, and where they do.
#[derive(Debug)]
pub struct Gate(AtomicU64);

/// A gate as somebody saw it: whether it has changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen(u64);

/// How a sleep ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Slept {
    /// Somebody woke the thread, or there was nothing to sleep for.
    InTime,
    /// The deadline passed.
    TooLate,
    /// Ctrl-C: KeyboardInterrupt is to be raised.
    Interrupted,
}

impl Seen {
    /// Whether the gate was closed.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.0 & 1 != 0
    }
}

impl Gate {
    /// A gate; `name` is what traces call it.
    #[must_use]
    pub fn new(name: &'static str, closed: bool) -> Self {
        Self(AtomicU64::new(name, u64::from(closed)))
    }

    /// The gate as it is now.
    #[must_use]
    pub fn look(&self) -> Seen {
        // ORDERING: relaxed: a sleeper looks while its queue is locked, and whoever opens the gate locks that queue
        // afterwards; what the gate guards is ordered by a mutex.
        Seen(self.0.load(Relaxed))
    }

    /// Whether it is closed now.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.look().is_closed()
    }

    /// Opens or closes it; only one thread at a time does so.
    pub fn set(&self, closed: bool) {
        let seen = self.look();
        if seen.is_closed() != closed {
            let changes = (seen.0 >> 1).wrapping_add(1);
            // ORDERING: as for `look`.
            self.0.store(changes << 1 | u64::from(closed), Relaxed);
        }
    }

    /// Where its sleepers are in the parking lot.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::of(&self.0)
    }

    /// Whether one who saw the gate so is to sleep.
    #[must_use]
    pub fn keeps(&self, seen: Seen) -> bool {
        seen.is_closed() && self.look() == seen
    }

    /// Sleeps while the gate is closed as it was seen. The caller is outside.
    pub fn park(&self, lot: &ParkingLot, seen: Seen, deadline: Option<Deadline>) -> Slept {
        match lot.park(self.key(), deadline, || self.keeps(seen)) {
            Parked::TimedOut => Slept::TooLate,
            Parked::Unparked(_) | Parked::Invalid => Slept::InTime,
        }
    }

    /// Wakes the thread that has slept longest.
    pub fn wake_one(&self, lot: &ParkingLot) {
        lot.unpark_one(self.key(), |_| 0);
    }

    /// Wakes every sleeper.
    pub fn wake_all(&self, lot: &ParkingLot) {
        lot.unpark_all(self.key(), 0);
    }
}
