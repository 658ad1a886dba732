//! Atomics and fences of loom, recorded.

use std::cell::RefCell;
use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use loom::sync::{Condvar, atomic};
use record::event::{self, Event, Form};

pub use std::sync::atomic::Ordering;

use super::backing::Backing;
use super::word::Word;
use super::{schedule, search, swaps};

thread_local! {
    /// In the complete mode, announces every sequentially consistent fence to every other.
    static FENCES: RefCell<Option<Rc<Condvar>>> = const { RefCell::new(None) };
}

pub(super) fn reset() {
    FENCES.set(Some(Rc::new(Condvar::new())));
}

/// A fence of the given order; `Relaxed` (a weakened site) is no fence at all.
#[track_caller]
pub fn fence(order: Ordering) {
    if matches!(order, Ordering::Relaxed) || !schedule::alive() {
        return;
    }
    if order == Ordering::SeqCst && search::is_complete() && !schedule::is_quiet() {
        let fences = FENCES.with_borrow(Clone::clone);
        schedule::step(|| fences.iter().for_each(|fences| fences.notify_one()));
    }
    swaps::fenced(order);
    atomic::fence(order);
    event::push(Event::Fence { order }, Location::caller());
}

macro_rules! backing {
    ([$($generic:tt)*] $backing:ty, $value:ty, $form:ident, $bits:expr, $value_of:expr) => {
        impl<$($generic)*> Backing for $backing {
            type Value = $value;
            const FORM: Form = Form::$form;

            fn new(value: $value) -> Self {
                Self::new(value)
            }

            fn load(&self, order: Ordering) -> $value {
                self.load(order)
            }

            fn store(&self, value: $value, order: Ordering) {
                self.store(value, order);
            }

            fn swap(&self, value: $value, order: Ordering) -> $value {
                self.swap(value, order)
            }

            fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.compare_exchange(current, new, success, failure)
            }

            fn get(&mut self) -> $value {
                self.with_mut(|value| *value)
            }

            fn set(&mut self, new: $value) {
                self.with_mut(|value| *value = new);
            }

            fn bits(value: $value) -> u64 {
                $bits(value)
            }

            fn value(bits: u64) -> $value {
                $value_of(bits)
            }
        }
    };
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
            self.0.update(
                "swap",
                order,
                |_| value,
                |backing| backing.swap(value, order),
            )
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
            self.0.compare_exchange(current, new, success, failure)
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
            self.0.compare_exchange_weak(current, new, success, failure)
        }
    };
}

macro_rules! integer {
    ($($name:ident $value:ty, $form:ident, $bits:expr;)+) => {$(
        backing!([] atomic::$name, $value, $form, $bits, |bits: u64| bits as $value);

        #[doc = concat!("An atomic `", stringify!($value), "`.")]
        #[derive(Debug)]
        pub struct $name(Word<atomic::$name>);

        impl $name {
            /// A new atomic; `name` is what traces call it.
            #[must_use]
            pub fn new(name: &'static str, value: $value) -> Self {
                Self(Word::new(name, value))
            }

            common!($value);

            /// Adds, wrapping, and gives the old value.
            #[track_caller]
            pub fn fetch_add(&self, value: $value, order: Ordering) -> $value {
                let change = |old: $value| old.wrapping_add(value);
                let apply = |backing: &atomic::$name| backing.fetch_add(value, order);
                self.0.update("fetch_add", order, change, apply)
            }

            /// Subtracts, wrapping, and gives the old value.
            #[track_caller]
            pub fn fetch_sub(&self, value: $value, order: Ordering) -> $value {
                let change = |old: $value| old.wrapping_sub(value);
                let apply = |backing: &atomic::$name| backing.fetch_sub(value, order);
                self.0.update("fetch_sub", order, change, apply)
            }

            /// Sets the bits of `value` and gives the old value.
            #[track_caller]
            pub fn fetch_or(&self, value: $value, order: Ordering) -> $value {
                let change = |old: $value| old | value;
                let apply = |backing: &atomic::$name| backing.fetch_or(value, order);
                self.0.update("fetch_or", order, change, apply)
            }

            /// Keeps the bits of `value` and gives the old value.
            #[track_caller]
            pub fn fetch_and(&self, value: $value, order: Ordering) -> $value {
                let change = |old: $value| old & value;
                let apply = |backing: &atomic::$name| backing.fetch_and(value, order);
                self.0.update("fetch_and", order, change, apply)
            }
        }
    )+};
}

integer! {
    AtomicU8 u8, Unsigned, u64::from;
    AtomicU32 u32, Unsigned, u64::from;
    AtomicI64 i64, Signed, i64::cast_unsigned;
    AtomicU64 u64, Unsigned, |value: u64| value;
    AtomicUsize usize, Unsigned, |value: usize| value as u64;
}

backing!(
    [T] atomic::AtomicPtr<T>, *mut T, Pointer,
    |value: *mut T| value.expose_provenance() as u64,
    |bits: u64| std::ptr::with_exposed_provenance_mut(bits as usize)
);

/// An atomic pointer.
pub struct AtomicPtr<T>(Word<atomic::AtomicPtr<T>>);

impl<T> AtomicPtr<T> {
    /// A new atomic pointer; `name` is what traces call it.
    #[must_use]
    pub fn new(name: &'static str, value: *mut T) -> Self {
        Self(Word::new(name, value))
    }

    common!(*mut T);
}

impl<T> fmt::Debug for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
