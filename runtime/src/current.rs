//! The state of the calling thread, for what cannot be passed it: the end of an owned reference.
//!
//! Everything else gets the state as its first argument. It is set while a thread is inside an interpreter.

use std::cell::Cell;
use std::ptr;

thread_local! {
    static CURRENT: Cell<*const ()> = const { Cell::new(ptr::null()) };
}

/// Sets what [`get`] gives to the calling thread, until it is set again; gives what it was before.
pub(crate) fn set(state: *const ()) -> *const () {
    CURRENT.replace(state)
}

/// What the calling thread set last; null before that.
#[inline]
#[must_use]
pub(crate) fn get() -> *const () {
    CURRENT.get()
}
