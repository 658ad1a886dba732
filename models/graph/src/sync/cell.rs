//! Plain shared data: two accesses that no order protects, one of them a write, fail the execution.

use std::cell::UnsafeCell;
use std::panic::Location as Caller;

use graph_engine::Location;
use record::At;
use record::event::{Event, Place};
use record::heap;

use super::run;

/// Data that several threads can reach and that no atomic protects by itself.
///
/// The engine sees the accesses and not the data. Since it admits no race, a run reads what its graph says.
#[derive(Debug)]
pub struct Cell<T> {
    name: &'static str,
    /// None for one that was made while a run was being unwound.
    location: Option<Location>,
    number: u32,
    value: UnsafeCell<T>,
}

// SAFETY: access goes through raw pointers, and whoever dereferences one must show that no conflicting access is
// concurrent; the rest never changes.
unsafe impl<T: Send> Sync for Cell<T> {}

/// How a cell is accessed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Reads,
    Writes,
}

impl<T> Cell<T> {
    /// A new cell; `name` is what traces call it.
    #[must_use]
    #[track_caller]
    pub fn new(name: &'static str, value: T) -> Self {
        let alive = run::alive();
        Self {
            name,
            location: alive.then(|| Location::new(name, 0)),
            number: if alive { run::place() } else { 0 },
            value: UnsafeCell::new(value),
        }
    }

    /// Gives a pointer that may be read through, during the call only.
    #[track_caller]
    pub fn with<R>(&self, read: impl FnOnce(*const T) -> R) -> R {
        let at = Caller::caller();
        let begun = self.access(How::Reads, at, true);
        let result = read(self.value.get());
        self.end(How::Reads, at, begun);
        result
    }

    /// Gives a pointer that may be written through, during the call only.
    #[track_caller]
    pub fn with_mut<R>(&self, write: impl FnOnce(*mut T) -> R) -> R {
        let at = Caller::caller();
        let begun = self.access(How::Writes, at, true);
        let result = write(self.value.get());
        self.end(How::Writes, at, begun);
        result
    }

    /// The end of an access is one too, if the thread did anything meanwhile that others could be ordered by.
    #[track_caller]
    fn end(&self, how: How, at: At, begun: usize) {
        if run::alive() && graph_engine::position() != begun {
            self.access(how, at, false);
        }
    }

    /// Makes one access, and gives how many events the thread has then.
    #[track_caller]
    fn access(&self, how: How, at: At, shown: bool) -> usize {
        if !run::alive() {
            return 0;
        }
        let address = std::ptr::from_ref(self).addr();
        let home = heap::touch(address, at);
        let Some(location) = self.location else {
            return 0;
        };
        let location = home.map_or(location, |block| location.within(run::block(block)));
        let event = self.event(how, address);
        run::plan(event, at);
        let first = graph_engine::position();
        match how {
            How::Reads => drop(location.read()),
            How::Writes => location.write(0),
        }
        if shown {
            run::log(event, at, first);
        } else {
            run::taken();
        }
        graph_engine::position()
    }

    fn event(&self, how: How, address: usize) -> Event {
        let place = Place {
            address,
            name: self.name,
            serial: self.number,
        };
        match how {
            How::Reads => Event::Read { place },
            How::Writes => Event::Write { place },
        }
    }
}
