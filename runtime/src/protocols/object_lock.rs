//! The lock of an object: one byte, waiters that detach before they sleep, and a hand-over to those who starve.
//!
//! # Source           CPython Python/lock.c `PyMutex` (3.13.5), which follows WebKit's `WTF::Lock`.
//! Differences: a waiter detaches before it enters the queue, not after. That somebody starves is a bit in the
//! byte, left by a waiter that was woken and found the lock taken again, and not a time stamp in the queue; so the
//! hand-over goes to whoever sleeps longest.
//!
//! # State
//!
//! ```text
//!   byte:  2 starved | 1 parked | 0 locked
//!   000 free                 nobody holds it and nobody sleeps
//!   001 locked               one holder
//!   010 parked               free, but threads sleep that an earlier unlock did not wake
//!   011 locked, parked       one holder; unlocking wakes one sleeper, and the lock is free meanwhile
//!   111 locked, p., starved  one holder; unlocking makes one sleeper the holder
//!   1x0, 10x                 never: `starved` is set together with `parked` on a locked byte, and cleared with it
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (h) holder   (w) any other thread
//!   free            ──w: lock──▶            locked
//!   parked          ──w: lock──▶            locked, parked
//!   locked          ──w: is about to sleep─▶ locked, parked
//!   locked[, p.]    ──w: sleeps again──▶    locked, parked, starved       it was woken and found the lock taken
//!   locked          ──h: unlock──▶          free
//!   locked, parked  ──h: unlock──▶          free | parked                 one sleeper is woken; parked if more sleep
//!   l., p., starved ──h: unlock──▶          locked | locked, parked       one sleeper is woken, and is the holder
//! ```
//!
//! # Invariants
//! 1. One thread at a time is between `lock` and `unlock`.           safepoint_lock_excludes
//! 2. A sleeper exists only while `parked` is set.                   safepoint_lock_wakes_its_waiter
//! 3. A thread that sleeps for a lock of an object is not attached.  safepoint_lock_waiter_lets_the_world_stop
//!
//! # Orderings
//! | site           | operation             | order   | pairs with                   | carries             | if weakened |
//! |----------------|-----------------------|---------|------------------------------|---------------------|-------------|
//! | `lock.acquire` | CAS byte, first try   | Acquire | `lock.release`, `lock.wake`  | the holder's writes | data race   |
//! | `lock.take`    | CAS byte, after that  | Acquire | `lock.release`, `lock.wake`  | the holder's writes | data race   |
//! | `lock.release` | CAS byte to free      | Release | `lock.acquire`, `lock.take`  | the holder's writes | data race   |
//! | `lock.wake`    | swap under the queue  | Release | `lock.acquire`, `lock.take`  | the holder's writes | data race   |
//!
//! A hand-over needs no order of its own: waking and being woken are ordered by the parking lot.
//!
//! # Field access     The byte only.
//!
//! # Progress         Blocking. `lock` detaches the thread while it sleeps, so it suspends critical sections and passes
//! a safepoint; `lock_attached` does neither and is for locks that are never held across a safepoint.
//!
//! # Races considered
//! * A waiter sets `parked` and the holder unlocks before the waiter is in the queue: the byte that the waiter
//!   validates has changed, so it does not sleep.
//! * A waiter sets a bit while the waker swaps the byte: the bit is lost and the waiter's validation fails.
//!
//! # Not covered      How often one waiter is passed over when three or more wait; recursion (see `critical_section`).
//!
//! # Checks           The scenarios named above, `safepoint_lock_hands_over`, and `safepoint_lock_after_sleep`.
//!
//! # Example
//!
//! ```
//! use runtime::protocols::object_lock::{ObjectLock, Parking};
//!
//! let (lock, parking) = (ObjectLock::new(), Parking::default());
//! lock.lock_attached(&parking);
//! assert!(!lock.try_lock());
//! lock.unlock(&parking);
//! ```

use core::time::Duration;

use super::thread_state::ThreadState;
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::park::{Found, Key, Parked, ParkingLot};
use crate::sync::time::Clock;
use crate::sync::{event, hint, seeded, site};

const LOCKED: u8 = 0b001;
const PARKED: u8 = 0b010;
const STARVED: u8 = 0b100;

/// The token of a waker that made the sleeper the holder.
const HANDED_OVER: usize = 1;

/// How long a thread that wants a lock bears with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How many times it looks again before it sleeps.
    pub spins: u32,
    /// How long it lets others take the lock before it once it was woken.
    pub fair_after: Duration,
}

impl Patience {
    /// Sleeps at once and starves when passed over once.
    pub const NONE: Self = Self {
        spins: 0,
        fair_after: Duration::ZERO,
    };
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            spins: 40,
            fair_after: Duration::from_millis(1),
        }
    }
}

/// Where threads sleep, and how soon.
#[derive(Debug, Default)]
pub struct Parking {
    /// The queues.
    pub lot: ParkingLot,
    /// When a thread goes there.
    pub patience: Patience,
}

/// A snapshot of the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Byte(u8);

impl Byte {
    fn is_locked(self) -> bool {
        self.0 & LOCKED != 0
    }

    fn is_parked(self) -> bool {
        self.0 & PARKED != 0
    }

    fn locked(self) -> Self {
        Self(self.0 | LOCKED)
    }

    fn waited_for(self, starved: bool) -> Self {
        Self(self.0 | PARKED | if starved { STARVED } else { 0 })
    }

    /// Whether the unlocking thread is to make the sleeper that it found the holder.
    fn hands_over(self, found: Found) -> bool {
        self.0 & STARVED != 0 && found.woken
    }

