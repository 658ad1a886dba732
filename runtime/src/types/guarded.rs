//! Fields of built-in objects that threads change: reached under the object's lock only.

use std::fmt;

use crate::objects::header::Header;
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::cell::Cell;
use crate::sync::event;

/// A value that lies in an object and is reached under the object's lock.
pub(crate) struct Guarded<T>(Cell<T>);

// SAFETY: the value is reached under a lock, or by a thread that is alone with it.
unsafe impl<T: Send> Sync for Guarded<T> {}

impl<T> Guarded<T> {
    pub(crate) fn new(name: &'static str, value: T) -> Self {
        Self(Cell::new(name, value))
    }

    /// Reads or changes the value with the object's lock held.
    ///
    /// `body` must neither run Python code nor give back a reference: what it takes out it returns. `object` must be
    /// the header of the object that the value lies in.
    pub(crate) fn with<R>(
        &self,
        ts: &ThreadState,
        object: &Header,
        body: impl FnOnce(&mut T) -> R,
    ) -> R {
        event::enters(&raw const self.0, "guarded");
        critical_section::with(ts, &object.lock, || {
            // SAFETY: the lock keeps other threads out, and `body` does not come back here.
            self.0.with_mut(|value| body(unsafe { &mut *value }))
        })
    }

    /// The same without the lock when the calling thread has the only reference to the object, to which there must be
    /// no weak ones.
    #[inline]
    pub(crate) fn with_sole<R>(
        &self,
        ts: &ThreadState,
        object: &Header,
        body: impl FnOnce(&mut T) -> R,
    ) -> R {
        if !object.count.is_uniquely_referenced(ts.id()) {
            return self.with(ts, object, body);
        }
        // SAFETY: nobody else can come by the object before `body` has ended.
        self.0.with_mut(|value| body(unsafe { &mut *value }))
    }

    /// Looks at the value where nobody else can: in a finalizer, or while the world is stopped.
    pub(crate) fn alone<R>(&self, body: impl FnOnce(&T) -> R) -> R {
        // SAFETY: the caller is alone with the object.
        self.0.with(|value| body(unsafe { &*value }))
    }

    /// Changes the value where nobody else can reach it: in an object that nobody knows, or while the world is stopped.
    pub(crate) fn alone_mut<R>(&self, body: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: the caller is alone with the object.
        self.0.with_mut(|value| body(unsafe { &mut *value }))
    }
}

impl<T> fmt::Debug for Guarded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guarded")
    }
}
