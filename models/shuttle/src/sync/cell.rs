//! Plain shared data: two accesses that no order protects, one of them a write, fail the execution.

use std::cell::UnsafeCell;
use std::panic::Location;

use record::At;
use record::event::Place;
use record::memory;

/// Data that several threads can reach and that no atomic protects by itself.
#[derive(Debug)]
pub struct Cell<T> {
    name: &'static str,
    serial: u32,
    value: UnsafeCell<T>,
}

// SAFETY: access goes through raw pointers, and whoever dereferences one must show that no conflicting access is
// concurrent; name and serial number never change.
unsafe impl<T: Send> Sync for Cell<T> {}

impl<T> Cell<T> {
    /// A new cell; `name` is what traces call it.
    #[must_use]
    pub fn new(name: &'static str, value: T) -> Self {
        Self {
            name,
            serial: memory::cell(),
            value: UnsafeCell::new(value),
        }
    }

    /// Gives a pointer that may be read through, during the call only.
    #[track_caller]
    pub fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
        let at = Location::caller();
        memory::read(self.place(at), at);
        read(self.value.get())
    }

    /// Gives a pointer that may be written through, during the call only.
    #[track_caller]
    pub fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
        let at = Location::caller();
        memory::write(self.place(at), at);
        write(self.value.get())
    }

    #[track_caller]
    fn place(&self, at: At) -> Place {
        let address = std::ptr::from_ref(self).addr();
        memory::touch(address, at);
        Place {
            address,
            name: self.name,
            serial: self.serial,
        }
    }
}
