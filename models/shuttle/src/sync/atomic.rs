//! Atomics and fences: every operation is a scheduling point, is checked against the heap, and is recorded.

use std::cell::Cell;
use std::panic::Location;

use record::At;
use record::event::{Form, Place, Word};
use record::memory::{self, Update};

use super::engine::{self, Effect};

pub use std::sync::atomic::Ordering;

/// A fence of the given order; `Relaxed` (a weakened site) is no fence at all.
#[track_caller]
pub fn fence(order: Ordering) {
    if !matches!(order, Ordering::Relaxed) {
        memory::fence(order, Location::caller());
    }
}

/// A value that an atomic can hold.
trait Value: Copy + PartialEq {
    fn word(self) -> Word;
}

macro_rules! value {
    ($form:ident: $($value:ty),+) => {$(
        impl Value for $value {
            fn word(self) -> Word {
                #[allow(clippy::cast_sign_loss, reason = "the form says how the bits are read")]
                let bits = self as u64;
                Word { bits, form: Form::$form }
            }
        }
    )+};
}

value! { Unsigned: u8, u32, u64, usize }
value! { Signed: i64 }

impl<T> Value for *mut T {
    fn word(self) -> Word {
        Word {
            bits: self.addr() as u64,
            form: Form::Pointer,
        }
    }
}

/// What every atomic is made of.
#[derive(Debug)]
struct Atomic<T: Copy> {
    name: &'static str,
    serial: u32,
    value: Cell<T>,
}

// SAFETY: model threads run one at a time, on one OS thread, and switch only where the engine lets them: never during
// an access of `value`.
unsafe impl<T: Copy> Sync for Atomic<T> {}
// SAFETY: as above; a pointer that is sent is only a value here.
unsafe impl<T: Copy> Send for Atomic<T> {}

impl<T: Value> Atomic<T> {
    fn new(name: &'static str, value: T) -> Self {
        engine::did(engine::Place::MAKING, Effect::Write);
        Self {
            name,
            serial: memory::atomic(),
            value: Cell::new(value),
        }
    }

    /// Lets other threads run, then checks that the atomic is still there.
    #[track_caller]
    fn enter(&self, at: At) -> Place {
        let address = std::ptr::from_ref(self).addr();
        engine::point();
        memory::touch(address, at);
        Place {
            address,
            name: self.name,
            serial: self.serial,
        }
    }

    fn did(&self, effect: Effect) {
        engine::did(engine::Place::atomic(self.serial), effect);
    }

    #[track_caller]
    fn load(&self, order: Ordering) -> T {
        let at = Location::caller();
        let place = self.enter(at);
        let value = self.value.get();
        memory::load(place, value.word(), order, at);
        self.did(Effect::Read);
        value
    }

    #[track_caller]
    fn store(&self, value: T, order: Ordering) {
        let at = Location::caller();
        let place = self.enter(at);
        let old = self.value.replace(value);
        memory::store(place, value.word(), order, at);
        self.did(Effect::write(old != value));
    }

    #[track_caller]
    fn update(&self, operation: &'static str, order: Ordering, new: impl FnOnce(T) -> T) -> T {
        let at = Location::caller();
        let place = self.enter(at);
        self.replace(place, operation, order, new, at)
    }

    #[track_caller]
    fn replace(
        &self,
        place: Place,
        operation: &'static str,
        order: Ordering,
        new: impl FnOnce(T) -> T,
        at: At,
    ) -> T {
        let old = self.value.get();
        let new = new(old);
        self.value.set(new);
        let update = Update {
            operation,
            old: old.word(),
            new: new.word(),
            order,
        };
        memory::update(place, update, at);
        self.did(Effect::write(old != new));
        old
    }

    #[track_caller]
    fn compare_exchange(
        &self,
        current: T,
        new: T,
        (success, failure): (Ordering, Ordering),
        weak: bool,
    ) -> Result<T, T> {
        let at = Location::caller();
        let place = self.enter(at);
        let found = self.value.get();
        if found == current && !(weak && engine::fails_spuriously()) {
            return Ok(self.replace(place, "compare_exchange", success, |_| new, at));
        }
        memory::failed(place, current.word(), found.word(), failure, at);
        self.did(Effect::Read);
        Err(found)
    }
}

macro_rules! common {
    ($value:ty) => {
        /// Reads the value.
        #[track_caller]
        pub fn load(&self, order: Ordering) -> $value {
            self.0.load(order)
        }

        /// Writes the value.
        #[track_caller]
        pub fn store(&self, value: $value, order: Ordering) {
            self.0.store(value, order);
        }

        /// Writes the value and gives the one that it replaced.
        #[track_caller]
        pub fn swap(&self, value: $value, order: Ordering) -> $value {
            self.0.update("swap", order, |_| value)
        }

        /// Replaces `current` by `new`, and gives the old value either way.
        ///
        /// # Errors
        /// The value found, when it is not `current`.
        #[track_caller]
        pub fn compare_exchange(
            &self,
            current: $value,
            new: $value,
            success: Ordering,
            failure: Ordering,
        ) -> Result<$value, $value> {
            self.0
                .compare_exchange(current, new, (success, failure), false)
        }

        /// As [`Self::compare_exchange`], but may fail though the value is `current`.
        ///
        /// # Errors
        /// The value found, when nothing was replaced.
        #[track_caller]
        pub fn compare_exchange_weak(
            &self,
            current: $value,
            new: $value,
            success: Ordering,
            failure: Ordering,
        ) -> Result<$value, $value> {
            self.0
                .compare_exchange(current, new, (success, failure), true)
        }
    };
}

macro_rules! integer {
    ($($name:ident $value:ty),+ $(,)?) => {$(
        #[doc = concat!("An atomic `", stringify!($value), "`.")]
        #[derive(Debug)]
        pub struct $name(Atomic<$value>);

        impl $name {
            /// A new atomic; `name` is what traces call it.
            #[must_use]
            pub fn new(name: &'static str, value: $value) -> Self {
                Self(Atomic::new(name, value))
            }

            common!($value);

            /// Adds, wrapping, and gives the old value.
            #[track_caller]
            pub fn fetch_add(&self, value: $value, order: Ordering) -> $value {
                self.0.update("fetch_add", order, |old| old.wrapping_add(value))
            }

            /// Subtracts, wrapping, and gives the old value.
            #[track_caller]
            pub fn fetch_sub(&self, value: $value, order: Ordering) -> $value {
                self.0.update("fetch_sub", order, |old| old.wrapping_sub(value))
            }

            /// Sets the bits of `value` and gives the old value.
            #[track_caller]
            pub fn fetch_or(&self, value: $value, order: Ordering) -> $value {
                self.0.update("fetch_or", order, |old| old | value)
            }

            /// Keeps the bits of `value` and gives the old value.
            #[track_caller]
            pub fn fetch_and(&self, value: $value, order: Ordering) -> $value {
                self.0.update("fetch_and", order, |old| old & value)
            }
        }
    )+};
}

integer! { AtomicU8 u8, AtomicU32 u32, AtomicI64 i64, AtomicU64 u64, AtomicUsize usize }

/// An atomic pointer.
#[derive(Debug)]
pub struct AtomicPtr<T>(Atomic<*mut T>);

impl<T> AtomicPtr<T> {
    /// A new atomic pointer; `name` is what traces call it.
    #[must_use]
    pub fn new(name: &'static str, value: *mut T) -> Self {
        Self(Atomic::new(name, value))
    }

    common!(*mut T);
}
