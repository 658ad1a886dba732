//! Allocation counts: how many objects came and went since the last collection, and whether another one is due.
//!
//! # Source           CPython Python/gc_free_threading.c `record_allocation`, `record_deallocation`, `gc_should_collect`
//! (3.13.5).
//! Differences: whether a collection is due is decided by the sum that the addition itself gave, and a thread that ends
//! carries what is left of its count.
//!
//! # State
//!
//! ```text
//!   local   of a thread: objects that it made, less those that it ended, since it last carried them; within the batch
//!   young   what the threads have carried since the last collection, which gives back what it has ended itself
//!   live    objects that the last collection left
//!   due     young > threshold, and young > live / 4 unless that is not to be asked; never at threshold 0 or when disabled
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (o) the thread whose count it is   (c) the thread that collects, while the world is stopped
//!   local -o: made or ended an object-> local +- 1   local at the batch -o: carry-> 0, young + batch
//!   young -c-> 0   live -c-> what is left
//! ```
//!
//! # Invariants
//! 1. What a thread carries is counted.                               safepoint_allocation_batches_add_up
//! 2. When a collection has become due, a thread that carried was told so.   safepoint_allocation_crossing_is_noticed
//! 3. What is carried after a stop counts for the next collection.    safepoint_allocations_count_from_the_stop_on
//!
//! # Orderings        none: numbers that carry nothing but themselves; the reset is ordered by the stop
//!
//! # Field access     `local`: (o). The limits: any thread, whenever it likes.
//!
//! # Progress         Wait-free.
//!
//! # Not covered      Objects that a thread has not carried yet: a collection may be late by a batch for each thread.
//!
//! # Checks           The scenarios named above.
//!
//! # Example
//!
//! ```
//! use runtime::protocols::allocations::{Allocations, Due};
//!
//! let counts = Allocations::new();
//! counts.set_threshold(1000);
//! assert_eq!(counts.add(600), Due::No);
//! assert_eq!(counts.add(600), Due::Yes);
//! ```

use std::cell::Cell;

use super::eval_breaker::Requests;
use super::thread_state::ThreadState;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicI64, AtomicU8, AtomicU64};
use crate::sync::seeded;

/// Objects that may come before a collection is due, as in CPython.
const THRESHOLD: u64 = 2000;

/// Whether it is time to collect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Due {
    /// The caller is to see that somebody collects.
    Yes,
    /// Not yet, or never.
    No,
}

/// One thread's count, and how large it may become.
#[derive(Debug)]
pub(super) struct LocalCount {
    count: Cell<i32>,
    batch: i32,
}

impl LocalCount {
    pub(super) fn new(batch: i32) -> Self {
        Self {
            count: Cell::new(0),
            batch,
        }
    }

    /// Counts one object more or less; says whether the batch is full.
    #[inline]
    fn count(&self, by: i32) -> bool {
        let count = self.count.get() + by;
        self.count.set(count);
        count == self.batch || count == -self.batch
    }

    fn take(&self) -> i64 {
        self.count.take().into()
    }
}

/// What the threads have carried, and the limits.
#[derive(Debug)]
pub struct Allocations {
    young: AtomicI64,
    live: AtomicI64,
    threshold: AtomicU64,
    /// 1 while collections are due by themselves.
    enabled: AtomicU8,
    /// 1 while the number of live objects is asked too.
    scaled: AtomicU8,
}

impl Default for Allocations {
    fn default() -> Self {
        Self::new()
    }
}

impl Allocations {
    /// Nothing was counted.
    #[must_use]
    pub fn new() -> Self {
        Self {
            young: AtomicI64::new("young", 0),
            live: AtomicI64::new("live", 0),
            threshold: AtomicU64::new("threshold", THRESHOLD),
            enabled: AtomicU8::new("collections enabled", 1),
            scaled: AtomicU8::new("threshold scaled", 1),
        }
    }

