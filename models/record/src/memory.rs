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

use std::sync::atomic::Ordering;

use reports::failure::FailureKind;
use reports::scenario::Broken;

use crate::At;
use crate::clock::{Epoch, MAX_THREADS, VectorClock};
use crate::event::{self, Event, Place, Word};
use crate::execution;
use crate::failure;
use crate::heap::{self, BlockId, Request};
use crate::names::Names;
use crate::state::{self, State};

/// Every clock of the execution.
#[derive(Debug, Default)]
pub struct Memory {
    threads: Vec<View>,
    atomics: Vec<Message>,
    cells: Vec<Accesses>,
    blocks: Vec<Accesses>,
}

/// One thread's clocks.
#[derive(Clone, Copy, Debug, Default)]
struct View {
    now: VectorClock,
    released: VectorClock,
    pending: VectorClock,
}

/// An atomic: when it was made, and what the reader of its newest value may learn.
#[derive(Clone, Copy, Debug)]
struct Message {
    made: Epoch,
    carries: VectorClock,
}

/// The accesses of a cell or block that a later one must be ordered after.
#[derive(Clone, Copy, Debug)]
struct Accesses {
    write: Epoch,
    reads: [Epoch; MAX_THREADS],
}

/// An access that the present one is not ordered after.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conflict {
    pub(crate) earlier: Epoch,
    pub(crate) what: &'static str,
}

/// Cells and atomics are counted apart; this bit keeps their serial numbers apart too.
const CELL: u32 = 1 << 31;
const NONE: u32 = u32::MAX;

impl View {
    fn read(&mut self, message: &VectorClock, order: Ordering) {
        if acquires(order) {
            self.now.join(message);
        } else {
            self.pending.join(message);
        }
    }

    /// What a write of the given order carries.
    fn carried(&self, order: Ordering) -> VectorClock {
        if releases(order) {
            self.now
        } else {
            self.released
        }
    }

    fn fence(&mut self, order: Ordering) {
        if acquires(order) {
            self.now.join(&self.pending);
        }
        if releases(order) {
            self.released = self.now;
        }
    }
}

impl Accesses {
    fn new(write: Epoch) -> Self {
        Self {
            write,
            reads: [Epoch::default(); MAX_THREADS],
        }
    }

    fn read(&mut self, by: Epoch, now: &VectorClock) -> Result<(), Conflict> {
        let earlier = self.write;
        self.reads[by.thread] = by;
        let what = "write";
        (now.covers(earlier))
            .then_some(())
            .ok_or(Conflict { earlier, what })
    }

    fn write(&mut self, by: Epoch, now: &VectorClock) -> Result<(), Conflict> {
        let unread = self.reads.iter().find(|read| !now.covers(**read));
        if let Some(&earlier) = unread {
            return Err(Conflict {
                earlier,
                what: "read",
            });
        }
        let earlier = std::mem::replace(&mut self.write, by);
        let what = "write";
        (now.covers(earlier))
            .then_some(())
            .ok_or(Conflict { earlier, what })
    }
}

impl Memory {
    pub(crate) fn clear(&mut self) {
        self.threads.clear();
        self.threads.push(View::default());
        self.atomics.clear();
        self.cells.clear();
        self.blocks.clear();
    }

    pub(crate) fn spawn(&mut self, parent: usize, child: usize) {
        debug_assert_eq!(child, self.threads.len(), "threads are numbered in order");
        self.threads[parent].now.tick(parent);
        let now = self.threads[parent].now;
        self.threads.push(View {
            now,
            ..View::default()
        });
    }

    pub(crate) fn join(&mut self, joiner: usize, ended: usize) {
        let last = self.threads[ended].now;
        self.threads[joiner].now.join(&last);
    }

    /// Begins an event of `thread`: advances its time.
    fn tick(&mut self, thread: usize, step: usize) -> Epoch {
        let time = self.threads[thread].now.tick(thread);
        Epoch { thread, time, step }
    }

    /// Whether the making of the atomic is ordered before what `thread` does now.
    fn made_before(&self, serial: u32, thread: usize) -> Result<(), Conflict> {
        let earlier = self.atomics[serial as usize].made;
        let what = "construction";
        let ordered = self.threads[thread].now.covers(earlier);
        ordered.then_some(()).ok_or(Conflict { earlier, what })
    }
}

fn acquires(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst
    )
}

fn releases(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Release | Ordering::AcqRel | Ordering::SeqCst
    )
}

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
#[track_caller]
pub fn load(place: Place, value: Word, order: Ordering, at: At) {
    access(place, at, |view, message| {
        view.read(&message.carries, order)
    });
    event::push(
        Event::Load {
            place,
            value,
            order,
        },
        at,
    );
}

/// Records a compare-exchange that found `found` and replaced nothing.
#[track_caller]
pub fn failed(place: Place, expected: Word, found: Word, order: Ordering, at: At) {
    access(place, at, |view, message| {
        view.read(&message.carries, order)
    });
    event::push(
        Event::Failed {
            place,
            expected,
            found,
            order,
        },
        at,
    );
}

