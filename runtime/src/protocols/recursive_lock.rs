//! The lock that its holder may take again: a thread lock, and beside it who has it and how often.
//!
//! # Source           CPython Modules/_threadmodule.c `rlock_acquire`, `rlock_release`, `rlock__release_save` (3.13.5);
//! Python/lock.c `_PyRecursiveMutex_Lock`.
//!
//! # State            holder: thread, count      both zero while nobody has it
//!
//! # Transitions      (h) the holder   (x) any other thread
//!   free -x: take-> (x, 1)      (h, n) -h: again-> (h, n + 1)      (h, n > 1) -h: release-> (h, n - 1)
//!   (h, 1) -h: release, (h, n) -h: release all-> free: first the holder is cleared, then the lock freed
//!
//! # Invariants
//! 1. Only the thread that has the lock finds itself as the holder, so its answer stays true.  safepoint_rlock_excludes
//! 2. The holder is written between the lock's acquisition and its release.                    safepoint_rlock_holder_stays
//!
//! # Orderings        none of its own: the mutexes of the holder and of the lock.
//!
//! # Progress         As for a thread lock.
//!
//! # Not covered      A thread that ends while it has the lock: a later one may get its number.
//!
//! # Checks           The scenarios named above, faults `rl*`.

use super::gate::{Gate, Seen, Slept};
use super::mutex::Mutex;
use super::thread_lock::ThreadLock;
use crate::sync::park::ParkingLot;
use crate::sync::seeded;

/// Who has a recursive lock, and how many times; nobody, not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// The number of the thread; no thread's is zero.
    pub thread: u64,
    /// How often it has taken the lock and not given it back.
    pub count: u64,
}

/// A lock that its holder may take again.
#[derive(Debug)]
pub struct RecursiveLock {
    lock: ThreadLock,
    holder: Mutex<Holder>,
}

impl Default for RecursiveLock {
    fn default() -> Self {
        Self::new()
    }
}

impl RecursiveLock {
    /// A free lock.
    #[must_use]
    pub fn new() -> Self {
        Self {
            lock: ThreadLock::new(),
            holder: Mutex::new("rlock", Holder::default()),
        }
    }

    /// Who has it; exact as far as the calling thread itself is concerned.
    #[must_use]
    pub fn holder(&self, lot: &ParkingLot) -> Holder {
        self.holder.with(lot, |holder| *holder)
    }

    /// Takes the lock if `me` has it already or nobody does.
    #[must_use]
    pub fn try_take(&self, lot: &ParkingLot, me: u64) -> bool {
        self.again(lot, me) || self.first(lot, me, ThreadLock::try_take)
    }

    /// The same; else the caller will [`wait`](Self::wait).
    #[must_use]
    pub fn take_or_announce(&self, lot: &ParkingLot, me: u64) -> bool {
        self.again(lot, me) || self.first(lot, me, ThreadLock::take_or_announce)
    }

    /// As [`ThreadLock::wait`].
    pub fn wait(
        &self,
        lot: &ParkingLot,
        me: u64,
        sleep: impl FnMut(&Gate, Seen) -> Slept,
    ) -> Slept {
        let slept = self.lock.wait(lot, sleep);
        if slept == Slept::InTime {
            self.hold(lot, me, 1);
        }
        slept
    }

    fn again(&self, lot: &ParkingLot, me: u64) -> bool {
        self.holder.with(lot, |holder| {
            let mine = holder.thread == me || seeded!("rl1-anybody-again") && holder.count > 0;
            holder.count += u64::from(mine);
            mine
        })
    }

    fn first(
        &self,
        lot: &ParkingLot,
        me: u64,
        take: impl Fn(&ThreadLock, &ParkingLot) -> bool,
    ) -> bool {
        let taken = take(&self.lock, lot);
        if taken {
            self.hold(lot, me, 1);
        }
        taken
    }

    /// Notes that `me`, who has the lock, has taken it so often.
    pub fn hold(&self, lot: &ParkingLot, me: u64, count: u64) {
        let held = Holder { thread: me, count };
        self.holder.with(lot, |holder| *holder = held);
    }

    /// Gives it back once; says whether `me` had it.
    pub fn release(&self, lot: &ParkingLot, me: u64) -> bool {
        let left = self.holder.with(lot, |holder| {
            if holder.thread != me {
                return None;
            }
            holder.count -= 1;
            if holder.count == 0 && !seeded!("rl2-holder-cleared-late") {
                *holder = Holder::default();
            }
            Some(holder.count)
        });
        if left == Some(0) {
            self.lock.release(lot);
            if seeded!("rl2-holder-cleared-late") {
                self.holder.with(lot, |holder| *holder = Holder::default());
            }
        }
        left.is_some()
    }

    /// Gives it back however often `me` has it; says how often that was.
    pub fn release_all(&self, lot: &ParkingLot, me: u64) -> Option<u64> {
        let count = self.holder.with(lot, |holder| {
            let mine = holder.thread == me;
            mine.then(|| std::mem::take(holder).count)
        });
        if count.is_some() {
            self.lock.release(lot);
        }
        count
    }
}
