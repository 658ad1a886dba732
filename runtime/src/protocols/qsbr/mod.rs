//! Quiescent-state-based reclamation: a block is reused only after every attached thread has passed a quiescent state.
//!
//! # Source           CPython Python/qsbr.c, Include/internal/pycore_qsbr.h (3.13.5); PEP 703 "Mimalloc page reuse";
//! the model `qsbr.c` of PEP 703's author for CDSChecker.
//! Differences: no sequentially consistent accesses, two fences instead; the scan reads the write sequence before its
//! fence, so that whoever unpublished for a goal comes before the fence of every scan that reaches the goal; a goal is
//! taken by advancing the sequence, never guessed, since a guess is not ordered after the retirer's unpublishing.
//!
//! # State
//!
//! ```text
//!   write   the newest goal, odd, rises by 2
//!   read    every goal up to it is reached; write >= read
//!   slot    one a thread:  0 offline, else what `write` was when the thread was last quiescent
//!   slots   one array, replaced by a larger one while the world is stopped
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (o) the slot's thread   (x) any attached thread   (c) whoever creates or deletes a thread state
//!   slot:   offline -o: attach-> s -o: quiescent-> t >= s -o: detach-> offline
//!   write:  n -x: advance-> n + 2
//!   read:   n -x: scan-> the least slot that is not offline, at most `write`
//!   array:  free -c: reserve-> owned -c: release-> free
//! ```
//!
//! # Invariants
//! 1. A thread that is attached when a goal is taken has its slot below the goal until it is quiescent.
//!    safepoint_qsbr_frees_after_readers
//! 2. A thread whose slot the scan finds offline will see everything unpublished for the goals that the scan reaches.
//!    safepoint_qsbr_attach_vs_scan
//! 3. The array does not move while a thread is attached; its table is touched under its lock.
//!    safepoint_qsbr_release_vs_growth
//!
//! # Orderings
//! | site                | operation            | order   | pairs with                      | carries                          | if weakened    |
//! |---------------------|----------------------|---------|---------------------------------|----------------------------------|----------------|
//! | `qsbr.advance`      | fetch_add write      | Release | `qsbr.observe`, `qsbr.scan_fence`| what the retirer unpublished     | use after free |
//! | `qsbr.observe`      | load write, (o)      | Acquire | `qsbr.advance`                  | the same, before the next read   | use after free |
//! | `qsbr.attach`       | store slot           | Release | `qsbr.scan`                     | reads before the last detach     | use after free |
//! | `qsbr.attach_fence` | fence after slot     | SeqCst  | `qsbr.scan_fence`               | the slot, before the first read  | use after free |
//! | `qsbr.scan_fence`   | fence before slots   | SeqCst  | `qsbr.attach_fence`             | what was unpublished             | use after free |
//! | `qsbr.quiescent`    | store slot           | Release | `qsbr.scan`                     | the thread's reads               | use after free |
//! | `qsbr.detach`       | store slot           | Release | `qsbr.scan`                     | the thread's reads               | use after free |
//! | `qsbr.scan`         | load slots           | Acquire | the three stores of slots       | the threads' reads               | use after free |
//! | `qsbr.raise`        | CAS read             | Release | `qsbr.reached`                  | the scan                         | use after free |
//! | `qsbr.reached`      | load read            | Acquire | `qsbr.raise`                    | the scan                         | use after free |
//!
//! # Field access     `Slot::owner`: under the lock of the table. The array itself: written with the world stopped and
//! the lock held, read by attached threads without it.
//!
//! # Progress         Wait-free but for `reserve` and `release`, which lock the table. A reader that stays attached
//! without passing a safepoint delays every later reclamation.
//!
//! # Races considered
//! * A thread attaches while a scan runs: one of the two fences is first. If the scan's is, the thread sees what was
//!   unpublished; if the thread's is, the scan sees its slot.
//! * A thread reads, goes outside and comes in again while a scan runs, which finds its new slot and never saw it offline.
//!   safepoint_qsbr_reattach_vs_scan
//! * A thread state is deleted while the array grows: it is in no registry, so it is not stopped; it reads the place
//!   of its slot under the lock of the table (gh-115103).
//!
//! # Not covered      Overflow of the 64-bit sequence.
//!
//! # Checks           The scenarios named above, `safepoint_qsbr_scan_serves_all`, `safepoint_qsbr_adopts_orphans` and `safepoint_drives_qsbr`.

mod retire;
mod slots;

pub use retire::{Orphans, Retired, abandon, process, process_all, retire};
pub use slots::{Participant, Slots};

use super::mutex::Mutex;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use crate::sync::atomic::fence;
use crate::sync::heap::Local;
use crate::sync::park::ParkingLot;
use crate::sync::{cell, seeded, site};

const OFFLINE: u64 = 0;
const FIRST: u64 = 1;
const STEP: u64 = 2;

/// A point in the sequence: whatever was unpublished before it was taken is unreachable once it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Goal(u64);

/// What a thread that asks for a goal is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Reached {
    /// An earlier scan, whoever made it, has reached the goal.
    Before,
    /// The caller's scan has.
    Now,
    /// A reader may still hold what was unpublished.
    Not,
}

impl Reached {
    /// Whether the goal is reached.
    #[must_use]
    pub fn is_reached(self) -> bool {
        self != Self::Not
    }
}

/// The shared half.
#[derive(Debug)]
pub struct Qsbr {
    write: AtomicU64,
    read: AtomicU64,
    /// Protects who owns which slot.
    table: Mutex<()>,
    slots: cell::Cell<Slots>,
    /// How many blocks a thread retires before it takes a goal for them.
    batch: usize,
    /// What threads that are gone have left.
    pub orphans: Orphans,
}

