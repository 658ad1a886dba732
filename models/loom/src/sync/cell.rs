//! Plain shared data: a cell that loom watches for conflicting accesses.

use std::cell::UnsafeCell;
use std::fmt;
use std::panic::Location;

use record::event::{self, Event, Place};
use record::{At, memory, unordered};

use super::{schedule, watch};

/// Data that several threads can reach and that no atomic protects by itself.
///
/// Some protocol must order every write against every other access; an access that is not so ordered fails the
/// execution as a data race.
pub struct Cell<T> {
    data: UnsafeCell<T>,
    /// loom's view of the data.
    clocks: loom::cell::UnsafeCell<()>,
    name: &'static str,
    serial: u32,
}

// SAFETY: access goes through raw pointers, and whoever dereferences one must show that no conflicting access is
// concurrent; the cell adds no access of its own.
unsafe impl<T: Send> Sync for Cell<T> {}

impl<T> Cell<T> {
    /// A new cell; `name` is what traces call it.
    #[must_use]
    pub fn new(name: &'static str, value: T) -> Self {
        Self {
            data: UnsafeCell::new(value),
            clocks: loom::cell::UnsafeCell::new(()),
            name,
            serial: memory::cell(),
        }
    }

    /// Gives a pointer that may be read through, during the call only.
    #[track_caller]
    pub fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
        let at = Location::caller();
        self.access("read", at, || self.clocks.with(|_| ()));
        event::push(
            Event::Read {
                place: self.place(),
            },
            at,
        );
        let result = read(self.data.get());
        self.access("read", at, || self.clocks.with(|_| ()));
        result
    }

    /// Gives a pointer that may be written through, during the call only.
    #[track_caller]
    pub fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
        let at = Location::caller();
        self.access("written", at, || self.clocks.with_mut(|_| ()));
        event::push(
            Event::Write {
                place: self.place(),
            },
            at,
        );
        let result = write(self.data.get());
        self.access("written", at, || self.clocks.with_mut(|_| ()));
        result
    }

    /// Checks one end of an access. loom would hold a guard from one end to the other, which must not be unwound.
    #[track_caller]
    fn access(&self, done: &str, at: At, check: impl FnOnce()) {
        if !schedule::alive() {
            return;
        }
        watch::touch(std::ptr::from_ref(self).addr(), at);
        if let Some(other) = watch::race(check) {
            unordered::cell(self.place(), done, other, at);
        }
    }

    fn place(&self) -> Place {
        Place {
            address: std::ptr::from_ref(self).addr(),
            name: self.name,
            serial: self.serial,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Cell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cell").field(&self.name).finish()
    }
}
