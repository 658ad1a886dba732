//! What the QSBR scenarios share: one published block, its writer, and its readers.

use std::ptr;

use super::support::{self, Block, Plain};
use crate::rt::protocols::object_lock::Parking;
use crate::rt::protocols::qsbr::{Participant, Qsbr, Reached};
use crate::rt::sync::atomic::AtomicPtr;
use crate::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::rt::sync::heap::Heap;

/// QSBR by itself, without thread states.
pub(super) struct Model {
    heap: Heap,
    parking: Parking,
    qsbr: Qsbr,
    participants: Vec<Participant>,
    published: AtomicPtr<Plain>,
    /// What the writer unpublished and could not free.
    left: AtomicPtr<Plain>,
}

impl Model {
    /// A block is published, and everybody has a slot.
    pub(super) fn new(threads: usize) -> Self {
        let heap = Heap::new();
        let block = Block::new(heap.local(), "block", Plain::new(7));
        let qsbr = Qsbr::new(heap.local(), threads, 1);
        let parking = support::parking();
        let participants: Vec<_> = (0..threads).map(|_| Participant::new()).collect();
        for participant in &participants {
            assert!(
                qsbr.reserve(&parking.lot, participant),
                "there is a slot for everybody"
            );
        }
        Self {
            heap,
            parking,
            qsbr,
            participants,
            published: AtomicPtr::new("published", block.pointer()),
            left: AtomicPtr::new("left", ptr::null_mut()),
        }
    }

    pub(super) fn attach(&self, who: usize) {
        self.qsbr.attach(&self.participants[who]);
    }

    /// Replaces the array of slots; only the calling thread runs.
    pub(super) fn grow(&self) {
        // SAFETY: no other thread was started yet, so none reads the array.
        unsafe { self.qsbr.grow(&self.parking.lot, self.heap.local()) };
    }

    /// The block as a reader holds it.
    pub(super) fn hold(&self) -> Option<Block<Plain>> {
        // ORDERING: Acquire, with the block's publication.
        Block::at(self.published.load(Acquire))
    }

    pub(super) fn quiescent(&self, who: usize) {
        self.qsbr.quiescent(&self.participants[who]);
    }

    pub(super) fn detach(&self, who: usize) {
        self.participants[who].detach();
    }

    /// Reads the block if it is published.
    pub(super) fn read(&self) -> Option<u64> {
        self.hold().map(|block| block.get())
    }

    /// Unpublishes the block, takes a goal, polls, frees; says whether it came to that.
    pub(super) fn unpublish_and_free(&self, who: usize) -> bool {
        self.unpublish_and_poll(who).is_reached()
    }

    /// The same; says by whose scan.
    pub(super) fn unpublish_and_poll(&self, who: usize) -> Reached {
        let block = Block::at(self.published.load(Relaxed)).expect("there is one writer");
        self.published.store(ptr::null_mut(), Release);
        let goal = self.qsbr.advance();
        self.quiescent(who);
        let reached = self.qsbr.poll(goal);
        if reached.is_reached() {
            block.free(self.heap.local());
        } else {
            self.left.store(block.pointer(), Relaxed);
        }
        self.detach(who);
        reached
    }

    /// Takes a goal of its own and scans for it.
    pub(super) fn scan(&self) -> bool {
        let goal = self.qsbr.advance();
        self.qsbr.poll(goal).is_reached()
    }

    /// Frees what is left; all workers were joined.
    pub(super) fn finish(&self) {
        let heap = self.heap.local();
        if let Some(block) = Block::at(self.left.load(Relaxed)) {
            block.free(heap);
        }
        for participant in &self.participants {
            self.qsbr.release(&self.parking.lot, participant);
        }
        // SAFETY: every participant was released.
        unsafe { self.qsbr.finish(&self.parking.lot, self.heap.local()) };
    }
}