/// Records a store of `value`.
#[track_caller]
pub fn store(place: Place, value: Word, order: Ordering, at: At) {
    access(place, at, |view, message| {
        message.carries = view.carried(order)
    });
    event::push(
        Event::Store {
            place,
            value,
            order,
        },
        at,
    );
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
    access(place, at, |view, message| {
        view.read(&message.carries, order);
        message.carries.join(&view.carried(order));
    });
    event::push(
        Event::Update {
            place,
            operation,
            old,
            new,
            order,
        },
        at,
    );
}

/// Records a fence.
pub fn fence(order: Ordering, at: At) {
    if execution::running() {
        step(|state, by| state.memory.threads[by.thread].fence(order));
        event::push(Event::Fence { order }, at);
    }
}

#[track_caller]
fn access(place: Place, at: At, act: impl FnOnce(&mut View, &mut Message)) {
    if !execution::running() || place.serial == NONE {
        return;
    }
    let checked = step(|state, by| {
        let made = state.memory.made_before(place.serial, by.thread);
        let Memory {
            threads, atomics, ..
        } = &mut state.memory;
        act(&mut threads[by.thread], &mut atomics[place.serial as usize]);
        made.map_err(|conflict| race(state, place, "accessed", conflict, at))
    });
    failure::unless(checked);
}

/// Records a read of a cell.
///
/// # Panics
/// Fails the execution when it is not ordered after the last write.
#[track_caller]
pub fn read(place: Place, at: At) {
    plain(place, "read", at, Accesses::read);
    event::push(Event::Read { place }, at);
}

/// Records a write of a cell.
///
/// # Panics
/// Fails the execution when it is not ordered after the last write and every thread's last read.
#[track_caller]
pub fn write(place: Place, at: At) {
    plain(place, "written", at, Accesses::write);
    event::push(Event::Write { place }, at);
}

#[track_caller]
fn plain(
    place: Place,
    done: &'static str,
    at: At,
    check: impl FnOnce(&mut Accesses, Epoch, &VectorClock) -> Result<(), Conflict>,
) {
    if !execution::running() || place.serial == NONE {
        return;
    }
    let checked = step(|state, by| {
        let Memory { threads, cells, .. } = &mut state.memory;
        let cell = &mut cells[(place.serial & !CELL) as usize];
        let ordered = check(cell, by, &threads[by.thread].now);
        ordered.map_err(|conflict| race(state, place, done, conflict, at))
    });
    failure::unless(checked);
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
        state.memory.blocks.push(Accesses::new(by));
    });
    pointer
}

/// Touches the block that `address` lies in, if any, which reads it thereby.
///
/// # Panics
/// Fails the execution when the block was freed, or is not yet the current thread's to see.
#[track_caller]
pub fn touch(address: usize, at: At) {
    let Some(id) = heap::touch(address, at) else {
        return;
    };
    let checked = step(|state, by| {
        let Memory {
            threads, blocks, ..
        } = &mut state.memory;
        let ordered = blocks[id.index()].read(by, &threads[by.thread].now);
        ordered.map_err(|conflict| unpublished(state, id, conflict, at))
    });
    failure::unless(checked);
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
    let checked = step(|state, by| {
        let Memory {
            threads, blocks, ..
        } = &mut state.memory;
        let ordered = blocks[id.index()].write(by, &threads[by.thread].now);
        ordered.map_err(|conflict| freed_early(state, id, conflict, at))
    });
    failure::unless(checked);
}

pub(crate) fn race(state: &State, place: Place, done: &str, conflict: Conflict, at: At) -> Broken {
    let names = Names::new(state);
    Broken {
        kind: FailureKind::DataRace,
        claim: "conflicting accesses of plain data are ordered".to_owned(),
        detail: format!(
            "`{}` is {done} at {}, not ordered after the {} by {}",
            names.place(&place),
            names.source(at),
            conflict.what,
            names.event(conflict.earlier),
        ),
    }
}

pub(crate) fn unpublished(state: &mut State, id: BlockId, conflict: Conflict, at: At) -> Broken {
    state.blocks.accused.push(id);
    let names = Names::new(state);
    Broken {
        kind: FailureKind::DataRace,
        claim: "a block is touched only after it was published".to_owned(),
        detail: format!(
            "`{}` is touched at {}, not ordered after its allocation by {}",
            names.block(id),
            names.source(at),
            names.event(conflict.earlier),
        ),
    }
}

pub(crate) fn freed_early(state: &mut State, id: BlockId, conflict: Conflict, at: At) -> Broken {
    state.blocks.accused.push(id);
    let names = Names::new(state);
    Broken {
        kind: FailureKind::UseAfterFree,
        claim: "a block is freed only after every touch of it".to_owned(),
        detail: format!(
            "`{}` is freed at {}, not ordered after the touch by {}",
            names.block(id),
            names.source(at),
            names.event(conflict.earlier),
        ),
    }
}
