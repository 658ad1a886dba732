//! The only door to nondeterminism, shuttle's half; the native half is the contract.
//!
//! shuttle runs the model threads as coroutines on one OS thread; which of them runs is decided here, at every atomic
//! operation ([`engine`]). Values are sequentially consistent: a read takes the newest one. What the orders asked for
//! do is kept in clocks of the recorder's own, so an access that no order protects is still found.

pub mod atomic;
pub mod cell;
pub mod checker;
mod engine;
pub mod entropy;
pub mod event;
pub mod heap;
pub mod hint;
pub mod park;
mod shorten;
pub mod thread;
pub mod time;

use std::cmp;

use atomic::Ordering;

/// The memory order of the named ordering site: `order` itself, unless the plan weakens the site.
#[must_use]
#[track_caller]
pub fn site(name: &'static str, order: Ordering) -> Ordering {
    record::switches::site(name, order)
}

/// Whether the plan switches the named fault on.
macro_rules! seeded {
    ($name:literal) => {
        ::record::switches::seeded($name)
    };
}
#[allow(
    unused_imports,
    reason = "which faults there are is up to the shared source"
)]
pub(crate) use seeded;

/// Checks a numbered invariant of a protocol; one that is broken fails the execution.
macro_rules! invariant {
    ($condition:expr, $name:literal, $($message:tt)+) => {
        if !$condition {
            ::record::failure::invariant($name, format_args!($($message)+));
        }
    };
}
#[allow(
    unused_imports,
    reason = "which invariants there are is up to the shared source"
)]
pub(crate) use invariant;

/// A fixed total order over live heap blocks: that of their allocation.
#[must_use]
pub fn order<T, U>(left: *const T, right: *const U) -> cmp::Ordering {
    identity(left).cmp(&identity(right))
}

/// A number that no other live heap block has: the allocation's serial number.
#[must_use]
pub fn identity<T>(block: *const T) -> u64 {
    record::heap::serial(block.addr())
}
