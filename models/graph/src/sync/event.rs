//! What traces show beside single accesses: names, operations, locks.

use std::panic::Location;

use record::event::{self, Event};
use record::{heap, waits};

/// Gives the heap block at `block` a name for traces, as in `config` for a dict.
pub fn label<T>(block: *const T, name: &'static str) {
    heap::label(block.addr(), name);
}

/// Runs one named protocol operation; a trace can fold its steps.
#[track_caller]
pub fn operation<R>(name: &'static str, body: impl FnOnce() -> R) -> R {
    let at = Location::caller();
    event::push(Event::Begin { operation: name }, at);
    let result = body();
    event::push(Event::End { operation: name }, at);
    result
}

/// The calling thread now holds the lock at `lock`.
#[track_caller]
pub fn acquired<T>(lock: *const T, name: &'static str) {
    waits::acquired(lock.addr(), name, Location::caller());
}

/// The calling thread no longer holds the lock at `lock`.
#[track_caller]
pub fn released<T>(lock: *const T) {
    waits::released(lock.addr(), Location::caller());
}