impl Qsbr {
    /// No threads, and room for `capacity` of them before the array must grow; threads take one goal for `batch` blocks.
    #[must_use]
    pub fn new(heap: Local, capacity: usize, batch: usize) -> Self {
        Self {
            write: AtomicU64::new("qsbr write", FIRST),
            read: AtomicU64::new("qsbr read", FIRST),
            table: Mutex::new("qsbr table", ()),
            slots: cell::Cell::new("qsbr slots", Slots::new(heap, capacity.max(1))),
            batch: batch.max(1),
            orphans: Orphans::new(),
        }
    }

    /// Enters `participant`, if there is a free slot, and says whether there was.
    #[must_use]
    pub fn reserve(&self, lot: &ParkingLot, participant: &Participant) -> bool {
        self.table.with(lot, |()| {
            self.with_slots(|slots| slots.reserve(participant))
        })
    }

    /// Replaces the array by one of twice the size, and tells every participant.
    ///
    /// # Safety
    /// The world is stopped by the caller, and `heap` is the caller's.
    pub unsafe fn grow(&self, lot: &ParkingLot, heap: Local) {
        self.table.with(lot, |()| {
            // SAFETY: nobody is attached, so nobody reads the array without the lock, which is held.
            self.slots.with_mut(|slots| unsafe { (*slots).grow(heap) });
        });
    }

    /// Removes `participant`, which is offline for good; its thread need not be attached.
    pub fn release(&self, lot: &ParkingLot, participant: &Participant) {
        let early = participant.slot();
        self.table.with(lot, |()| {
            let slot = if seeded!("qs1-slot-before-lock") {
                early
            } else {
                participant.slot()
            };
            slots::free(slot);
        });
    }

    /// Tells every scan that the thread may read from here on.
    #[inline]
    pub fn attach(&self, participant: &Participant) {
        // ORDERING: Relaxed; the fence follows.
        let newest = self.write.load(Relaxed);
        // ORDERING: Release, so that what the thread read before it went outside comes before the free that the scan
        // allows: since C++20 a store does not go on with what an earlier one of its thread has released.
        participant.publish(newest, site("qsbr.attach", Release));
        if !seeded!("m1-attach-without-fence") {
            // ORDERING: SeqCst, with the scan's fence: a scan that misses the slot is before this thread's reads.
            fence(site("qsbr.attach_fence", SeqCst));
        }
    }

    /// Tells every scan that the thread has forgotten all that it read.
    #[inline]
    pub fn quiescent(&self, participant: &Participant) {
        // ORDERING: Acquire, so that this thread's next reads see what was unpublished up to here.
        let newest = self.write.load(site("qsbr.observe", Acquire));
        if participant.last() != newest {
            // ORDERING: Release, so that the thread's reads come before the free that the scan allows.
            participant.publish(newest, site("qsbr.quiescent", Release));
        }
    }

    /// Takes a goal for all that the caller has unpublished.
    #[must_use]
    pub fn advance(&self) -> Goal {
        // ORDERING: Release, so that who sees the new sequence sees what was unpublished before.
        let old = self.write.fetch_add(STEP, site("qsbr.advance", Release));
        Goal(if seeded!("m5-goal-one-too-low") {
            old
        } else {
            old + STEP
        })
    }

    /// Whether no reader can hold what was unpublished for `goal`; scans the slots to find out.
    ///
    /// The caller is attached, or has stopped the world.
    pub fn poll(&self, goal: Goal) -> Reached {
        // ORDERING: Acquire, with the scan that raised it.
        let read = self.read.load(site("qsbr.reached", Acquire));
        if goal.0 <= read {
            Reached::Before
        } else if goal.0 <= self.scan(read) {
            Reached::Now
        } else {
            Reached::Not
        }
    }

    /// How many threads the array has room for; the caller keeps the array from growing.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.with_slots(Slots::capacity)
    }

    /// How many slots are taken; the caller is the only thread left.
    #[must_use]
    pub fn in_use(&self) -> usize {
        self.with_slots(Slots::in_use)
    }

    /// Frees what is left; there are no threads any more.
    ///
    /// # Safety
    /// Every participant was released, and `heap` is the caller's.
    pub unsafe fn finish(&self, lot: &ParkingLot, heap: Local) {
        // SAFETY: there is no thread that could hold a pointer to an orphan or to the array.
        unsafe {
            self.orphans.free_all(lot, heap);
            self.slots.with_mut(|slots| (*slots).free(heap));
        }
    }

    /// Raises `read` to the least sequence that an attached thread may still be in.
    fn scan(&self, read: u64) -> u64 {
        // ORDERING: Relaxed; the fence makes it an acquire.
        let newest = self.write.load(Relaxed);
        // ORDERING: SeqCst, with the fence of a thread that attaches; what was unpublished for the goals up to `newest`
        // comes before it.
        fence(site("qsbr.scan_fence", SeqCst));
        let least = self.with_slots(|slots| slots.least()).min(newest);
        self.raise(read, least);
        least
    }

    fn raise(&self, mut read: u64, least: u64) {
        while read < least {
            // ORDERING: Release, so that who frees by this sequence comes after the scan.
            let order = site("qsbr.raise", Release);
            match self.read.compare_exchange(read, least, order, Relaxed) {
                Ok(_) => return,
                Err(found) => read = found,
            }
        }
    }

    fn with_slots<R>(&self, body: impl FnOnce(&Slots) -> R) -> R {
        // SAFETY: the array moves only while the world is stopped, by Invariant 3.
        self.slots.with(|slots| body(unsafe { &*slots }))
    }
}
