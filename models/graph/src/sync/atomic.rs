//! Atomics and fences: every operation is a step of the engine, is checked against the heap, and is recorded.

use std::panic::Location as Caller;

use record::event::{Event, Form, Word};

pub use std::sync::atomic::Ordering;

use super::run;
use super::word::{Atomic, Value, mode};

/// A fence of the given order; `Relaxed` (a weakened site) is no fence at all.
#[track_caller]
pub fn fence(order: Ordering) {
    if matches!(order, Ordering::Relaxed) || !run::alive() {
        return;
    }
    let at = Caller::caller();
    let first = graph_engine::position();
    graph_engine::fence(mode(order));
    run::log(Event::Fence { order }, at, first);
}

macro_rules! value {
    ($form:ident: $($value:ty),+) => {$(
        impl Value for $value {
            fn word(self) -> Word {
                #[allow(clippy::cast_sign_loss, reason = "the form says how the bits are read")]
                let bits = self as u64;
                Word { bits, form: Form::$form }
            }

            fn of(bits: u64) -> Self {
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_possible_wrap,
                    reason = "the bits came from a value of this type"
                )]
                let value = bits as Self;
                value
            }
        }
    )+};
}

value! { Unsigned: u8, u32, u64, usize }
value! { Signed: i64 }

impl<T> Value for *mut T {
    fn word(self) -> Word {
        Word {
            bits: self.expose_provenance() as u64,
            form: Form::Pointer,
        }
    }

    fn of(bits: u64) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "the bits came from a pointer"
        )]
        let address = bits as usize;
        std::ptr::with_exposed_provenance_mut(address)
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
            #[track_caller]
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
    #[track_caller]
    pub fn new(name: &'static str, value: *mut T) -> Self {
        Self(Atomic::new(name, value))
    }

    common!(*mut T);
}
