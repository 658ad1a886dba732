//! The only door to nondeterminism, the program world's half; the native half is the contract.
//!
//! Threads are coroutines on one OS thread, and memory is what the newest write says. What the shared source reports of
//! its operations ([`event`]) is where threads change, at the program grain.

pub mod atomic;
pub mod cell;
pub mod entropy;
pub mod event;
pub mod heap;
pub mod hint;
pub mod park;
pub mod thread;
pub mod time;

use std::cmp;

use atomic::Ordering;

/// The memory order of the named ordering site; there is only one here.
#[inline(always)]
#[must_use]
pub fn site(_name: &'static str, order: Ordering) -> Ordering {
    order
}

/// Whether the named fault is switched on: never.
macro_rules! seeded {
    ($name:literal) => {
        false
    };
}
pub(crate) use seeded;

/// Checks a numbered invariant of a protocol, in debug builds.
macro_rules! invariant {
    ($condition:expr, $name:literal, $($message:tt)+) => {
        debug_assert!($condition, "invariant `{}` broken: {}", $name, format_args!($($message)+))
    };
}
pub(crate) use invariant;

/// A fixed total order over live heap blocks: that of their addresses, which are the same in every interleaving.
#[inline]
#[must_use]
pub fn order<T, U>(left: *const T, right: *const U) -> cmp::Ordering {
    left.addr().cmp(&right.addr())
}

/// A number that no other live heap block has: where it lies in the arena.
#[inline]
#[must_use]
pub fn identity<T>(block: *const T) -> u64 {
    crate::arena::Arena::offset(block.addr())
}
