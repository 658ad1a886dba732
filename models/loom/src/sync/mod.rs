//! The only door to nondeterminism, loom half: loom's atomics and threads, everything recorded.
//!
//! The surface is that of the native half; what the items mean is said there. This half is explored by [`checker`].
//!
//! What loom does not do by itself, and where it is done:
//!
//! | loom's limit                                                      | here                                        |
//! |-------------------------------------------------------------------|---------------------------------------------|
//! | an atomic load hides earlier loads from a later store (#166, #392)| announced to each other: `word`             |
//! | a read-modify-write misses a concurrent plain store (#254)        | stores by `swap` where needed: `swaps`      |
//! | seven stores a location are remembered; a yield forgets old ones  | noticed, and said in the verdict: `search`  |
//! | joining and parking are dependencies, which multiply executions   | sleep and wake without an access: `schedule`|
//! | no time-outs, no spurious failures                                | explicit choices: `choice`                  |
//! | a failure in a destructor, or a deadlock, aborts the process      | an orderly end of every thread: `schedule`  |
//! | sequentially consistent accesses are weaker than C11's            | the facade has none                         |
//!
//! What remains: no load buffering; a failed compare-exchange reads the newest value; a sequentially consistent fence
//! also orders plain accesses, which C11 does not promise.

pub mod atomic;
mod backing;
pub mod cell;
pub mod checker;
mod choice;
pub mod entropy;
pub mod event;
pub mod heap;
pub mod hint;
pub mod park;
mod schedule;
mod search;
mod swaps;
pub mod thread;
pub mod time;
mod watch;
mod word;

use std::cmp;

use atomic::Ordering;

/// The memory order of the named ordering site: `order` itself, unless this exploration weakens the site.
#[must_use]
#[track_caller]
pub fn site(name: &'static str, order: Ordering) -> Ordering {
    record::switches::site(name, order)
}

/// Whether the named fault is switched on.
macro_rules! seeded {
    ($name:literal) => {
        record::switches::seeded($name)
    };
}
pub(crate) use seeded;

/// Checks a numbered invariant of a protocol.
macro_rules! invariant {
    ($condition:expr, $name:literal, $($message:tt)+) => {
        if !$condition {
            record::failure::invariant($name, format_args!($($message)+));
        }
    };
}
pub(crate) use invariant;

/// A fixed total order over live heap blocks: the order of their allocation.
#[must_use]
pub fn order<T, U>(left: *const T, right: *const U) -> cmp::Ordering {
    identity(left).cmp(&identity(right))
}

/// A number that no other live heap block has: the serial number of its allocation.
#[must_use]
pub fn identity<T>(block: *const T) -> u64 {
    record::heap::serial(block.addr())
}
