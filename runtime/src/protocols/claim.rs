//! Who runs a frame: one thread at a time runs a generator or coroutine, and a frame that has finished runs no more.
//!
//! # Source           CPython Objects/genobject.c `gen_send_ex2`, `_gen_throw`, `gen_close`; gh-120321 (PR 142599).
//! Differences: a claim is one compare-exchange on a word beside the frame; whoever loses it learns why.
//!
//! # State
//!
//! ```text
//!   created     the frame was never run
//!   suspended   the frame waits at a yield
//!   running     one thread runs the frame
//!   finished    the frame returned or raised, or was closed before it ran; there is nothing to run
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (x) any thread with a reference   (c) the thread that claimed the frame
//!   created, suspended -x: claim-> running -c: suspend-> suspended
//!                                  running -c: finish-> finished
//!   a claim of a frame that is running or finished changes nothing
//! ```
//!
//! # Invariants
//! 1. Between a claim that was won and the claimant's next transition, nobody else touches the frame.  claim_one_thread_runs
//! 2. A finished frame stays so, and is finished once.                                                 claim_finish_is_final
//!
//! # Orderings
//! | site            | operation   | order   | pairs with      | carries                         | if weakened |
//! |-----------------|-------------|---------|-----------------|---------------------------------|-------------|
//! | `claim.claim`   | CAS state   | Acquire | `claim.release` | the frame as it was left        | data race   |
//! | `claim.release` | store state | Release | `claim.claim`   | the same                        | data race   |
//!
//! # Field access     The frame: by the claimant.
//!
//! # Progress         Wait-free.
//!
//! # Not covered      What the frame does.
//!
//! # Checks           The scenarios named above.

use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{event, invariant, seeded, site};

const CREATED: u8 = 0;
const SUSPENDED: u8 = 1;
const RUNNING: u8 = 2;
const FINISHED: u8 = 3;

/// What came of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Claimed {
    /// The caller runs the frame, which never ran before.
    First,
    /// The caller runs the frame, which waits at a yield.
    Resumed,
    /// Another call runs it: "generator already executing".
    Running,
    /// There is nothing to run.
    Finished,
}

/// Where a frame is; a look at it may be old when it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the protocol's header explains them")]
pub enum FrameState {
    Created,
    Suspended,
    Running,
    Finished,
}

/// The state of one frame.
#[derive(Debug)]
pub struct Claim(AtomicU8);

impl Default for Claim {
    fn default() -> Self {
        Self::new()
    }
}

impl Claim {
    /// A frame that was never run.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicU8::new("frame state", CREATED))
    }

    /// Where the frame is.
    #[must_use]
    pub fn state(&self) -> FrameState {
        // ORDERING: Relaxed; the answer is a hint.
        match self.0.load(Relaxed) {
            CREATED => FrameState::Created,
            SUSPENDED => FrameState::Suspended,
            RUNNING => FrameState::Running,
            _ => FrameState::Finished,
        }
    }

    /// Makes the caller the one who runs the frame, if it waits to be run.
    #[inline]
    pub fn claim(&self) -> Claimed {
        event::writes(self, None);
        // ORDERING: Relaxed, as a guess that the compare-exchange verifies.
        let mut state = self.0.load(Relaxed);
        while state < RUNNING {
            // ORDERING: Acquire, with `claim.release`: the frame as the last claimant left it.
            let order = site("claim.claim", Acquire);
            match self.take(state, order) {
                Ok(_) if state == CREATED => return Claimed::First,
                Ok(_) => return Claimed::Resumed,
                Err(found) => state = found,
            }
        }
        if state == RUNNING {
            Claimed::Running
        } else {
            Claimed::Finished
        }
    }

    fn take(&self, state: u8, order: crate::sync::atomic::Ordering) -> Result<u8, u8> {
        if seeded!("mi1-test-then-set") {
            self.0.store(RUNNING, Relaxed);
            return Ok(state);
        }
        // ORDERING: the caller's; a failure carries nothing.
        self.0.compare_exchange(state, RUNNING, order, Relaxed)
    }

    /// The caller, who claimed the frame, leaves it at a yield.
    #[inline]
    pub fn suspend(&self) {
        self.release(SUSPENDED);
    }

    /// The caller, who claimed the frame, has ended it.
    #[inline]
    pub fn finish(&self) {
        self.release(FINISHED);
    }

    fn release(&self, state: u8) {
        event::writes(self, None);
        // ORDERING: Relaxed; only the claimant changes it.
        let running = self.0.load(Relaxed) == RUNNING;
        invariant!(running, "claim 1", "a frame is given up that nobody runs");
        // ORDERING: Release, with `claim.claim`: the frame as this claimant leaves it.
        self.0.store(state, site("claim.release", Release));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_runs_in_turns_and_ends_once() {
        let claim = Claim::new();
        assert_eq!(claim.claim(), Claimed::First);
        assert_eq!(claim.claim(), Claimed::Running);
        claim.suspend();
        assert_eq!(claim.state(), FrameState::Suspended);
        assert_eq!(claim.claim(), Claimed::Resumed);
        claim.finish();
        assert_eq!(claim.claim(), Claimed::Finished);
        assert_eq!(claim.state(), FrameState::Finished);
    }
}
