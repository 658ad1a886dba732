//! Plain shared data, as atomics are watched.

use std::cell::UnsafeCell;

use crate::engine;
use crate::place::Effect;

/// Data that several threads can reach and that no atomic protects by itself.
#[derive(Debug)]
#[repr(transparent)]
pub struct Cell<T>(UnsafeCell<T>);

// SAFETY: model threads run one at a time, on one OS thread; access goes through raw pointers.
unsafe impl<T: Send> Sync for Cell<T> {}

impl<T> Cell<T> {
    /// A new cell.
    #[inline(always)]
    #[must_use]
    pub fn new(_name: &'static str, value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    /// Gives a pointer that may be read through, during the call only.
    #[inline(always)]
    #[track_caller]
    pub fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
        engine::plain(self, Effect::Read);
        read(self.0.get())
    }

    /// Gives a pointer that may be written through, during the call only.
    #[inline(always)]
    #[track_caller]
    pub fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
        engine::plain(self, Effect::Write);
        write(self.0.get())
    }
}
