//! A thread of a program as others see it: started once, and ended for everybody who has joined it.
//!
//! # Source           CPython Modules/_threadmodule.c `ThreadHandle_start`, `thread_run`, `ThreadHandle_join`, Lib/threading.py
//! `Thread.start`, `Thread.join` (3.13.5); gh-116372, where a mutex stood for the end.
//! Differences: the stage and the event are one thing, which the ending thread writes, so a joiner has nothing to note.
//!
//! # State
//! ```text
//!   stage     ended    who is where
//!   raw       down     the object is not initialised
//!   new       down     nobody runs
//!   started   down     the thread runs, or is about to
//!   ended     down     the thread has done its work and is about to raise the event
//!   ended     up       joiners come back, for ever
//! ```
//!
//! # Transitions
//! ```text
//!   (x) anybody   (s) the one who starts it   (o) the thread itself, or the main thread at its end
//!   raw -x-> new   new -x: claim-> started   started -s: no thread could be made-> new
//!   started -o-> ended, down -o-> ended, up
//! ```
//!
//! # Invariants
//! 1. Of all who start a thread one succeeds.                        claim_thread_starts_once
//! 2. Who has joined a thread finds it ended, and what it did.       claim_joined_thread_has_ended
//!
//! # Orderings        none of its own: the mutexes of the stage and of the event order everything
//!
//! # Progress         `advance` and `stage` take the stage's mutex, a leaf. Who joins sleeps outside.
//!
//! # Not covered      The system's own thread, which is taken apart after the end (`types/thread/launch.rs`).
//!
//! # Checks           The scenarios named above, faults `mi5-*`.

use super::mutex::Mutex;
use super::reset_event::ResetEvent;
use crate::sync::park::ParkingLot;
use crate::sync::seeded;

/// How far a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its object is not initialised.
    Raw,
    /// It can be started.
    New,
    /// It runs, or is about to.
    Started,
    /// It has done its work.
    Ended,
}

/// A thread as others see it.
#[derive(Debug)]
pub struct ThreadLife {
    stage: Mutex<Stage>,
    ended: ResetEvent,
}

impl Default for ThreadLife {
    fn default() -> Self {
        Self::new()
    }
}

impl ThreadLife {
    /// A thread whose object is not initialised.
    #[must_use]
    pub fn new() -> Self {
        Self {
            stage: Mutex::new("thread", Stage::Raw),
            ended: ResetEvent::new(),
        }
    }

    /// How far the thread is; may be further when this arrives.
    #[must_use]
    pub fn stage(&self, lot: &ParkingLot) -> Stage {
        self.stage.with(lot, |stage| *stage)
    }

    /// Goes from one stage to another; says whether it was in that one.
    #[must_use]
    pub fn advance(&self, lot: &ParkingLot, from: Stage, to: Stage) -> bool {
        if seeded!("mi5-looked-then-started") {
            let is_there = self.stage(lot) == from;
            if is_there {
                self.set(lot, to);
            }
            return is_there;
        }
        self.stage.with(lot, |stage| {
            let is_there = *stage == from;
            *stage = if is_there { to } else { *stage };
            is_there
        })
    }

    /// The thread has done its work: others find it ended, and [`Self::finish`] comes next.
    pub fn end(&self, lot: &ParkingLot) {
        if !seeded!("mi5-stopped-after-the-event") {
            self.set(lot, Stage::Ended);
        }
    }

    /// Wakes those who have joined the thread, which has [ended](Self::end) and does nothing more that they could see.
    pub fn finish(&self, lot: &ParkingLot) {
        self.ended.set(lot);
        if seeded!("mi5-stopped-after-the-event") {
            self.set(lot, Stage::Ended);
        }
    }

    /// What joiners wait for.
    #[must_use]
    pub fn ended(&self) -> &ResetEvent {
        &self.ended
    }

    fn set(&self, lot: &ParkingLot, to: Stage) {
        self.stage.with(lot, |stage| *stage = to);
    }
}