    /// Carries so many objects, less than nothing when more were ended than made.
    pub fn add(&self, objects: i64) -> Due {
        if seeded!("ac1-load-then-store") {
            let young = self.young();
            self.young.store(young + objects, Relaxed);
            return self.judge(young + objects);
        }
        if seeded!("ac2-looked-before-added") {
            let due = self.is_due();
            let _ = self.young.fetch_add(objects, Relaxed);
            return due;
        }
        // ORDERING: relaxed: a number that carries nothing but itself; of two additions one gets the sum of both.
        let before = self.young.fetch_add(objects, Relaxed);
        self.judge(before + objects)
    }

    /// Whether a collection is due now.
    pub fn is_due(&self) -> Due {
        self.judge(self.young())
    }

    fn judge(&self, young: i64) -> Due {
        let threshold = self.threshold();
        let allowed = threshold > 0 && self.is_enabled();
        let many = i64::try_from(threshold).is_ok_and(|threshold| young > threshold);
        match allowed && many && (!self.is_scaled() || young > self.live() / 4) {
            true => Due::Yes,
            false => Due::No,
        }
    }

    /// What was carried since the last collection.
    #[must_use]
    pub fn young(&self) -> i64 {
        // ORDERING: relaxed, as in `add`.
        self.young.load(Relaxed)
    }

    /// Objects that the last collection left.
    #[must_use]
    pub fn live(&self) -> i64 {
        // ORDERING: relaxed, as in `add`.
        self.live.load(Relaxed)
    }

    /// Begins anew. The caller has stopped the world, so that nobody carries meanwhile.
    pub fn reset(&self, live: usize) {
        // ORDERING: relaxed: the stop comes after what others carried before it, and before what they carry later.
        self.young.store(0, Relaxed);
        // ORDERING: as above.
        self.live.store(live as i64, Relaxed);
    }

    /// How many objects must have come; 0 stands for never.
    #[must_use]
    pub fn threshold(&self) -> u64 {
        // ORDERING: relaxed, as in `add`.
        self.threshold.load(Relaxed)
    }

    /// Sets what [`Self::threshold`] gives.
    pub fn set_threshold(&self, threshold: u64) {
        // ORDERING: relaxed, as in `add`.
        self.threshold.store(threshold, Relaxed);
    }

    /// Whether collections become due at all.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        // ORDERING: relaxed, as in `add`.
        self.enabled.load(Relaxed) != 0
    }

    /// Sets what [`Self::is_enabled`] gives.
    pub fn set_enabled(&self, enabled: bool) {
        // ORDERING: relaxed, as in `add`.
        self.enabled.store(enabled.into(), Relaxed);
    }

    /// Whether the more objects must come, the more are alive, so that the work stays in proportion.
    #[must_use]
    pub fn is_scaled(&self) -> bool {
        // ORDERING: relaxed, as in `add`.
        self.scaled.load(Relaxed) != 0
    }

    /// Sets what [`Self::is_scaled`] gives.
    pub fn set_scaled(&self, scaled: bool) {
        // ORDERING: relaxed, as in `add`.
        self.scaled.store(scaled.into(), Relaxed);
    }
}

impl ThreadState {
    /// Counts an object that this thread has made.
    #[inline]
    pub fn count_made(&self) {
        if self.allocations.count(1) {
            self.carry_and_ask();
        }
    }

    /// Counts an object that this thread has ended.
    #[inline]
    pub fn count_ended(&self) {
        if self.allocations.count(-1) {
            self.carry_and_ask();
        }
    }

    /// Carries what this thread has counted, and asks the thread to collect at its next safepoint if that is due.
    #[cold]
    fn carry_and_ask(&self) {
        if self.carry() == Due::Yes {
            self.breaker().set(Requests::COLLECT);
        }
    }

    /// Carries what this thread has counted.
    pub fn carry(&self) -> Due {
        self.runtime().allocations.add(self.allocations.take())
    }
}
