//! What traces show beside single accesses: names, operations, locks. Natively nothing.

pub use reports::shown::{Item, Shown, Told};

/// Gives the heap block at `block` a name for traces, as in `config` for a dict.
#[inline(always)]
pub fn label<T>(_block: *const T, _name: &'static str) {}

/// Runs one named protocol operation; a trace can fold its steps.
#[inline(always)]
pub fn operation<R>(_name: &'static str, body: impl FnOnce() -> R) -> R {
    body()
}

/// As [`operation`], with what the call is given and what it gives back.
#[inline(always)]
pub fn call<R: Shown>(_name: &'static str, _given: impl Shown, body: impl FnOnce() -> R) -> R {
    body()
}

/// The calling thread now holds the lock at `lock`.
#[inline(always)]
pub fn acquired<T>(_lock: *const T, _name: &'static str) {}

/// The calling thread no longer holds the lock at `lock`.
#[inline(always)]
pub fn released<T>(_lock: *const T) {}
