//! What all atomics have in common: a location of the engine, and steps that are planned, taken and logged.

use std::cell::Cell;
use std::panic::Location as Caller;

use graph_engine::{Location, Mode};
use record::At;
use record::event::{Event, Form, Place, Word};
use record::heap;

use super::atomic::Ordering;
use super::run;

/// A value that an atomic can hold.
pub(super) trait Value: Copy {
    /// For the log.
    fn word(self) -> Word;

    /// From the engine.
    fn of(bits: u64) -> Self;

    /// For the engine.
    fn bits(self) -> u64 {
        self.word().bits
    }
}

/// What every atomic is made of.
#[derive(Debug)]
pub(super) struct Atomic<T: Copy> {
    name: &'static str,
    /// None for one that was made while a run was being unwound.
    location: Option<Location>,
    number: u32,
    /// The value last written in the order of the run: what a destructor sees when the run is over.
    last: Cell<T>,
}

// SAFETY: model threads run one at a time, on one OS thread, and switch only inside of the engine: never during an
// access of `last`.
unsafe impl<T: Copy> Sync for Atomic<T> {}
// SAFETY: as above; a pointer that is sent is only a value here.
unsafe impl<T: Copy> Send for Atomic<T> {}

/// An access that is about to be made.
struct Access {
    location: Location,
    place: Place,
    at: At,
    /// Its first event.
    first: usize,
}

impl Access {
    fn made(self, event: Event) {
        run::log(event, self.at, self.first);
    }
}

impl<T: Value> Atomic<T> {
    #[track_caller]
    pub(super) fn new(name: &'static str, value: T) -> Self {
        let alive = run::alive();
        // Addresses differ from run to run; nothing else may.
        let create = match value.word().form {
            Form::Pointer => Location::opaque,
            _ => Location::new,
        };
        let location = alive.then(|| create(name, value.bits()));
        Self {
            name,
            location,
            number: if alive { run::place() } else { 0 },
            last: Cell::new(value),
        }
    }

    /// Prepares an access; none while a run is being unwound.
    #[track_caller]
    fn begin(&self, planned: impl FnOnce(Place) -> Event) -> Option<Access> {
        if !run::alive() {
            return None;
        }
        let at = Caller::caller();
        let address = std::ptr::from_ref(self).addr();
        let home = heap::touch(address, at);
        let location = self.location?;
        let place = Place {
            address,
            name: self.name,
            serial: self.number,
        };
        let location = home.map_or(location, |block| location.within(run::block(block)));
        run::plan(planned(place), at);
        Some(Access {
            location,
            place,
            at,
            first: graph_engine::position(),
        })
    }

    #[track_caller]
    pub(super) fn load(&self, order: Ordering) -> T {
        let event = |place, value: T| Event::Load {
            place,
            value: value.word(),
            order,
        };
        let Some(access) = self.begin(|place| event(place, self.last.get())) else {
            return self.last.get();
        };
        let value = T::of(access.location.load(mode(order)));
        let event = event(access.place, value);
        access.made(event);
        value
    }

    #[track_caller]
    pub(super) fn store(&self, value: T, order: Ordering) {
        let event = |place| Event::Store {
            place,
            value: value.word(),
            order,
        };
        let Some(access) = self.begin(event) else {
            return self.last.set(value);
        };
        access.location.store(value.bits(), mode(order));
        self.last.set(value);
        let event = event(access.place);
        access.made(event);
    }

    #[track_caller]
    pub(super) fn update(
        &self,
        operation: &'static str,
        order: Ordering,
        change: impl Fn(T) -> T,
    ) -> T {
        let event = |place, old| updated(place, operation, (old, change(old)), order);
        let Some(access) = self.begin(|place| event(place, self.last.get())) else {
            return self.last.replace(change(self.last.get()));
        };
        let new = |bits| change(T::of(bits)).bits();
        let old = T::of(access.location.update(mode(order), new));
        self.last.set(change(old));
        let event = event(access.place, old);
        access.made(event);
        old
    }

    #[track_caller]
    pub(super) fn compare_exchange(
        &self,
        current: T,
        new: T,
        (success, failure): (Ordering, Ordering),
        weak: bool,
    ) -> Result<T, T> {
        let planned = |place| updated(place, EXCHANGE, (current, new), success);
        let Some(access) = self.begin(planned) else {
            return self.exchange_last(current, new);
        };
        let (location, modes) = (access.location, (mode(success), mode(failure)));
        let result = if weak {
            location.compare_exchange_weak(current.bits(), new.bits(), modes.0, modes.1)
        } else {
            location.compare_exchange(current.bits(), new.bits(), modes.0, modes.1)
        };
        let result = result.map(T::of).map_err(T::of);
        let event = match result {
            Ok(old) => {
                self.last.set(new);
                updated(access.place, EXCHANGE, (old, new), success)
            }
            Err(found) => Event::Failed {
                place: access.place,
                expected: current.word(),
                found: found.word(),
                order: failure,
            },
        };
        access.made(event);
        result
    }

    /// A compare-exchange by a destructor of a run that is over.
    fn exchange_last(&self, current: T, new: T) -> Result<T, T> {
        let found = self.last.get();
        if found.bits() != current.bits() {
            return Err(found);
        }
        self.last.set(new);
        Ok(found)
    }
}

const EXCHANGE: &str = "compare_exchange";

fn updated<T: Value>(
    place: Place,
    operation: &'static str,
    (old, new): (T, T),
    order: Ordering,
) -> Event {
    Event::Update {
        place,
        operation,
        old: old.word(),
        new: new.word(),
        order,
    }
}

/// The engine's word for an order.
pub(super) fn mode(order: Ordering) -> Mode {
    match order {
        Ordering::Relaxed => Mode::Relaxed,
        Ordering::Acquire => Mode::Acquire,
        Ordering::Release => Mode::Release,
        Ordering::AcqRel => Mode::AcqRel,
        _ => Mode::SeqCst,
    }
}
