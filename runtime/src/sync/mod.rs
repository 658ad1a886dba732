//! The only door to nondeterminism, native half: real atomics, real threads, mimalloc.
//!
//! Every crate root that mounts the shared source brings its own `sync` with this surface. What a program below
//! this module can observe of the machine (memory order, scheduling, addresses, time, entropy, heap blocks) it
//! observes through these items, so a model root can put a checker behind each of them.
//!
//! | item                                   | native                         | in a model                                  |
//! |----------------------------------------|--------------------------------|---------------------------------------------|
//! | [`atomic`]                             | `std` atomics                  | the checker's atomics, recorded             |
//! | [`cell`]                               | `UnsafeCell`                   | conflicting accesses fail the execution     |
//! | [`park`]                               | `parking_lot_core`             | a queue whose time-outs are explored        |
//! | [`thread`], [`hint`]                   | OS threads                     | the checker's threads                       |
//! | [`heap`]                               | mimalloc v3                    | tracked, poisoned blocks                    |
//! | [`time`], [`entropy`], [`identity`]    | clock, random seed, address    | virtual clock, constant, serial number      |
//! | [`event`]                              | nothing                        | labels, operations and locks in the trace   |
//! | [`site()`], [`seeded!`], [`invariant!`]| identity, `false`, debug check | weakened order, switched fault, always on   |
//!
//! Names given to constructors are for traces. Natively the recorder, the sites and the faults compile to nothing.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is the door; everything else goes through it"
)]

pub mod atomic;
pub mod cell;
pub mod checker;
pub mod entropy;
pub mod event;
pub mod heap;
pub mod hint;
pub mod park;
pub mod thread;
pub mod time;

use std::cmp;

use atomic::Ordering;

/// The memory order of the named ordering site: `order` itself, unless a checker weakens the site.
///
/// Each name stands for one ordering decision; the table of sites says what breaks when it is weakened.
#[inline(always)]
#[must_use]
pub fn site(_name: &'static str, order: Ordering) -> Ordering {
    order
}

/// Whether the named fault is switched on: never natively, so the faulty branch is not compiled in.
macro_rules! seeded {
    ($name:literal) => {
        false
    };
}
pub(crate) use seeded;

/// Checks a numbered invariant of a protocol: in debug builds natively, always in a model.
///
/// The second argument names protocol and number, as in `"refcount 3"`; the rest is a message in `format!` form.
macro_rules! invariant {
    ($condition:expr, $name:literal, $($message:tt)+) => {
        debug_assert!($condition, "invariant `{}` broken: {}", $name, format_args!($($message)+))
    };
}
pub(crate) use invariant;

/// A fixed total order over live heap blocks: the address natively, the allocation's serial number in a model.
#[inline]
#[must_use]
pub fn order<T, U>(left: *const T, right: *const U) -> cmp::Ordering {
    left.addr().cmp(&right.addr())
}

/// A number that no other live heap block has: the address natively, the allocation's serial number in a model.
#[inline]
#[must_use]
pub fn identity<T>(block: *const T) -> u64 {
    block.addr() as u64
}
