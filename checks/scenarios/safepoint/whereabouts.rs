//! A frame that lies with its thread until it is left, and the object that says where it is.

use super::support::{Block, Plain};
use crate::rt::protocols::critical_section;
use crate::rt::protocols::object_lock::ObjectLock;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::protocols::whereabouts::{Found, look};
use crate::rt::sync::cell::Cell;
use crate::rt::sync::heap::Local;

#[derive(Clone, Copy)]
enum Place {
    Live(Block<Plain>),
    /// What it held, and 100 more.
    Kept(u64),
}

/// The object.
pub(super) struct Frame {
    lock: ObjectLock,
    place: Cell<Place>,
    /// The thread's own way to it.
    words: Block<Plain>,
}

// SAFETY: the place is reached under the lock or while the world is stopped, which the models watch.
unsafe impl Send for Frame {}
// SAFETY: as above.
unsafe impl Sync for Frame {}

/// Changes the frame, whose thread calls.
pub(super) fn step(frame: &Frame) {
    frame.words.add(1);
    frame.words.add(1);
}

impl Frame {
    pub(super) fn new(heap: Local) -> Self {
        let words = Block::new(heap, "words", Plain::new(0));
        Self {
            lock: ObjectLock::new(),
            place: Cell::new("place", Place::Live(words)),
            words,
        }
    }

    /// What the frame holds.
    pub(super) fn look(&self, ts: &ThreadState) -> u64 {
        let find = || match self.locked(ts, |place| *place) {
            Place::Live(words) => Found::Elsewhere(words),
            Place::Kept(held) => Found::Kept(held),
        };
        // SAFETY: the world is stopped; the models watch.
        let again = || match self.place.with(|place| unsafe { *place }) {
            Place::Live(words) => Some(words),
            Place::Kept(_) => None,
        };
        look(ts, find, again, |words| Some(words.get()))
    }

    /// The frame ends: the object keeps what it held.
    pub(super) fn leave(&self, ts: &ThreadState) {
        let held = 100 + self.words.get();
        self.locked(ts, |place| *place = Place::Kept(held));
        self.words.free(ts.local());
    }

    fn locked<R>(&self, ts: &ThreadState, body: impl FnOnce(&mut Place) -> R) -> R {
        critical_section::with(ts, &self.lock, || {
            // SAFETY: the lock is held; the models watch.
            self.place.with_mut(|place| body(unsafe { &mut *place }))
        })
    }

    /// Frees a frame that was never left.
    pub(super) fn free(&self, heap: Local) {
        self.words.free(heap);
    }
}
