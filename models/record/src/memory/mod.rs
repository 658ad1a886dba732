//! Happens-before by C11's rules, for worlds in which every read takes the newest value, and the races that it shows.
//!
//! A thread has three clocks: what happens before its next event, what happened before its last release fence, and
//! what its relaxed reads have brought along for its next acquire fence. An atomic has the clock of its newest value:
//! what a reader of that value may learn. A read-modify-write adds to that clock, so a release sequence goes through
//! it; a store replaces it (C++20: not even the same thread's store continues a release sequence).
//!
//! A sequentially consistent fence is an acquire and a release fence. The total order of such fences adds no
//! happens-before; what it forbids, stale reads, cannot happen here.
//!
//! Races are found as in FastTrack: every cell and every block knows its last write and each thread's last read.

mod clocks;
mod wording;

use std::sync::atomic::Ordering;

use self::clocks::{Accesses, Message, View};
use crate::At;
use crate::clock::{Epoch, VectorClock};
use crate::event::{Entry, Event, Place, Word};
use crate::execution;
use crate::failure;
use crate::heap::{self, Request};
use crate::state::{self, State};

pub(crate) use self::clocks::Conflict;
pub use self::clocks::Memory;
pub(crate) use self::wording::{freed_early, race, unpublished};

/// Cells and atomics are counted apart; this bit keeps their serial numbers apart too.
const CELL: u32 = 1 << 31;
const NONE: u32 = u32::MAX;

/// Begins an event of the current thread, and lends the state for it.
fn step<R>(f: impl FnOnce(&mut State, Epoch) -> R) -> R {
    let thread = execution::current();
    state::with(|state| {
        let by = state.memory.tick(thread, state.log.len());
        f(state, by)
    })
}

/// The serial number of a new atomic, which the current thread makes now.
#[must_use]
pub fn atomic() -> u32 {
    if !execution::running() {
        return NONE;
    }
    step(|state, by| {
        let made = by.unlogged();
        let carries = VectorClock::default();
        state.memory.atomics.push(Message { made, carries });
        number(state.memory.atomics.len())
    })
}

/// The serial number of a new cell, which the current thread makes, and so writes, now.
#[must_use]
pub fn cell() -> u32 {
    if !execution::running() {
        return NONE;
    }
    step(|state, by| {
        state.memory.cells.push(Accesses::new(by.unlogged()));
        number(state.memory.cells.len()) | CELL
    })
}

fn number(count: usize) -> u32 {
    u32::try_from(count - 1).expect("fewer than 2^31 atomics or cells")
}

/// Records a load that gave `value`.
///
/// # Panics
/// As every access of an atomic: fails the execution when it is not ordered after the atomic's construction.
#[track_caller]
pub fn load(place: Place, value: Word, order: Ordering, at: At) {
    let event = Event::Load {
        place,
        value,
        order,
    };
    access(place, event, at, |view, message| {
        view.read(&message.carries, order)
    });
}

/// Records a compare-exchange that found `found` and replaced nothing.
#[track_caller]
pub fn failed(place: Place, expected: Word, found: Word, order: Ordering, at: At) {
    let event = Event::Failed {
        place,
        expected,
        found,
        order,
    };
    access(place, event, at, |view, message| {
        view.read(&message.carries, order)
    });
}

/// Records a store of `value`.
#[track_caller]
pub fn store(place: Place, value: Word, order: Ordering, at: At) {
    let event = Event::Store {
        place,
        value,
        order,
    };
    access(place, event, at, |view, message| {
        message.carries = view.carried(order)
    });
}

/// A read-modify-write that took effect.
#[derive(Clone, Copy, Debug)]
pub struct Update {
    /// What traces call it, as in `fetch_add`.
    pub operation: &'static str,
    /// The value that it replaced.
    pub old: Word,
    /// The value that it wrote.
    pub new: Word,
    /// Its order.
    pub order: Ordering,
}

/// Records a read-modify-write that took effect.
#[track_caller]
pub fn update(place: Place, update: Update, at: At) {
    let Update {
        operation,
        old,
        new,
        order,
    } = update;
    let event = Event::Update {
        place,
        operation,
        old,
        new,
        order,
    };
    access(place, event, at, |view, message| {
        view.read(&message.carries, order);
        message.carries.join(&view.carried(order));
    });
}