    /// The byte after an unlock that handed the lock over, or freed it.
    fn unlocked(handed_over: bool, found: Found) -> Self {
        let more = found.more && !seeded!("lk-forgets-sleepers");
        Self(if handed_over { LOCKED } else { 0 } | if more { PARKED } else { 0 })
    }
}

/// One waiting thread's state between two sleeps.
struct Waiting {
    since: Clock,
    spins: u32,
    starved: bool,
}

/// The lock.
#[derive(Debug)]
#[repr(transparent)]
pub struct ObjectLock {
    byte: AtomicU8,
}

impl Default for ObjectLock {
    fn default() -> Self {
        Self::new()
    }
}

impl ObjectLock {
    /// A free lock.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self {
            byte: AtomicU8::new("lock", 0),
        }
    }

    /// Takes the lock if it is free and nobody waits for it, and says whether it did.
    #[inline]
    #[must_use]
    pub fn try_lock(&self) -> bool {
        // ORDERING: Acquire, with the Release of the last holder's unlock; a failure carries nothing.
        let order = site("lock.acquire", Acquire);
        let taken = self
            .byte
            .compare_exchange(0, LOCKED, order, Relaxed)
            .is_ok();
        if taken {
            event::acquired(self, "object lock");
        }
        taken
    }

    /// Takes the lock; detaches while it sleeps, so critical sections may be suspended and the world stopped.
    #[inline]
    pub fn lock(&self, ts: &ThreadState) {
        if !self.try_lock() {
            self.lock_slow(&ts.runtime().parking, Some(ts));
        }
    }

    /// Takes the lock and sleeps without detaching; for locks whose holders never wait and never stop, and for
    /// threads that are not attached.
    #[inline]
    pub fn lock_attached(&self, parking: &Parking) {
        if !self.try_lock() {
            self.lock_slow(parking, None);
        }
    }

    /// Gives the lock up.
    #[inline]
    pub fn unlock(&self, parking: &Parking) {
        event::released(self);
        // ORDERING: Release, so that the next holder sees this one's writes.
        let order = site("lock.release", Release);
        if self
            .byte
            .compare_exchange(LOCKED, 0, order, Relaxed)
            .is_err()
        {
            self.unlock_slow(parking);
        }
    }

    /// Whether some thread holds the lock; the answer may be old when it arrives.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        // ORDERING: Relaxed; the answer is a hint.
        Byte(self.byte.load(Relaxed)).is_locked()
    }

    /// Whether some thread sleeps for the lock; the answer may be old when it arrives.
    #[must_use]
    pub fn is_waited_for(&self) -> bool {
        // ORDERING: Relaxed; the answer is a hint.
        Byte(self.byte.load(Relaxed)).is_parked()
    }

    #[cold]
    fn lock_slow(&self, parking: &Parking, ts: Option<&ThreadState>) {
        let mut waiting = Waiting {
            since: Clock::start(),
            spins: parking.patience.spins,
            starved: false,
        };
        while let Some(expected) = self.take_or_mark(&mut waiting) {
            let parked = self.sleep(parking, ts, expected);
            if parked == Parked::Unparked(HANDED_OVER) || woken_is_enough(parked) {
                break;
            }
            waiting.starved |= matches!(parked, Parked::Unparked(_))
                && waiting.since.elapsed() >= parking.patience.fair_after;
        }
        event::acquired(self, "object lock");
    }

    /// Takes the lock, or marks that a thread is about to sleep and gives the byte to sleep on.
    fn take_or_mark(&self, waiting: &mut Waiting) -> Option<Byte> {
        // ORDERING: Relaxed, as a guess that the compare-exchange verifies.
        let mut byte = Byte(self.byte.load(Relaxed));
        loop {
            if byte.is_locked() && !byte.is_parked() && waiting.spins > 0 {
                waiting.spins -= 1;
                hint::spin();
                // ORDERING: as above.
                byte = Byte(self.byte.load(Relaxed));
                continue;
            }
            let (wanted, order) = if byte.is_locked() {
                (byte.waited_for(waiting.starved), Relaxed)
            } else {
                (byte.locked(), site("lock.take", Acquire))
            };
            // ORDERING: Acquire when it takes the lock, as in `try_lock`; the marks carry nothing.
            match self.byte.compare_exchange(byte.0, wanted.0, order, Relaxed) {
                Ok(_) => return byte.is_locked().then_some(wanted),
                Err(found) => byte = Byte(found),
            }
        }
    }

    /// Sleeps unless the byte has changed.
    fn sleep(&self, parking: &Parking, ts: Option<&ThreadState>, expected: Byte) -> Parked {
        let park = || {
            // ORDERING: Relaxed, since the byte of a lock with sleepers changes while the queue is locked.
            let unchanged = || self.byte.load(Relaxed) == expected.0;
            parking.lot.park(Key::of(&self.byte), None, unchanged)
        };
        match ts {
            Some(ts) if !seeded!("cs3-wait-attached") => ts.detached(park),
            _ => park(),
        }
    }

    #[cold]
    fn unlock_slow(&self, parking: &Parking) {
        let _ = parking.lot.unpark_one(Key::of(&self.byte), |found| {
            // ORDERING: Relaxed; only the holder clears bits, and the sleepers' bits were set before they queued.
            let hands_over = Byte(self.byte.load(Relaxed)).hands_over(found);
            // ORDERING: Release, for a thread that takes the free lock without having slept.
            let order = site("lock.wake", Release);
            let _ = self.byte.swap(Byte::unlocked(hands_over, found).0, order);
            if hands_over { HANDED_OVER } else { 0 }
        });
    }
}

/// The fault's reading of a wake-up: whoever is woken holds the lock.
fn woken_is_enough(parked: Parked) -> bool {
    seeded!("lk2-woken-means-holder") && matches!(parked, Parked::Unparked(_))
}
