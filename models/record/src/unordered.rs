//! Races that a checker found by clocks of its own, in the words that [`crate::memory`] has for those that it finds.

use crate::At;
use crate::clock::Epoch;
use crate::event::{Entry, Event, Place};
use crate::failure;
use crate::heap::BlockId;
use crate::memory::{self, Conflict};
use crate::state::{self, State};

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
    let step = state.log.iter().rposition(theirs);
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
