//! `OnceLock`: a value that is set once.

use std::cell::UnsafeCell;
use std::fmt;

use graph_engine::Mode;

use crate::word::Word;

/// A value that is set once.
pub struct OnceLock<T> {
    /// Whether there is a value.
    done: Word,
    /// Held by the thread that sets it.
    lock: Word,
    data: UnsafeCell<Option<T>>,
}

// SAFETY: `data` is written by the one thread that has the lock, before `done` says so, and is
// shared afterwards.
unsafe impl<T: Send + Sync> Sync for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// A place without a value.
    #[track_caller]
    pub fn new() -> OnceLock<T> {
        OnceLock {
            done: Word::new("OnceLock", 0, false),
            lock: Word::new("OnceLock's lock", 0, false),
            data: UnsafeCell::new(None),
        }
    }

    /// The value, if it is set.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        let is_set = self.done.at().load(Mode::Acquire) == 1;
        // SAFETY: once it is set it is not written any more, and the load has acquired it.
        is_set
            .then(|| unsafe { &*self.data.get() }.as_ref())
            .flatten()
    }

    /// Sets the value.
    ///
    /// # Errors
    /// The new value, if there is one already.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.get_or_init(|| value.take().expect("it is taken once"));
        value.map_or(Ok(()), Err)
    }

    /// The value, which `make` makes if there is none.
    #[track_caller]
    pub fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        if let Some(value) = self.get() {
            return value;
        }
        self.lock.lock();
        if self.done.at().load(Mode::Relaxed) == 0 {
            let value = make();
            // SAFETY: nobody reads before `done` says so, and nobody else has the lock.
            unsafe { *self.data.get() = Some(value) };
            self.done.at().store(1, Mode::Release);
        }
        self.lock.unlock();
        self.get().expect("a value that is set")
    }

    /// The value, if it is set.
    pub fn into_inner(self) -> Option<T> {
        self.data.into_inner()
    }
}

impl<T> Default for OnceLock<T> {
    #[track_caller]
    fn default() -> OnceLock<T> {
        OnceLock::new()
    }
}

impl<T> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnceLock").finish_non_exhaustive()
    }
}
