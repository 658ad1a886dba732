//! Positions of iterators that several threads may share.
//!
//! # Source           CPython Objects/iterobject.c, Objects/enumobject.c, Objects/listobject.c (3.13.5), where the position
//! of an iterator that threads share may be taken twice (gh-120608).
//! Differences: a step takes its position by a compare-exchange, unless the thread has the only reference.
//!
//! # State
//!
//! ```text
//!   0, 1, ...   the next position
//!   negative    there is nothing more, for ever
//! ```
//!
//! # Transitions      (x) any thread with a reference
//!
//! ```text
//!   p -x: take-> p + by     p + by -x: give back-> p, unless others have moved it     p -x: move-> another, or the end
//!   any -x: end-> negative
//! ```
//!
//! # Invariants
//! 1. No two steps take the same position, unless one gave it back.    claim_positions_are_taken_once
//! 2. The end is for ever.                                             claim_end_of_positions_stays
//!
//! # Orderings        none: a position alone says nothing about other memory
//!
//! # Progress         Lock-free.
//!
//! # Not covered      What lies at a position: who took it looks by himself.
//!
//! # Checks           The scenarios named above.

use crate::objects::header::Header;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::AtomicI64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::{event, seeded};

/// The position of an iterator.
#[derive(Debug)]
pub struct Position(AtomicI64);

impl Position {
    /// The one where it begins.
    #[must_use]
    pub fn new(start: i64) -> Self {
        Self(AtomicI64::new("position", start))
    }

    /// The next position to be taken; negative when there is nothing more.
    #[must_use]
    pub fn get(&self) -> i64 {
        // ORDERING: relaxed: a position alone says nothing about other memory.
        self.0.load(Relaxed)
    }

    fn set(&self, position: i64) {
        // ORDERING: relaxed, as in `get`.
        self.0.store(position, Relaxed);
    }

    /// Notes that there is nothing more.
    pub fn end(&self) {
        // ORDERING: relaxed, as in `get`.
        let _ = self.0.swap(-1, Relaxed);
    }

    /// Takes the position and moves on by so much; nothing at the end. `owner` is the object that the position lies in.
    #[inline]
    pub fn take(&self, ts: &ThreadState, owner: &Header, by: i64) -> Option<i64> {
        event::writes(self, None);
        let position = self.get();
        if owner.count.is_uniquely_referenced(ts.id()) || seeded!("po1-load-then-store") {
            if position >= 0 {
                self.set(position + by);
            }
            return (position >= 0).then_some(position);
        }
        self.update(|position| position + by)
    }

    /// Sets the next position, unless there is nothing more.
    pub fn move_to(&self, to: i64) {
        event::writes(self, None);
        if seeded!("po2-end-looked-for-first") {
            if self.get() >= 0 {
                self.set(to);
            }
            return;
        }
        let _ = self.update(|_| to);
    }

    /// Changes the position; gives the one before, or nothing at the end.
    fn update(&self, change: impl Fn(i64) -> i64) -> Option<i64> {
        let mut position = self.get();
        while position >= 0 {
            match self.exchange(position, change(position)) {
                Ok(_) => return Some(position),
                Err(found) => position = found,
            }
        }
        None
    }

    /// Gives back a position that was taken, unless others went on from there or there is nothing more.
    pub fn give_back(&self, position: i64, by: i64) {
        if position + by >= 0 {
            let _ = self.exchange(position + by, position);
        }
    }

    fn exchange(&self, from: i64, to: i64) -> Result<i64, i64> {
        // ORDERING: relaxed, both ways: only that no position is taken twice.
        self.0.compare_exchange(from, to, Relaxed, Relaxed)
    }
}
