//! What all atomics have in common: a word, and the type of its values.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::Ordering;

use crate::run;
use crate::word::{Word, mode};

/// A type of values, as numbers of the engine.
pub(super) trait Value: Copy + PartialEq {
    /// What a report calls the atomic.
    const NAME: &'static str;
    /// Whether values may be addresses, which differ from run to run.
    const OPAQUE: bool;

    fn bits(self) -> u64;
    fn of(bits: u64) -> Self;
}

/// An atomic of any type.
pub(super) struct Atomic<T> {
    word: Word,
    kind: PhantomData<std::sync::atomic::AtomicPtr<T>>,
}

impl<T: Value> Atomic<T> {
    #[track_caller]
    pub(super) fn new(value: T) -> Atomic<T> {
        Atomic {
            word: Word::new(T::NAME, value.bits(), T::OPAQUE),
            kind: PhantomData,
        }
    }

    #[track_caller]
    pub(super) fn load(&self, order: Ordering) -> T {
        T::of(self.word.at().load(mode(order)))
    }

    #[track_caller]
    pub(super) fn store(&self, value: T, order: Ordering) {
        self.word.at().store(value.bits(), mode(order));
    }

    #[track_caller]
    pub(super) fn rmw(&self, order: Ordering, new: impl Fn(T) -> T) -> T {
        T::of(
            self.word
                .at()
                .update(mode(order), |bits| new(T::of(bits)).bits()),
        )
    }

