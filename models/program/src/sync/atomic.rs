//! Atomics: plain values, since one thread runs at a time; at the atomic grain each access is a point.

use std::cell::Cell;

pub use std::sync::atomic::Ordering;

use crate::engine;
use crate::place::Effect;

/// A fence; there is nothing to order.
#[inline(always)]
pub fn fence(_order: Ordering) {}

macro_rules! common {
    ($value:ty) => {
        /// Reads the value.
        #[inline(always)]
        #[track_caller]
        pub fn load(&self, _order: Ordering) -> $value {
            engine::step(self, Effect::Read);
            self.0.get()
        }

        /// Writes the value.
        #[inline(always)]
        #[track_caller]
        pub fn store(&self, value: $value, _order: Ordering) {
            engine::step(self, Effect::Write);
            self.0.set(value);
        }

        /// Writes the value and gives the one that it replaced.
        #[inline(always)]
        #[track_caller]
        pub fn swap(&self, value: $value, _order: Ordering) -> $value {
            engine::step(self, Effect::Write);
            self.0.replace(value)
        }

        /// Replaces `current` by `new`, and gives the old value either way.
        ///
        /// # Errors
        /// The value found, when it is not `current`.
        #[inline(always)]
        #[track_caller]
        pub fn compare_exchange(
            &self,
            current: $value,
            new: $value,
            _success: Ordering,
            _failure: Ordering,
        ) -> Result<$value, $value> {
            engine::step(self, Effect::Write);
            let found = self.0.get();
            if found != current {
                return Err(found);
            }
            self.0.set(new);
            Ok(found)
        }

        /// As [`Self::compare_exchange`].
        ///
        /// # Errors
        /// The value found, when nothing was replaced.
        #[inline(always)]
        #[track_caller]
        pub fn compare_exchange_weak(
            &self,
            current: $value,
            new: $value,
            success: Ordering,
            failure: Ordering,
        ) -> Result<$value, $value> {
            self.compare_exchange(current, new, success, failure)
        }
    };
}

macro_rules! integer {
    ($($name:ident $value:ty),+ $(,)?) => {$(
        #[doc = concat!("An atomic `", stringify!($value), "`.")]
        #[derive(Debug)]
        #[repr(transparent)]
        pub struct $name(Cell<$value>);

        // SAFETY: model threads run one at a time, on one OS thread.
        unsafe impl Sync for $name {}

        impl $name {
            /// A new atomic.
            #[inline(always)]
            #[must_use]
            pub fn new(_name: &'static str, value: $value) -> Self {
                Self(Cell::new(value))
            }

            common!($value);

            /// Adds, wrapping, and gives the old value.
            #[inline(always)]
            #[track_caller]
            pub fn fetch_add(&self, value: $value, _order: Ordering) -> $value {
                self.update(|old| old.wrapping_add(value))
            }

            /// Subtracts, wrapping, and gives the old value.
            #[inline(always)]
            #[track_caller]
            pub fn fetch_sub(&self, value: $value, _order: Ordering) -> $value {
                self.update(|old| old.wrapping_sub(value))
            }

            /// Sets the bits of `value` and gives the old value.
            #[inline(always)]
            #[track_caller]
            pub fn fetch_or(&self, value: $value, _order: Ordering) -> $value {
                self.update(|old| old | value)
            }

            /// Keeps the bits of `value` and gives the old value.
            #[inline(always)]
            #[track_caller]
            pub fn fetch_and(&self, value: $value, _order: Ordering) -> $value {
                self.update(|old| old & value)
            }

            #[inline(always)]
            #[track_caller]
            fn update(&self, new: impl FnOnce($value) -> $value) -> $value {
                engine::step(self, Effect::Write);
                let old = self.0.get();
                self.0.set(new(old));
                old
            }
        }
    )+};
}

integer! { AtomicU8 u8, AtomicU32 u32, AtomicI64 i64, AtomicU64 u64, AtomicUsize usize }

/// An atomic pointer.
#[derive(Debug)]
#[repr(transparent)]
pub struct AtomicPtr<T>(Cell<*mut T>);

// SAFETY: model threads run one at a time, on one OS thread.
unsafe impl<T> Sync for AtomicPtr<T> {}
// SAFETY: a pointer that is sent is only a value here.
unsafe impl<T> Send for AtomicPtr<T> {}

impl<T> AtomicPtr<T> {
    /// A new atomic pointer.
    #[inline(always)]
    #[must_use]
    pub fn new(_name: &'static str, value: *mut T) -> Self {
        Self(Cell::new(value))
    }

    common!(*mut T);
}
