//! The raw log: one small record an event, without a string of its own.

use std::sync::atomic::Ordering;

use reports::shown::Told;

use crate::At;
use crate::execution;
use crate::heap::BlockId;
use crate::state;
use crate::waits::On;

/// An atomic or a cell, as the log knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it lies.
    pub address: usize,
    /// The name that its constructor was given.
    pub name: &'static str,
    /// The number that its constructor drew from [`crate::memory::Memory`]; tells apart places of one name.
    pub serial: u32,
}

/// A value of an atomic, with what is needed to print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The bits, extended to 64.
    pub bits: u64,
    /// How to print them.
    pub form: Form,
}

/// How the bits of a [`Word`] are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As an unsigned number.
    Unsigned,
    /// As a signed number.
    Signed,
    /// As a pointer, or as what stands in its place when a low bit says so.
    Pointer,
}

impl Word {
    /// What a word of pointer form holds instead of an address: the numbers and singletons that
    /// `runtime/src/objects/value.rs` packs.
    pub(crate) fn in_place(self) -> Option<String> {
        const SINGLETONS: [&str; 5] = ["None", "False", "True", "NotImplemented", "Ellipsis"];
        match self.form {
            Form::Pointer if self.bits & 0b1 != 0 => {
                Some((self.bits.cast_signed() >> 1).to_string())
            }
            Form::Pointer if self.bits & 0b10 != 0 => {
                let number = usize::try_from(self.bits >> 3).ok()?;
                SINGLETONS.get(number).map(|name| (*name).to_owned())
            }
            _ => None,
        }
    }
}

/// Why a parked thread woke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woke {
    /// A waker took it from the queue.
    Unparked,
    /// Its deadline passed.
    TimedOut,
    /// Nobody woke it: it took itself from the queue.
    Spurious,
    /// It never slept, because what it wanted to sleep on had changed.
    Invalid,
}

/// One thing that a thread did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants say what their fields are")]
pub enum Event {
    /// An atomic load.
    Load {
        place: Place,
        value: Word,
        order: Ordering,
    },
    /// An atomic store.
    Store {
        place: Place,
        value: Word,
        order: Ordering,
    },
    /// A read-modify-write that took effect.
    Update {
        place: Place,
        operation: &'static str,
        old: Word,
        new: Word,
        order: Ordering,
    },
    /// A compare-exchange that replaced nothing.
    Failed {
        place: Place,
        expected: Word,
        found: Word,
        order: Ordering,
    },
    /// A fence.
    Fence { order: Ordering },
    /// A plain read of a cell.
    Read { place: Place },
    /// A plain write of a cell.
    Write { place: Place },
    /// A block was allocated.
    Alloc { block: BlockId },
    /// A block was freed.
    Free { block: BlockId },
    /// A lock was taken.
    Acquired { lock: usize, name: &'static str },
    /// A lock was given up.
    Released { lock: usize },
    /// The thread goes to sleep on a key.
    Park { key: usize },
    /// The thread is past its sleep.
    Woke { key: usize, reason: Woke },
    /// The thread woke `woken` others.
    Unpark { key: usize, woken: usize },
    /// A thread was started.
    Spawn { thread: usize },
    /// A thread's end was waited for.
    Join { thread: usize },
    /// A protocol operation begins, with what it was given.
    Begin {
        operation: &'static str,
        given: Told,
    },
    /// A protocol operation ends, with what it gives back.
    End {
        operation: &'static str,
        result: Told,
    },
    /// The thread cannot go on by itself. Not a step of the trace; it explains the switch that follows.
    Blocked { on: On },
    /// The thread waits in a loop for another. Not a step either.
    Spun,
    /// The thread ended. Not a step either.
    Finished,
}

impl Event {
    /// The atomic or cell that is accessed, if one is.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match *self {
            Event::Load { place, .. }
            | Event::Store { place, .. }
            | Event::Update { place, .. }
            | Event::Failed { place, .. }
            | Event::Read { place }
            | Event::Write { place } => Some(place),
            _ => None,
        }
    }
}

/// An event with its thread and its line.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The thread.
    pub thread: usize,
    /// The line.
    pub at: At,
    /// What happened.
    pub event: Event,
}

/// How many events the log has: the position that the next one gets.
#[must_use]
pub fn count() -> usize {
    state::with(|state| state.log.len())
}

/// An entry of the log, by its index.
#[must_use]
pub fn entry(index: usize) -> Option<Entry> {
    state::with(|state| state.log.get(index).copied())
}

/// Appends an entry, even when the execution is over: what a checker noticed too late to [`push`] it.
pub fn append(entry: Entry) {
    state::with(|state| state.log.push(entry));
}

/// Appends an event of the current thread; nothing while no execution runs or a failed one unwinds.
pub fn push(event: Event, at: At) {
    if execution::running() {
        let thread = execution::current();
        state::with(|state| state.log.push(Entry { thread, at, event }));
    }
}

/// Runs one operation between its two marks, which `show` logs: what it is given, and what `told` says of what it gives back.
pub fn bracketed<R>(
    show: impl Fn(Event),
    operation: &'static str,
    given: Told,
    body: impl FnOnce() -> R,
    told: impl FnOnce(&R) -> Told,
) -> R {
    show(Event::Begin { operation, given });
    let back = body();
    let result = told(&back);
    show(Event::End { operation, result });
    back
}