/// Records a fence.
pub fn fence(order: Ordering, at: At) {
    if execution::running() {
        step(|state, by| {
            state.memory.threads[by.thread].fence(order);
            log(state, by, Event::Fence { order }, at);
        });
    }
}

#[track_caller]
fn access(place: Place, event: Event, at: At, act: impl FnOnce(&mut View, &mut Message)) {
    if !execution::running() || place.serial == NONE {
        return;
    }
    failure::unless(step(|state, by| {
        let made = state.memory.made_before(place.serial, by.thread);
        let Memory {
            threads, atomics, ..
        } = &mut state.memory;
        act(&mut threads[by.thread], &mut atomics[place.serial as usize]);
        log(state, by, event, at);
        made.map_err(|conflict| race(state, place, "accessed", conflict, at))
    }));
}

/// Records the event that began with `by`.
fn log(state: &mut State, by: Epoch, event: Event, at: At) {
    let thread = by.thread;
    state.log.push(Entry { thread, at, event });
}

/// Records a read of a cell.
///
/// # Panics
/// Fails the execution when it is not ordered after the last write.
#[track_caller]
pub fn read(place: Place, at: At) {
    plain(place, Event::Read { place }, at, Accesses::read);
}

/// Records a write of a cell.
///
/// # Panics
/// Fails the execution when it is not ordered after the last write and every thread's last read.
#[track_caller]
pub fn write(place: Place, at: At) {
    plain(place, Event::Write { place }, at, Accesses::write);
}

#[track_caller]
fn plain(
    place: Place,
    event: Event,
    at: At,
    check: impl FnOnce(&mut Accesses, Epoch, &VectorClock) -> Result<(), Conflict>,
) {
    if !execution::running() || place.serial == NONE {
        return;
    }
    failure::unless(step(|state, by| {
        let Memory { threads, cells, .. } = &mut state.memory;
        let cell = &mut cells[(place.serial & !CELL) as usize];
        let ordered = check(cell, by, &threads[by.thread].now);
        log(state, by, event, at);
        ordered.map_err(|conflict| {
            let done = if let Event::Write { .. } = event {
                "written"
            } else {
                "read"
            };
            race(state, place, done, conflict, at)
        })
    }));
}

/// What the current thread knows now, for another thread to [`learn`]: a release.
#[must_use]
pub fn teach() -> VectorClock {
    if !execution::running() {
        return VectorClock::default();
    }
    step(|state, by| state.memory.threads[by.thread].now)
}

/// Learns what another thread taught: an acquire.
pub fn learn(clock: &VectorClock) {
    if execution::running() {
        step(|state, by| state.memory.threads[by.thread].now.join(clock));
    }
}

/// Allocates a block, which the current thread writes thereby.
#[must_use]
pub fn alloc(request: Request, at: At) -> std::ptr::NonNull<u8> {
    let (pointer, id) = heap::alloc(request, at);
    step(|state, by| {
        debug_assert_eq!(id.index(), state.memory.blocks.len(), "one entry a block");
        // The heap has logged it already.
        let step = by.step.saturating_sub(1);
        state
            .memory
            .blocks
            .push(Accesses::new(Epoch { step, ..by }));
    });
    pointer
}

/// Touches the block that `address` lies in, if any, which reads it thereby.
///
/// # Panics
/// Fails the execution when the block was freed, or is not yet the current thread's to see.
#[track_caller]
pub fn touch(address: usize, at: At) {
    if !execution::running() {
        return;
    }
    failure::unless(step(|state, by| {
        let Some(id) = heap::live_at(state, address, at)? else {
            return Ok(());
        };
        let Memory {
            threads, blocks, ..
        } = &mut state.memory;
        let ordered = blocks[id.index()].read(by, &threads[by.thread].now);
        ordered.map_err(|conflict| unpublished(state, id, conflict, at))
    }));
}

/// Frees the block at `address`, which writes it thereby.
///
/// # Panics
/// Fails the execution when the block was freed before, or when a touch of it is not ordered before.
#[track_caller]
pub fn free(address: usize, at: At) {
    let Some(id) = heap::free(address, at) else {
        return;
    };
    failure::unless(step(|state, by| {
        let Memory {
            threads, blocks, ..
        } = &mut state.memory;
        let ordered = blocks[id.index()].write(by, &threads[by.thread].now);
        ordered.map_err(|conflict| freed_early(state, id, conflict, at))
    }));
}
