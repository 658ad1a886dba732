//! A place for a waker.

use std::cell::UnsafeCell;
use std::fmt;
use std::task::Waker;

use crate::word::Word;

/// A place for the waker of the task that was last registered.
pub struct AtomicWaker {
    lock: Word,
    /// Only who has the lock uses it.
    waker: UnsafeCell<Option<Waker>>,
}

// SAFETY: the waker is used by the one thread that has the lock.
unsafe impl Sync for AtomicWaker {}

impl AtomicWaker {
    /// A place without a waker.
    #[track_caller]
    pub fn new() -> AtomicWaker {
        AtomicWaker {
            lock: Word::new("AtomicWaker", 0, false),
            waker: UnsafeCell::new(None),
        }
    }

    #[track_caller]
    fn replace(&self, waker: Option<Waker>) -> Option<Waker> {
        self.lock.lock();
        // SAFETY: the thread has the lock.
        let before = std::mem::replace(unsafe { &mut *self.waker.get() }, waker);
        self.lock.unlock();
        before
    }

    /// Registers a task to be woken.
    #[track_caller]
    pub fn register(&self, waker: Waker) {
        drop(self.replace(Some(waker)));
    }

    /// Registers a task to be woken.
    #[track_caller]
    pub fn register_by_ref(&self, waker: &Waker) {
        self.register(waker.clone());
    }

    /// Wakes the task that was last registered.
    #[track_caller]
    pub fn wake(&self) {
        if let Some(waker) = self.take_waker() {
            waker.wake();
        }
    }

    /// Takes the waker of the task that was last registered.
    #[track_caller]
    pub fn take_waker(&self) -> Option<Waker> {
        self.replace(None)
    }
}

impl Default for AtomicWaker {
    #[track_caller]
    fn default() -> AtomicWaker {
        AtomicWaker::new()
    }
}

impl fmt::Debug for AtomicWaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AtomicWaker").finish_non_exhaustive()
    }
}
