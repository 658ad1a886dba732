//! What traces show beside single accesses: names, operations, locks.

use std::panic::Location;

use record::At;
use record::event::{self, Event};
use record::{heap, waits};
pub use reports::shown::{Item, Shown, Told};

/// Gives the heap block at `block` a name for traces, as in `config` for a dict.
pub fn label<T>(block: *const T, name: &'static str) {
    heap::label(block.addr(), name);
}

/// Runs one named protocol operation; a trace can fold its steps.
#[track_caller]
pub fn operation<R>(name: &'static str, body: impl FnOnce() -> R) -> R {
    let at = Location::caller();
    let show = |event| show(event, at);
    event::bracketed(show, name, Told::default(), body, |_| Told::default())
}

/// As [`operation`], with what the call is given and what it gives back.
#[track_caller]
pub fn call<R: Shown>(name: &'static str, given: impl Shown, body: impl FnOnce() -> R) -> R {
    let at = Location::caller();
    let show = |event| show(event, at);
    event::bracketed(show, name, Told::of(&given), body, Told::of)
}

/// Logs what is not a step, unless the thread only tries another turn of a waiting loop.
fn show(event: Event, at: At) {
    if !graph_engine::is_trying() {
        event::push(event, at);
    }
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

/// What programs would notice is no matter here: every access of the objects is a step of its own.
#[inline(always)]
pub fn reads<T>(_object: *const T, _part: Option<u64>) {}

/// As [`reads`].
#[inline(always)]
pub fn writes<T>(_object: *const T, _part: Option<u64>) {}

/// As [`reads`].
#[inline(always)]
pub fn inserts<T>(_object: *const T, _part: u64, _is_new: impl FnOnce() -> bool) {}

/// Runs what nobody can notice.
#[inline(always)]
pub fn unobserved<R>(body: impl FnOnce() -> R) -> R {
    body()
}

/// Runs what the thread does to a dead object, with which it is alone.
#[inline(always)]
pub fn alone<R>(body: impl FnOnce() -> R) -> R {
    body()
}

/// The length of a container, as a part of it.
pub const LENGTH: Option<u64> = Some(u64::MAX - 4);

/// The calling thread is about to look at a part of a container without its lock.
#[inline(always)]
pub fn glances<T>(_container: *const T, _part: Option<u64>) {}

/// The holder of a container's lock is about to store what others may look at without it; nothing says which part.
#[inline(always)]
pub fn stores<T>(_container: *const T, _part: Option<u64>) {}

/// As [`reads`], if something holds.
#[inline(always)]
pub fn reads_if<T>(_object: *const T, _part: Option<u64>, _holds: impl FnOnce() -> bool) {}

/// As [`writes`], if something holds.
#[inline(always)]
pub fn writes_if<T>(_object: *const T, _part: Option<u64>, _holds: impl FnOnce() -> bool) {}

/// What programs would notice is no matter here, as for [`reads`].
#[inline(always)]
pub fn changes<T>(_object: *const T, _source: *const T) {}

/// As [`changes`].
#[inline(always)]
pub fn reads_both<T>(_left: *const T, _right: *const T) {}

/// As [`changes`].
#[inline(always)]
pub fn ends<T>(_object: *const T) {}

/// As [`changes`].
#[inline(always)]
pub fn leaves(_what: &'static str) {}

/// As [`changes`].
#[inline(always)]
pub fn enters<T>(_cell: *const T, _name: &'static str) {}
