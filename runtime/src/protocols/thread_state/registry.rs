//! The registry: every thread state of a runtime, under one lock.
//!
//! # Source           CPython Python/pystate.c `HEAD_LOCK`, `interp->threads` (3.13.5).
//! Differences: the lock protects nothing else.
//!
//! # State
//!
//! ```text
//!   members in order of birth; `stopping` from a request to its restart
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (c) creator   (r) requester of a stop   (d) whoever deletes the thread state
//!   absent -c-> member -d-> absent        stopping: false -r-> true -r-> false
//! ```
//!
//! # Invariants
//! 1. A member's thread state is allocated.                          safepoint_thread_ends_in_a_stop
//! 2. A thread that enters while `stopping` enters suspended.        safepoint_thread_born_in_a_stop
//!
//! # Orderings        none of its own: the mutex orders everything
//!
//! # Progress         Blocking, for the time of one walk over the members; leaf lock.
//!
//! # Checks           `safepoint_thread_born_in_a_stop`, `safepoint_thread_ends_in_a_stop`.

use std::ptr::{self, NonNull};

use super::ThreadState;
use crate::protocols::mutex::Mutex;
use crate::sync::park::ParkingLot;
use crate::sync::seeded;

/// What the lock of the registry protects.
#[derive(Debug, Default)]
pub struct Members {
    threads: Vec<NonNull<ThreadState>>,
    /// A stop is requested or in effect.
    pub stopping: bool,
}

// SAFETY: members may be used from every thread, as `ThreadState: Sync` says.
unsafe impl Send for Members {}

impl Members {
    /// Enters a thread state; one that is born during a stop is suspended until the restart.
    pub fn add(&mut self, thread: &ThreadState) {
        if self.stopping && !seeded!("sg-born-free") {
            thread.state().hold_newborn();
        }
        self.threads.push(NonNull::from(thread));
    }

    /// Removes a thread state.
    pub fn remove(&mut self, thread: &ThreadState) {
        self.threads
            .retain(|&member| !ptr::eq(member.as_ptr(), thread));
    }

    /// Every member but `me`.
    pub fn others(&self, me: Option<&ThreadState>) -> impl Iterator<Item = &ThreadState> {
        let me = me.map_or(ptr::null(), ptr::from_ref);
        // SAFETY: a member is allocated, by Invariant 1, while the lock is held, as the borrow of `self` shows.
        let all = self.threads.iter().map(|thread| unsafe { thread.as_ref() });
        all.filter(move |thread| !ptr::eq(*thread, me))
    }
}

/// The registry of one runtime.
#[derive(Debug)]
pub struct Registry(Mutex<Members>);

impl Default for Registry {
    fn default() -> Self {
        Self::new()
    }
}

impl Registry {
    /// No threads.
    #[must_use]
    pub fn new() -> Self {
        Self(Mutex::new("registry", Members::default()))
    }

    /// Runs `body` alone on the members; it must not wait for any thread.
    pub fn with<R>(&self, lot: &ParkingLot, body: impl FnOnce(&mut Members) -> R) -> R {
        self.0.with(lot, body)
    }
}
