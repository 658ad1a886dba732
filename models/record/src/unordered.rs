//! Races that a checker found by clocks of its own, in the words that [`crate::memory`] has for those that it finds.

use crate::At;
use crate::clock::Epoch;
use crate::event::{Entry, Event, Place};
use crate::failure;
use crate::heap::BlockId;
use crate::memory::{self, Conflict};
use crate::state::{self, State};
use reports::scenario::Broken;

/// What came too early, as a checker knows it.
#[derive(Clone, Copy, Debug)]
pub struct Earlier {
    /// The thread.
    pub thread: usize,
    /// The entry of the log, if it is there.
    pub entry: Option<usize>,
}

/// What is not ordered after it.
#[derive(Clone, Copy, Debug)]
pub enum Late {
    /// An access of an atomic or a cell, which was done so to.
    Access(Place, &'static str),
    /// A touch of a block that was allocated.
    Touch(BlockId),
    /// The free of a block that was touched.
    Free(BlockId),
}

/// The rule that is broken when `late`, at `at`, is not ordered after `earlier`.
#[must_use]
pub fn broken(late: Late, earlier: Earlier, at: At) -> Broken {
    state::with(|state| {
        let conflict = conflict(state, earlier.thread, earlier.entry);
        match late {
            Late::Access(place, done) => memory::race(state, place, done, conflict, at),
            Late::Touch(block) => memory::unpublished(state, block, conflict, at),
            Late::Free(block) => memory::freed_early(state, block, conflict, at),
        }
    })
}

/// The entry of the log that made the block in which `place` lies, if `thread` made it. The making of a place has no
/// entry of its own.
#[must_use]
pub fn construction(place: Place, thread: usize) -> Option<usize> {
    state::with(|state| {
        let block = state.blocks.find(place.address)?;
        let made = |entry: &Entry| entry.thread == thread && entry.event == Event::Alloc { block };
        state.log.iter().position(made)
    })
}

/// Fails the execution: the current thread's access of a cell is not ordered after `other`'s.
///
/// # Panics
/// Always.
#[track_caller]
pub fn cell(place: Place, done: &str, other: usize, at: At) -> ! {
    let broken = state::with(|state| {
        let theirs = |event: &Event| matches!(event.place(), Some(p) if p.serial == place.serial);
        let conflict = last(state, other, theirs);
        memory::race(state, place, done, conflict, at)
    });
    failure::raise(broken)
}

/// Fails the execution: the current thread touches a block that `other` has not published to it.
///
/// # Panics
/// Always.
#[track_caller]
pub fn touched(block: BlockId, other: usize, at: At) -> ! {
    let broken = state::with(|state| {
        let made = |event: &Event| *event == Event::Alloc { block };
        let conflict = last(state, other, made);
        memory::unpublished(state, block, conflict, at)
    });
    failure::raise(broken)
}

/// Fails the execution: the current thread frees a block that `other` touched without being ordered before.
///
/// # Panics
/// Always.
#[track_caller]
pub fn freed(block: BlockId, other: usize, at: At) -> ! {
    let broken = state::with(|state| {
        let inside = |place: Place| state.blocks.find(place.address) == Some(block);
        let touch = |event: &Event| event.place().is_some_and(inside);
        let conflict = last(state, other, touch);
        memory::freed_early(state, block, conflict, at)
    });
    failure::raise(broken)
}

/// The last thing that `thread` did and that `concerns` the matter.
fn last(state: &State, thread: usize, concerns: impl Fn(&Event) -> bool) -> Conflict {
    let theirs = |entry: &Entry| entry.thread == thread && concerns(&entry.event);
    conflict(state, thread, state.log.iter().rposition(theirs))
}

fn conflict(state: &State, thread: usize, step: Option<usize>) -> Conflict {
    let unlogged = Epoch {
        thread,
        ..Epoch::default()
    };
    Conflict {
        earlier: match step {
            Some(step) => Epoch { step, ..unlogged },
            None => unlogged.unlogged(),
        },
        what: match step.map(|step| state.log[step].event) {
            Some(Event::Read { .. }) => "read",
            Some(Event::Write { .. }) => "write",
            _ => "construction",
        },
    }
}
