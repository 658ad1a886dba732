//! Who collects: at most one thread of a runtime at a time.
//!
//! # Source           CPython Python/gc_free_threading.c `gc_collect_main`, `gcstate->collecting` (3.13.5).
//! Differences: the flag does nothing else.
//!
//! # State
//!
//! ```text
//!   running:  0 nobody collects | 1 one thread does
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (x) any attached thread   (c) the thread that collects
//!   0 -x: begin, by compare-exchange-> 1 -c: end-> 0
//! ```
//!
//! # Invariants
//! 1. One thread at a time is between a `begin` that said yes and its `end` (gh-112529).  safepoint_one_thread_collects
//!
//! # Orderings
//! | site               | operation    | order   | pairs with         | carries                 | if weakened |
//! |--------------------|--------------|---------|--------------------|-------------------------|-------------|
//! | `collection.begin` | CAS running  | Acquire | `collection.end`   | the last collection     | data race   |
//! | `collection.end`   | swap running | Release | `collection.begin` | this collection         | data race   |
//!
//! # Progress         Wait-free: a thread that comes second does not wait.
//!
//! # Not covered      When to collect.
//!
//! # Checks           `safepoint_one_thread_collects`.

use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{seeded, site};

/// The flag.
#[derive(Debug)]
pub struct Collection {
    running: AtomicU8,
}

impl Default for Collection {
    fn default() -> Self {
        Self::new()
    }
}

impl Collection {
    /// Nobody collects.
    #[must_use]
    pub fn new() -> Self {
        Self {
            running: AtomicU8::new("collection running", 0),
        }
    }

    /// Makes the caller the thread that collects, unless another one is.
    #[must_use]
    pub fn begin(&self) -> bool {
        // ORDERING: Acquire, with the Release of the last thread that collected.
        let order = site("collection.begin", Acquire);
        if seeded!("sg8-test-then-set") {
            let free = self.running.load(order) == 0;
            self.running.store(1, Relaxed);
            return free;
        }
        self.running.compare_exchange(0, 1, order, Relaxed).is_ok()
    }

    /// The caller, who collected, has done so.
    pub fn end(&self) {
        // ORDERING: Release, so that the next collection comes after this one.
        let _ = self.running.swap(0, site("collection.end", Release));
    }
}
