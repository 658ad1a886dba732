//! Leaves that several threads count at once: a number or text that many read from a shared container. A thread that
//! often finds others at the count of one has it deferred, so that each of them counts for itself.
//!
//! # Source           CPython 3.14 has nothing like it: there such counts stay contended.
//!
//! # State
//!
//! ```text
//!   of a thread:  attempts  how often another thread counted at the same moment, since it chose last
//!                 chosen    a leaf, counted, or none
//!   of a leaf:    counted | deferred, see protocols::deferred
//! ```
//!
//! # Transitions
//!
//! ```text
//!   (o) the thread   (s) a thread that has stopped the world   (g) the collector, world stopped
//!   attempts at the limit, none -o: count it, ask the thread to share-> chosen
//!   chosen -o: at its next safepoint, when it ends-> none
//!   counted -s: merge for the owner-> deferred -g: every collection-> counted, or dead
//! ```
//!
//! # Invariants
//! 1. A count is taken from its owner only while that thread is stopped or outside.   safepoint_leaf_shared_in_a_stop
//! 2. A collection ends every deferred leaf of which no reference is left.             safepoint_leaf_shared_in_a_stop
//! 3. Only leaves without finalizers, weak references and references of their own are chosen, so that nobody can tell
//!    when they end.
//!
//! # Orderings        none of its own: the stop orders everything
//!
//! # Field access     both fields: (o)
//!
//! # Progress         Blocking: each choice stops the world once. The limit makes the stop cheaper than what was waited.
//!
//! # Not covered      Counts taken by one who has a reference already are additions that never fail, so nobody notes them.
//!
//! # Checks           The scenario named above; the choice by the tests below.

use std::cell::Cell;
use std::ptr::NonNull;

use super::header::{Header, Tag};
use crate::protocols::eval_breaker::Requests;
use crate::protocols::thread_state::ThreadState;

/// Contended counts before one is chosen: together they cost about as much as stopping the world.
const LIMIT: u32 = 256;

/// One thread's choice.
#[derive(Debug, Default)]
pub(super) struct Contended {
    attempts: Cell<u32>,
    chosen: Cell<Option<NonNull<Header>>>,
}

impl Contended {
    /// Notes that other threads counted an object, to which the caller has a reference, at the same moment.
    pub(super) fn note(&self, ts: &ThreadState, object: NonNull<Header>) {
        // SAFETY: the caller has a reference.
        let header = unsafe { object.as_ref() };
        if is_leaf(header) && self.chosen.get().is_none() && self.is_due() {
            header.count.incref(ts);
            self.chosen.set(Some(object));
            ts.breaker().set(Requests::SHARE);
        }
    }

    /// The chosen leaf, with its reference.
    pub(super) fn take(&self) -> Option<NonNull<Header>> {
        self.chosen.take()
    }

    /// Counts one attempt; says whether the limit is reached.
    fn is_due(&self) -> bool {
        let attempts = self.attempts.get() + 1;
        self.attempts.set(attempts % LIMIT);
        attempts == LIMIT
    }
}

/// Whether nobody can tell when the object ends.
fn is_leaf(header: &Header) -> bool {
    let is_plain = matches!(header.tag(), Tag::Int | Tag::Float | Tag::Str);
    is_plain && header.kind().traverse.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::rig::{drop_all, with_thread};
    use crate::objects::value::Value;
    use crate::objects::{float, gc, list, local};

    /// Notes so many contended counts.
    fn note(ts: &ThreadState, value: Value, times: u32) {
        let object = value.header().expect("an object");
        (0..times).for_each(|_| local::of(ts).contended.note(ts, object));
    }

    fn is_deferred(value: Value) -> bool {
        let header = value.as_header().expect("an object");
        header.count.snapshot().is_deferred
    }

    #[test]
    fn a_leaf_is_shared_at_the_limit_and_until_the_next_collection() {
        with_thread(|ts| {
            let leaf = float::new(ts, 1.5);
            note(ts, leaf, LIMIT - 1);
            gc::share_contended(ts);
            assert!(!is_deferred(leaf) && !ts.breaker().is_set());
            note(ts, leaf, 1);
            assert_eq!(ts.breaker().take(), Requests::SHARE);
            gc::share_contended(ts);
            assert!(is_deferred(leaf));
            let _ = gc::collect(ts);
            assert!(!is_deferred(leaf));
            drop_all(ts, [leaf]);
        });
    }

    #[test]
    fn what_has_references_of_its_own_is_never_shared() {
        with_thread(|ts| {
            let list = list::new(ts, &[]);
            note(ts, list, 2 * LIMIT);
            gc::share_contended(ts);
            assert!(!is_deferred(list) && !ts.breaker().is_set());
            drop_all(ts, [list]);
        });
    }

    #[test]
    fn a_thread_that_ends_gives_its_choice_back() {
        with_thread(|ts| {
            let leaf = float::new(ts, 1.5);
            note(ts, leaf, LIMIT);
            drop_all(ts, [leaf]);
        });
    }
}
