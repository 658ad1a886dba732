//! A flag for what is done once: one thread does it, the others wait until it is done, and after a failure another tries.
//!
//! # Source           CPython Python/lock.c `_PyOnceFlag_CallOnceSlow`; gh-111956, gh-127020.
//! Differences: waiters detach before they sleep, so that the world can stop meanwhile; whoever ends an attempt wakes all.
//!
//! # State
//!
//! ```text
//!   undone    nobody has done it, or whoever tried failed
//!   running   one thread is doing it
//!   done      it is done, for ever
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (x) any attached thread   (r) the thread that does it
//!   undone -x-> running -r: success-> done          running -r: failure-> undone, and the sleepers try
//! ```
//!
//! # Invariants
//! 1. One thread at a time is running it, and nobody after it was done.   once_runs_once
//! 2. Who returns without an error sees what was done.                    once_runs_once
//! 3. A failure leaves it undone, and wakes who waits.                    once_failure_lets_another_try
//!
//! # Orderings
//! | site         | operation   | order   | pairs with                | carries                      | if weakened |
//! |--------------|-------------|---------|---------------------------|------------------------------|-------------|
//! | `once.check` | load state  | Acquire | `once.end`                | what was done                | data race   |
//! | `once.begin` | CAS state   | Acquire | `once.end`                | what the failed attempt left | data race   |
//! | `once.end`   | swap state  | Release | `once.check`, `once.begin`| what was done                | data race   |
//!
//! # Progress         Blocking. Waiting detaches, and so passes a safepoint.
//!
//! # Not covered      A thread that waits for what it is doing itself.
//!
//! # Checks           The scenarios named above.

use super::thread_state::ThreadState;
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::park::Key;
use crate::sync::{event, seeded, site};

const UNDONE: u8 = 0;
const RUNNING: u8 = 1;
const DONE: u8 = 2;

/// The flag.
#[derive(Debug)]
pub struct Once(AtomicU8);

impl Default for Once {
    fn default() -> Self {
        Self::new()
    }
}

impl Once {
    /// Nobody has done it.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicU8::new("once", UNDONE))
    }

    /// Whether it is done; who is told so sees what was done.
    #[inline]
    #[must_use]
    pub fn is_done(&self) -> bool {
        // ORDERING: Acquire, with `once.end`: what was done.
        self.0.load(site("once.check", Acquire)) == DONE
    }

    /// Does it, unless it is done; waits while another thread does.
    ///
    /// # Errors
    /// What `work` failed with in this thread; another thread may try then.
    #[inline]
    pub fn call<E>(&self, ts: &ThreadState, work: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        if self.is_done() {
            return Ok(());
        }
        event::operation("once.call", || self.call_slow(ts, work))
    }

    #[cold]
    fn call_slow<E>(
        &self,
        ts: &ThreadState,
        work: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        while !self.begin() {
            if self.is_done() {
                return Ok(());
            }
            self.wait(ts);
        }
        let result = work();
        let failed = result.is_err() && !seeded!("mi4-failure-means-done");
        self.end(ts, if failed { UNDONE } else { DONE });
        result
    }

    /// Makes the caller the thread that does it, if nobody has or does.
    fn begin(&self) -> bool {
        // ORDERING: Acquire, with `once.end`: what a failed attempt left; a failure carries nothing.
        let order = site("once.begin", Acquire);
        self.0
            .compare_exchange(UNDONE, RUNNING, order, Relaxed)
            .is_ok()
    }

    fn end(&self, ts: &ThreadState, state: u8) {
        if state == UNDONE && seeded!("mi4-failure-leaves-running") {
            return;
        }
        // ORDERING: Release, with `once.check` and `once.begin`: what was done, or left.
        self.0.swap(state, site("once.end", Release));
        ts.runtime().parking.lot.unpark_all(Key::of(&self.0), 0);
    }

    /// Sleeps until an attempt ends.
    fn wait(&self, ts: &ThreadState) {
        ts.detached(|| {
            let lot = &ts.runtime().parking.lot;
            // ORDERING: Relaxed; after the state has changed the sleepers are woken under the queue's lock.
            let _ = lot.park(Key::of(&self.0), None, || self.0.load(Relaxed) == RUNNING);
        });
    }
}
