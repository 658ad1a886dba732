//! Gates: what threads sleep at until something has happened.

use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::park::{Key, ParkingLot};

/// Whether threads should sleep, and where they do.
///
/// ```text
/// word: 63 .......................... 1   0
///       how often it opened or closed   closed?
/// ```
pub(crate) struct Gate(AtomicU64);

/// A gate as somebody saw it: whether it has changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen(u64);

impl Seen {
    pub(super) fn is_closed(self) -> bool {
        self.0 & 1 != 0
    }
}

impl Gate {
    pub(crate) fn new(name: &'static str, closed: bool) -> Self {
        Self(AtomicU64::new(name, u64::from(closed)))
    }

    /// The gate as it is now.
    pub(crate) fn look(&self) -> Seen {
        // ORDERING: relaxed: a sleeper looks while its queue is locked, and whoever opens the gate locks that queue
        // afterwards; what the gate guards is ordered by a mutex.
        Seen(self.0.load(Relaxed))
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.look().is_closed()
    }

    /// Opens or closes it; only one thread at a time does so.
    pub(crate) fn set(&self, closed: bool) {
        let seen = self.look();
        if seen.is_closed() != closed {
            let changes = (seen.0 >> 1).wrapping_add(1);
            // ORDERING: as for `look`.
            self.0.store(changes << 1 | u64::from(closed), Relaxed);
        }
    }

    /// Where its sleepers are in the parking lot.
    pub(super) fn key(&self) -> Key {
        Key::of(&self.0)
    }

    pub(crate) fn wake_one(&self, lot: &ParkingLot) {
        lot.unpark_one(self.key(), |_| 0);
    }

    pub(crate) fn wake_all(&self, lot: &ParkingLot) {
        lot.unpark_all(self.key(), 0);
    }
}
