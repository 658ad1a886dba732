//! The eval breaker: one word of a thread, in which anybody leaves requests that it serves at its next safepoint.
//!
//! # Source           CPython Include/internal/pycore_ceval.h `_PY_EVAL_PLEASE_STOP_BIT` and its neighbours (3.13.5).
//! Differences: the version of the global instrumentation does not share the word.
//!
//! # State
//!
//! ```text
//!   word:  4 share | 3 gc | 2 qsbr | 1 merge | 0 stop
//!   stop    the thread's attach state may say `stopping`
//!   merge   the thread's merge queue may hold objects
//!   qsbr    the thread has retired blocks whose turn may have come
//!   gc      somebody wants the thread to run the collector
//!   share   the thread has chosen an object that many threads count
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (o) the thread whose word it is   (x) any thread
//!   each bit:  0 -x-> 1 after what it announces   1 -o-> 0 before the thread looks for what it announces
//! ```
//!
//! # Invariants
//! 1. A request that is announced is served by a later safepoint.    safepoint_breaker_keeps_requests
//!
//! # Orderings
//! | site            | operation | order   | pairs with              | carries             | if weakened              |
//! |-----------------|-----------|---------|-------------------------|---------------------|--------------------------|
//! | `breaker.set`   | fetch_or  | Release | `breaker.take` Acquire  | the thing announced | the request is not found |
//! | `breaker.take`  | swap      | Acquire | `breaker.set` Release   | the thing announced | the request is not found |
//!
//! # Progress         Wait-free.
//!
//! # Races considered
//! * A request is announced between `take` and the service of an earlier one: its bit is set again, or its thing is
//!   found by the running service; a later safepoint then finds nothing to do, which is harmless.
//!
//! # Not covered      How soon a thread reaches its next safepoint.
//!
//! # Checks           `safepoint_breaker_keeps_requests`.
//!
//! # Example
//!
//! ```
//! use runtime::protocols::eval_breaker::{EvalBreaker, Requests};
//!
//! let breaker = EvalBreaker::new();
//! breaker.set(Requests::MERGE);
//! breaker.set(Requests::STOP);
//! assert_eq!(breaker.take(), Requests::MERGE | Requests::STOP);
//! assert!(!breaker.is_set());
//! ```

use std::ops::BitOr;

use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{seeded, site};

/// A set of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requests(u8);

impl Requests {
    /// The thread is asked to stop.
    pub const STOP: Self = Self(0b0001);
    /// Objects wait in the thread's merge queue.
    pub const MERGE: Self = Self(0b0010);
    /// Retired blocks of the thread wait to be freed.
    pub const QSBR: Self = Self(0b0100);
    /// The collector is to run.
    pub const COLLECT: Self = Self(0b1000);
    /// The thread is to share an object that many threads count.
    pub const SHARE: Self = Self(0b1_0000);

    /// Whether every request of `other` is in this set.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether a request of `other` is in this set.
    #[must_use]
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is no request.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Requests {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The word.
#[derive(Debug)]
pub struct EvalBreaker {
    word: AtomicU8,
}

impl Default for EvalBreaker {
    fn default() -> Self {
        Self::new()
    }
}

impl EvalBreaker {
    /// A word without requests.
    #[must_use]
    pub fn new() -> Self {
        Self {
            word: AtomicU8::new("eval breaker", 0),
        }
    }

    /// Whether there is a request: the one load of a safepoint that has nothing to do.
    #[inline]
    #[must_use]
    pub fn is_set(&self) -> bool {
        // ORDERING: Relaxed; a stale zero delays the service to a later safepoint, and `take` carries the rest.
        self.word.load(Relaxed) != 0
    }

    /// Announces `requests`; what they are about was done before the call.
    pub fn set(&self, requests: Requests) {
        // ORDERING: Release, so that the thread that takes the bit finds what it announces.
        let _ = self.word.fetch_or(requests.0, site("breaker.set", Release));
    }

    /// Takes all requests; the caller then looks for what they announce.
    #[must_use]
    pub fn take(&self) -> Requests {
        if seeded!("eb1-take-by-load-and-store") {
            let found = self.word.load(site("breaker.take", Acquire));
            self.word.store(0, Relaxed);
            return Requests(found);
        }
        // ORDERING: Acquire, so that what the bits announce is found.
        Requests(self.word.swap(0, site("breaker.take", Acquire)))
    }
}
