//! The switches: which mutant is on, and which places were passed.

use std::cell::Cell;
use std::sync::atomic::AtomicU8 as Mark;
use std::sync::atomic::AtomicU64 as Count;
use std::sync::atomic::AtomicUsize as Number;
use std::sync::atomic::Ordering::Relaxed as Unordered;
use std::time::Duration;

use crate::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use crate::sync::atomic::{
    AtomicI64, AtomicPtr, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering,
};

/// How many places one run may pass before it counts as endless.
static MOST: Count = Count::new(u64::MAX);

/// The mark of a place whose switch was on.
const FIRED: u8 = 2;

static LONGEST: Count = Count::new(0);
static ACTIVE: Number = Number::new(usize::MAX);
static PASSED: [Mark; crate::COUNT] = [const { Mark::new(0) }; crate::COUNT];

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
    static LIMIT: Cell<u64> = const { Cell::new(u64::MAX) };
}

/// Whether this mutant is on.
#[inline]
pub(crate) fn on(mutant: usize) -> bool {
    // ORDERING: Relaxed: a switch is turned before its run, and the marks are read after it.
    let fires = ACTIVE.load(Unordered) == mutant;
    // ORDERING: as above.
    PASSED[mutant].store(if fires { FIRED } else { 1 }, Unordered);
    let steps = STEPS.get() + 1;
    STEPS.set(steps);
    if steps > LIMIT.get() {
        endless(mutant);
    }
    fires
}

#[cold]
fn endless(place: usize) -> ! {
    STEPS.set(0);
    panic!("does not end: it passes the place {place} again and again");
}

/// Another run begins.
pub(crate) fn begin_run() {
    // ORDERING: as in `on`.
    LONGEST.fetch_max(STEPS.replace(0), Unordered);
    LIMIT.set(MOST.load(Unordered));
}

/// Sets how many places a run may pass.
pub(crate) fn bound(places: u64) {
    // ORDERING: as in `on`.
    MOST.store(places, Unordered);
    LONGEST.store(0, Unordered);
}

/// How many places the longest run since the last call of [`bound`] has passed.
pub(crate) fn longest() -> u64 {
    // ORDERING: as in `on`.
    LONGEST.load(Unordered)
}

/// Turns one mutant on.
pub(crate) fn turn_on(mutant: usize) {
    // ORDERING: as in `on`.
    ACTIVE.store(mutant, Unordered);
}

/// The places that were passed since the last call; of a mutant that is on, those where it was seen to be.
pub(crate) fn passed() -> Vec<usize> {
    // ORDERING: as in `on`.
    let least = if ACTIVE.load(Unordered) == usize::MAX {
        1
    } else {
        FIRED
    };
    // ORDERING: as in `on`.
    let passed = |mark: &Mark| mark.swap(0, Unordered) >= least;
    let marks = PASSED.iter().enumerate();
    marks
        .filter(|(_, mark)| passed(mark))
        .map(|(at, _)| at)
        .collect()
}

/// A constant and another one of its type.
pub(crate) trait Other {
    fn other(self) -> Self;
}

macro_rules! other {
    ($($integer:ty)+) => {$(
        impl Other for $integer {
            fn other(self) -> Self {
                if self == 0 { 1 } else { self - 1 }
            }
        }
    )+};
}

other! { u8 u16 u32 u64 usize i8 i16 i32 i64 isize u128 i128 }

impl Other for Duration {
    fn other(self) -> Self {
        if self.is_zero() {
            Self::from_secs(1)
        } else {
            Self::ZERO
        }
    }
}

impl Other for bool {
    fn other(self) -> Self {
        !self
    }
}

/// Read-modify-writes in two steps.
pub(crate) trait Split {
    type Value: Copy + PartialEq;

    fn read(&self, order: Ordering) -> Self::Value;
    fn write(&self, value: Self::Value, order: Ordering);
    fn exchange(&self, value: Self::Value, order: Ordering) -> Self::Value;

    #[track_caller]
    fn swap_in_two(&self, value: Self::Value, order: Ordering) -> Self::Value {
        let old = self.read(reads(order));
        self.write(value, writes(order));
        old
    }

    #[track_caller]
    fn compare_exchange_in_two(
        &self,
        current: Self::Value,
        new: Self::Value,
        order: Ordering,
        _: Ordering,
    ) -> Result<Self::Value, Self::Value> {
        let old = self.read(reads(order));
        if old != current {
            return Err(old);
        }
        self.write(new, writes(order));
        Ok(old)
    }

    #[track_caller]
    fn compare_exchange_weak_in_two(
        &self,
        current: Self::Value,
        new: Self::Value,
        order: Ordering,
        failure: Ordering,
    ) -> Result<Self::Value, Self::Value> {
        self.compare_exchange_in_two(current, new, order, failure)
    }

    /// Writes without a comparison.
    #[track_caller]
    fn blind(
        &self,
        current: Self::Value,
        new: Self::Value,
        order: Ordering,
        _: Ordering,
    ) -> Result<Self::Value, Self::Value> {
        self.exchange(new, order);
        Ok(current)
    }
}

fn reads(order: Ordering) -> Ordering {
    match order {
        Acquire | AcqRel | Ordering::SeqCst => Acquire,
        _ => Relaxed,
    }
}

fn writes(order: Ordering) -> Ordering {
    match order {
        Release | AcqRel | Ordering::SeqCst => Release,
        _ => Relaxed,
    }
}

macro_rules! split {
    ($value:ty) => {
        type Value = $value;

        #[track_caller]
        fn read(&self, order: Ordering) -> $value {
            // ORDERING: the order of the read-modify-write that is split.
            self.load(order)
        }

        #[track_caller]
        fn write(&self, value: $value, order: Ordering) {
            // ORDERING: as above.
            self.store(value, order);
        }

        #[track_caller]
        fn exchange(&self, value: $value, order: Ordering) -> $value {
            // ORDERING: as above.
            self.swap(value, order)
        }
    };
}

/// Arithmetic in two steps.
pub(crate) trait SplitInteger: Split {
    #[track_caller]
    fn change(&self, change: impl Fn(Self::Value) -> Self::Value, order: Ordering) -> Self::Value {
        let old = self.read(reads(order));
        self.write(change(old), writes(order));
        old
    }

    fn fetch_add_in_two(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_sub_in_two(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_or_in_two(&self, value: Self::Value, order: Ordering) -> Self::Value;
    fn fetch_and_in_two(&self, value: Self::Value, order: Ordering) -> Self::Value;
}

macro_rules! integers {
    ($($atomic:ident $value:ty),+ $(,)?) => {$(
        impl Split for $atomic {
            split!($value);
        }

        impl SplitInteger for $atomic {
            #[track_caller]
            fn fetch_add_in_two(&self, value: $value, order: Ordering) -> $value {
                self.change(|old| old.wrapping_add(value), order)
            }

            #[track_caller]
            fn fetch_sub_in_two(&self, value: $value, order: Ordering) -> $value {
                self.change(|old| old.wrapping_sub(value), order)
            }

            #[track_caller]
            fn fetch_or_in_two(&self, value: $value, order: Ordering) -> $value {
                self.change(|old| old | value, order)
            }

            #[track_caller]
            fn fetch_and_in_two(&self, value: $value, order: Ordering) -> $value {
                self.change(|old| old & value, order)
            }
        }
    )+};
}

integers! { AtomicU8 u8, AtomicU32 u32, AtomicI64 i64, AtomicU64 u64, AtomicUsize usize }

impl<T> Split for AtomicPtr<T> {
    split!(*mut T);
}
