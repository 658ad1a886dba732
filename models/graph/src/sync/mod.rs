//! The only door to nondeterminism, graph half: every access is an event of an execution graph.
//!
//! The surface is that of the native half; what the items mean is said there. This half is explored by [`checker`],
//! on the engine in `graph_engine`, which decides what every read returns. The recorder keeps what reports need: names,
//! blocks, the log of the run.
//!
//! The engine runs the body again and again, in whatever order of threads suits it, and knows an execution by its graph
//! alone. So nothing here may depend on the order of a run: what is numbered is numbered by thread (`run`), clocks are
//! each thread's own (`time`), and what several threads change outside of the engine is under one of its locks (`park`).
//!
//! What remains, beside the limits of the engine: blocks are ordered by their allocating thread first, so only one
//! order of their addresses is explored; each thread may time out a few times, and is bounded by that if it would more.

pub mod atomic;
pub mod cell;
pub mod checker;
pub mod entropy;
pub mod event;
mod explain;
pub mod heap;
pub mod hint;
pub mod park;
mod run;
mod shorten;
pub mod thread;
pub mod time;
mod total;
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

/// A fixed total order over live heap blocks: by the thread that allocated them, then by the order of its allocations.
#[must_use]
pub fn order<T, U>(left: *const T, right: *const U) -> cmp::Ordering {
    identity(left).cmp(&identity(right))
}

/// A number that no other live heap block has: its allocating thread, and how many things that thread made before.
#[must_use]
pub fn identity<T>(block: *const T) -> u64 {
    run::identity(block.addr())
}
