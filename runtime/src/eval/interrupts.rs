//! Ctrl-C: somebody asks, and the main thread raises KeyboardInterrupt, woken if it sleeps.
//!
//! # Invariants
//! 1. Whoever asks either sees where the main thread sleeps, or the main thread sees the wish before it sleeps: both look
//!    under the mutex.

use crate::protocols::mutex::Mutex;
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::park::{Key, ParkingLot};

/// The token of threads that are woken because the main thread is to be interrupted.
pub(crate) const INTERRUPTED: usize = 1;

/// Whether the main thread is to be interrupted, and where it sleeps.
pub(crate) struct Interrupts {
    asked: AtomicU8,
    sleeps_at: Mutex<Option<Key>>,
}

impl Interrupts {
    pub(crate) fn new() -> Self {
        Self {
            asked: AtomicU8::new("interrupt", 0),
            sleeps_at: Mutex::new("interrupted sleep", None),
        }
    }

    /// Asks the main thread to raise KeyboardInterrupt.
    pub(crate) fn ask(&self, lot: &ParkingLot) {
        let place = self.sleeps_at.with(lot, |place| {
            // ORDERING: relaxed: the flag carries nothing but itself; a thread that goes to sleep looks under the mutex.
            self.asked.store(1, Relaxed);
            *place
        });
        if let Some(place) = place {
            lot.unpark_all(place, INTERRUPTED);
        }
    }

    /// Whether somebody asked.
    #[inline(always)]
    pub(crate) fn is_asked(&self) -> bool {
        // ORDERING: as above.
        self.asked.load(Relaxed) != 0
    }

    /// The same, and the wish is fulfilled.
    pub(crate) fn take(&self) -> bool {
        // ORDERING: as above.
        self.asked.swap(0, Relaxed) != 0
    }

    /// Notes where the main thread is going to sleep; says whether it may.
    pub(crate) fn sleep_at(&self, lot: &ParkingLot, key: Key) -> bool {
        self.sleeps_at.with(lot, |place| {
            let may = !self.is_asked();
            *place = may.then_some(key);
            may
        })
    }

    /// Notes that it sleeps no more.
    pub(crate) fn wake(&self, lot: &ParkingLot) {
        self.sleeps_at.with(lot, |place| *place = None);
    }
}
