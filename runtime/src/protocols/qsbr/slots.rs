//! The slots of QSBR: one sequence number a thread, in one array that grows.

use std::alloc::Layout;
use std::ptr::{self, NonNull};

use super::OFFLINE;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
use crate::sync::cell::Cell;
use crate::sync::heap::{Kind, Local};
use crate::sync::site;

/// One thread's sequence number, alone in its pair of cache lines, which processors fetch together.
#[derive(Debug)]
#[repr(align(128))]
pub(super) struct Slot {
    sequence: AtomicU64,
    /// Null while the slot is free; touched under the lock of the table.
    owner: Cell<*const Participant>,
}

/// The array.
#[derive(Debug)]
pub struct Slots {
    first: NonNull<Slot>,
    length: usize,
}

// SAFETY: slots are shared data, and the owners in them are touched under the lock of the table.
unsafe impl Send for Slots {}

/// A thread's half: where its slot is.
#[derive(Debug)]
pub struct Participant {
    /// Written under the lock of the table; by another thread only while the world is stopped.
    slot: AtomicPtr<Slot>,
}

impl Default for Participant {
    fn default() -> Self {
        Self::new()
    }
}

impl Participant {
    /// A thread that has no slot yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            slot: AtomicPtr::new("qsbr slot", ptr::null_mut()),
        }
    }

    /// Tells every scan that the thread reads nothing until it attaches again.
    #[inline]
    pub fn detach(&self) {
        // ORDERING: Release, so that the thread's reads come before the free that a scan allows.
        self.publish(OFFLINE, site("qsbr.detach", Release));
    }

    #[inline]
    pub(super) fn publish(&self, sequence: u64, order: Ordering) {
        self.with_slot(|slot| slot.sequence.store(sequence, order));
    }

    /// What this thread, which is the caller, published last.
    #[inline]
    pub(super) fn last(&self) -> u64 {
        // ORDERING: Relaxed; the thread reads its own store.
        self.with_slot(|slot| slot.sequence.load(Relaxed))
    }

    /// Whether the thread has a slot; the caller keeps the array from growing.
    pub(super) fn has_slot(&self) -> bool {
        !self.slot().is_null()
    }

    pub(super) fn slot(&self) -> *mut Slot {
        // ORDERING: Relaxed; ordered by the restart of the world or by the lock of the table.
        self.slot.load(Relaxed)
    }

    #[inline]
    fn with_slot<R>(&self, body: impl FnOnce(&Slot) -> R) -> R {
        // SAFETY: a participant has a slot from `reserve` to `release`, and an array that it replaces is freed while
        // the thread is suspended, by Invariant 3.
        body(unsafe { &*self.slot() })
    }
}

impl Slots {
    pub(super) fn new(heap: Local, length: usize) -> Self {
        let first = heap
            .alloc(layout(length), Kind::Memory("qsbr slots"))
            .cast::<Slot>();
        for index in 0..length {
            // SAFETY: the block is new and holds `length` slots.
            unsafe { first.add(index).write(Slot::new()) };
        }
        Self { first, length }
    }

    pub(super) fn capacity(&self) -> usize {
        self.length
    }

    pub(super) fn in_use(&self) -> usize {
        self.each().filter(|slot| !slot.owner().is_null()).count()
    }

    /// Gives a free slot to `participant`, if there is one; the table is locked.
    pub(super) fn reserve(&self, participant: &Participant) -> bool {
        let free = self.each().find(|slot| slot.owner().is_null());
        free.map(|slot| slot.give(participant)).is_some()
    }

    /// Moves to an array of twice the length.
    ///
    /// # Safety
    /// The table is locked, and the world is stopped.
    pub(super) unsafe fn grow(&mut self, heap: Local) {
        let larger = Self::new(heap, self.length * 2);
        for (old, new) in self.each().zip(larger.each()) {
            if let Some(owner) = NonNull::new(old.owner().cast_mut()) {
                // ORDERING: Relaxed; the owner is outside.
                let sequence = old.sequence.load(Relaxed);
                // ORDERING: Relaxed; the restart of the world publishes it.
                new.sequence.store(sequence, Relaxed);
                // SAFETY: an owner releases its slot, under the lock, before it is freed.
                new.give(unsafe { owner.as_ref() });
            }
        }
        // SAFETY: every participant has a slot in the larger array.
        unsafe { self.free(heap) };
        *self = larger;
    }

    /// Frees the array.
    ///
    /// # Safety
    /// Nobody uses it from here on.
    pub(super) unsafe fn free(&mut self, heap: Local) {
        // SAFETY: the caller's clause.
        unsafe { heap.free(self.first.cast()) };
    }

    /// The least sequence of the attached threads.
    pub(super) fn least(&self) -> u64 {
        // ORDERING: Acquire, so that a thread's reads come before the free that its sequence allows.
        let sequences = self
            .each()
            .map(|slot| slot.sequence.load(site("qsbr.scan", Acquire)));
        sequences
            .filter(|&sequence| sequence != OFFLINE)
            .min()
            .unwrap_or(u64::MAX)
    }

    fn each(&self) -> impl Iterator<Item = &Slot> {
        // SAFETY: the block holds `length` slots, and moves only while nobody else uses it, by Invariant 3.
        (0..self.length).map(|index| unsafe { self.first.add(index).as_ref() })
    }
}

impl Slot {
    fn new() -> Self {
        Self {
            sequence: AtomicU64::new("qsbr sequence", OFFLINE),
            owner: Cell::new("qsbr owner", ptr::null()),
        }
    }

    fn owner(&self) -> *const Participant {
        // SAFETY: the table is locked.
        self.owner.with(|owner| unsafe { *owner })
    }

    fn set_owner(&self, to: *const Participant) {
        // SAFETY: the table is locked.
        self.owner.with_mut(|owner| unsafe { *owner = to });
    }

    fn give(&self, participant: &Participant) {
        self.set_owner(participant);
        // ORDERING: Relaxed; ordered for the participant by its creation or by the restart of the world.
        participant
            .slot
            .store(ptr::from_ref(self).cast_mut(), Relaxed);
    }
}

/// Marks a slot as free; the table is locked.
pub(super) fn free(slot: *mut Slot) {
    // SAFETY: the slot belongs to a participant that is being released, and its array cannot move meanwhile.
    unsafe { &*slot }.set_owner(ptr::null());
}

fn layout(length: usize) -> Layout {
    Layout::array::<Slot>(length).expect("the number of threads is small")
}
