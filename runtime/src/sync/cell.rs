//! Plain shared data: a cell that a model watches for conflicting accesses.

use std::cell::UnsafeCell;

/// Data that several threads can reach and that no atomic protects by itself.
///
/// Some protocol must order every write against every other access; in a model an access that is not so ordered
/// fails the execution as a data race.
#[derive(Debug)]
#[repr(transparent)]
pub struct Cell<T>(UnsafeCell<T>);

// SAFETY: access goes through raw pointers, and whoever dereferences one must show that no conflicting access is
// concurrent; the cell adds no access of its own.
unsafe impl<T: Send> Sync for Cell<T> {}

impl<T> Cell<T> {
    /// A new cell; `name` is what traces call it.
    #[inline(always)]
    #[must_use]
    pub fn new(_name: &'static str, value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    /// Gives a pointer that may be read through, during the call only.
    #[inline(always)]
    pub fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
        read(self.0.get())
    }

    /// Gives a pointer that may be written through, during the call only.
    #[inline(always)]
    pub fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
        write(self.0.get())
    }
}