    #[track_caller]
    pub(super) fn compare_exchange(
        &self,
        current: T,
        new: T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<T, T> {
        let (current, new) = (current.bits(), new.bits());
        let at = self.word.at();
        let result = at.compare_exchange(current, new, mode(success), mode(failure));
        result.map(T::of).map_err(T::of)
    }

    /// May fail for no reason, if the model asks for that.
    #[track_caller]
    pub(super) fn compare_exchange_weak(
        &self,
        current: T,
        new: T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<T, T> {
        if run::is_live() && !run::with(|run| run.shared.weak_failures) {
            return self.compare_exchange(current, new, success, failure);
        }
        let (current, new) = (current.bits(), new.bits());
        let at = self.word.at();
        let result = at.compare_exchange_weak(current, new, mode(success), mode(failure));
        result.map(T::of).map_err(T::of)
    }

    /// Tries until nobody comes between, as the standard library does.
    #[track_caller]
    pub(super) fn try_update(
        &self,
        set: Ordering,
        fetch: Ordering,
        mut new: impl FnMut(T) -> Option<T>,
    ) -> Result<T, T> {
        let mut before = self.load(fetch);
        while let Some(next) = new(before) {
            match self.compare_exchange(before, next, set, fetch) {
                Ok(before) => return Ok(before),
                Err(other) => before = other,
            }
        }
        Err(before)
    }

    #[track_caller]
    pub(super) fn update(&self, set: Ordering, fetch: Ordering, mut new: impl FnMut(T) -> T) -> T {
        let (Ok(before) | Err(before)) = self.try_update(set, fetch, |value| Some(new(value)));
        before
    }

    /// The value, read without atomicity.
    #[track_caller]
    pub(super) fn plain(&self) -> T {
        T::of(self.word.at().read())
    }

    #[track_caller]
    pub(super) fn with_mut<R>(&mut self, f: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.plain();
        let result = f(&mut value);
        self.word.at().write(value.bits());
        result
    }
}

impl<T> fmt::Debug for Atomic<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

/// The operations that every atomic has.
macro_rules! atomic {
    ($(#[$attribute:meta])* $name:ident $(<$generic:ident>)?, $type:ty) => {
        $(#[$attribute])*
        pub struct $name $(<$generic>)? (super::value::Atomic<$type>);

        // Whatever it points to need not be `Debug`.
        impl $(<$generic>)? std::fmt::Debug for $name $(<$generic>)? {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl $(<$generic>)? $name $(<$generic>)? {
            /// An atomic with this value.
            #[track_caller]
            pub fn new(value: $type) -> Self {
                Self(super::value::Atomic::new(value))
            }

            /// The value, read without atomicity.
            ///
            /// # Safety
            /// No other thread writes to it at the same time, which is checked.
            #[track_caller]
            pub unsafe fn unsync_load(&self) -> $type {
                self.0.plain()
            }

            /// The value.
            #[track_caller]
            pub fn into_inner(self) -> $type {
                self.0.plain()
            }

            /// Calls `f` with the value, to be changed without atomicity.
            #[track_caller]
            pub fn with_mut<R>(&mut self, f: impl FnOnce(&mut $type) -> R) -> R {
                self.0.with_mut(f)
            }

            /// Loads the value.
            #[track_caller]
            pub fn load(&self, order: std::sync::atomic::Ordering) -> $type {
                self.0.load(order)
            }

            /// Stores a value.
            #[track_caller]
            pub fn store(&self, value: $type, order: std::sync::atomic::Ordering) {
                self.0.store(value, order);
            }

            /// Stores a value, and returns the one before.
            #[track_caller]
            pub fn swap(&self, value: $type, order: std::sync::atomic::Ordering) -> $type {
                self.0.rmw(order, |_| value)
            }

            /// Stores `new` if the value is `current`, and returns the value before.
            #[track_caller]
            pub fn compare_and_swap(
                &self,
                current: $type,
                new: $type,
                order: std::sync::atomic::Ordering,
            ) -> $type {
                let failure = super::value::failure_of(order);
                let (Ok(before) | Err(before)) = self.0.compare_exchange(current, new, order, failure);
                before
            }

            /// Stores `new` if the value is `current`.
            ///
            /// # Errors
            /// The value, if it is another one.
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $type,
                new: $type,
                success: std::sync::atomic::Ordering,
                failure: std::sync::atomic::Ordering,
            ) -> Result<$type, $type> {
                self.0.compare_exchange(current, new, success, failure)
            }

            /// Stores `new` if the value is `current`; it may fail for no reason, if the model
            /// asks for that.
            ///
            /// # Errors
            /// The value that was read.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $type,
                new: $type,
                success: std::sync::atomic::Ordering,
                failure: std::sync::atomic::Ordering,
            ) -> Result<$type, $type> {
                self.0.compare_exchange_weak(current, new, success, failure)
            }

            /// Replaces the value by a function of it, unless that has none.
            ///
            /// # Errors
            /// The value for which the function has none.
            #[track_caller]
            pub fn fetch_update<F>(
                &self,
                set: std::sync::atomic::Ordering,
                fetch: std::sync::atomic::Ordering,
                new: F,
            ) -> Result<$type, $type>
            where
                F: FnMut($type) -> Option<$type>,
            {
                self.0.try_update(set, fetch, new)
            }

            /// Replaces the value by a function of it, unless that has none.
            ///
            /// # Errors
            /// The value for which the function has none.
            #[track_caller]
            pub fn try_update(
                &self,
                set: std::sync::atomic::Ordering,
                fetch: std::sync::atomic::Ordering,
                new: impl FnMut($type) -> Option<$type>,
            ) -> Result<$type, $type> {
                self.0.try_update(set, fetch, new)
            }

            /// Replaces the value by a function of it, and returns the one before.
            #[track_caller]
            pub fn update(
                &self,
                set: std::sync::atomic::Ordering,
                fetch: std::sync::atomic::Ordering,
                new: impl FnMut($type) -> $type,
            ) -> $type {
                self.0.update(set, fetch, new)
            }
        }

        impl $(<$generic>)? From<$type> for $name $(<$generic>)? {
            #[track_caller]
            fn from(value: $type) -> Self {
                Self::new(value)
            }
        }
    };
}
pub(super) use atomic;

/// The order of a compare-exchange that fails, from the one order that old code gives.
pub(super) fn failure_of(order: Ordering) -> Ordering {
    match order {
        Ordering::AcqRel | Ordering::Acquire => Ordering::Acquire,
        Ordering::Relaxed | Ordering::Release => Ordering::Relaxed,
        order => order,
    }
}
