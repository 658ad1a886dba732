//! Atomics and fences.
//!
//! Constructors take the field's name, are not `const`, and there are no sequentially consistent accesses: an
//! algorithm that needs a total order spells it `fence(SeqCst)` around weaker accesses, which every checker models.

use std::sync::atomic;

pub use std::sync::atomic::Ordering;

/// A fence of the given order; `Relaxed` (a weakened site) is no fence at all.
#[inline(always)]
pub fn fence(order: Ordering) {
    if !matches!(order, Ordering::Relaxed) {
        atomic::fence(order);
    }
}

macro_rules! common {
    ($value:ty) => {
        /// Reads the value.
        #[inline(always)]
        pub fn load(&self, order: Ordering) -> $value {
            self.0.load(order)
        }

        /// Writes the value.
        #[inline(always)]
        pub fn store(&self, value: $value, order: Ordering) {
            self.0.store(value, order);
        }

        /// Writes the value and gives the one that it replaced.
        #[inline(always)]
        pub fn swap(&self, value: $value, order: Ordering) -> $value {
            self.0.swap(value, order)
        }

        /// Replaces `current` by `new`, and gives the old value either way.
        ///
        /// # Errors
        /// The value found, when it is not `current`.
        #[inline(always)]
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
        #[inline(always)]
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
    ($($name:ident $value:ty),+ $(,)?) => {$(
        #[doc = concat!("An atomic `", stringify!($value), "`.")]
        #[derive(Debug)]
        #[repr(transparent)]
        pub struct $name(atomic::$name);

        impl $name {
            /// A new atomic; `name` is what traces call it.
            #[inline(always)]
            #[must_use]
            pub fn new(_name: &'static str, value: $value) -> Self {
                Self(atomic::$name::new(value))
            }

            common!($value);

            /// Adds, wrapping, and gives the old value.
            #[inline(always)]
            pub fn fetch_add(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_add(value, order)
            }

            /// Subtracts, wrapping, and gives the old value.
            #[inline(always)]
            pub fn fetch_sub(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_sub(value, order)
            }

            /// Sets the bits of `value` and gives the old value.
            #[inline(always)]
            pub fn fetch_or(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_or(value, order)
            }

            /// Keeps the bits of `value` and gives the old value.
            #[inline(always)]
            pub fn fetch_and(&self, value: $value, order: Ordering) -> $value {
                self.0.fetch_and(value, order)
            }
        }
    )+};
}

integer! { AtomicU8 u8, AtomicU32 u32, AtomicI64 i64, AtomicU64 u64, AtomicUsize usize }

/// An atomic pointer.
#[derive(Debug)]
#[repr(transparent)]
pub struct AtomicPtr<T>(atomic::AtomicPtr<T>);

impl<T> AtomicPtr<T> {
    /// A new atomic pointer; `name` is what traces call it.
    #[inline(always)]
    #[must_use]
    pub fn new(_name: &'static str, value: *mut T) -> Self {
        Self(atomic::AtomicPtr::new(value))
    }

    common!(*mut T);
}
