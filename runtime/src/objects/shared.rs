//! The rules by which containers are read without their lock: who marks them shared, and what becomes of what is removed.

use std::ptr::NonNull;

use crate::objects::header::Header;
use crate::objects::life::{decref, incref, new_ref_with_lock, try_incref};
use crate::objects::value::{Slot, Value};
use crate::protocols::critical_section;
use crate::protocols::qsbr;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::Ordering;
use crate::sync::seeded;

/// What a read without the lock came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub(super) enum Read {
    /// The value, a new reference.
    Found(Value),
    /// There was nothing.
    Absent,
    /// What was found is dead, and by now the place holds something else.
    Changed,
    /// Only the lock can tell.
    Unclear,
}

/// Lets the calling thread read the container without its lock: marks it shared, unless it is or the thread owns it.
#[inline]
pub(super) fn mark_before_read(ts: &ThreadState, container: &Header) {
    if !container.is_owned_by(ts) && !container.is_shared() {
        mark_slow(ts, container);
    }
}

#[cold]
fn mark_slow(ts: &ThreadState, container: &Header) {
    critical_section::with(ts, &container.lock, || container.mark_shared());
}

/// Runs `write` with the container's lock held. A writer that does not own the container marks it shared first, since
/// the owner may be reading.
#[inline]
pub(super) fn locked<R>(ts: &ThreadState, container: &Header, write: impl FnOnce() -> R) -> R {
    critical_section::with(ts, &container.lock, || {
        mark_before_write(ts, container);
        write()
    })
}

/// The same for a `write` that neither waits nor runs code: while the lock is free, without a section.
#[inline]
pub(super) fn locked_briefly<R>(
    ts: &ThreadState,
    container: &Header,
    write: impl FnOnce() -> R,
) -> R {
    critical_section::brief(ts, &container.lock, || {
        mark_before_write(ts, container);
        write()
    })
}

/// The same if the lock is free, for a container to which the caller may have no reference: `held` says, with the lock
/// held, whether something else has one, and keeps it meanwhile.
#[inline]
pub(super) fn locked_if_held<R>(
    ts: &ThreadState,
    container: &Header,
    held: impl FnOnce() -> bool,
    write: impl FnOnce() -> Option<R>,
) -> Option<R> {
    let write = || {
        if !held() {
            return None;
        }
        mark_before_write(ts, container);
        write()
    };
    critical_section::brief_if_free(ts, &container.lock, write)?
}

/// Runs `write`, which may run code, with the locks of two containers, which may be one: while it does not give them up,
/// all of it happens at one moment of both.
pub fn locked_both<R>(
    ts: &ThreadState,
    one: &Header,
    other: &Header,
    write: impl FnOnce() -> R,
) -> R {
    critical_section::with_two(ts, &one.lock, &other.lock, || {
        mark_before_write(ts, one);
        mark_before_write(ts, other);
        write()
    })
}

/// The same for a `write` that neither waits nor runs code.
pub(super) fn locked_both_briefly<R>(
    ts: &ThreadState,
    one: &Header,
    other: &Header,
    write: impl FnOnce() -> R,
) -> R {
    critical_section::brief_two(ts, &one.lock, &other.lock, || {
        mark_before_write(ts, one);
        mark_before_write(ts, other);
        write()
    })
}

#[inline]
fn mark_before_write(ts: &ThreadState, container: &Header) {
    let unmarked = seeded!("li1-writer-does-not-mark");
    if !unmarked && !container.is_owned_by(ts) && !container.is_shared() {
        container.mark_shared();
    }
}

/// Reads a slot without the lock.
///
/// The slot is not read again after the reference was taken. A removed item keeps its block until the next quiescent
/// state, so the header that was counted belongs to the object that was found, and it was there during this call.
#[inline]
pub(super) fn read_slot(ts: &ThreadState, slot: &Slot, order: Ordering) -> Read {
    match slot.load(order) {
        None => Read::Absent,
        Some(value) if counted(ts, value) => Read::Found(value),
        // ORDERING: relaxed: only whether it is the same.
        found if slot.load(Ordering::Relaxed) != found => Read::Changed,
        Some(_) => Read::Unclear,
    }
}

/// Takes a reference to what was found, unless it is dead.
#[inline]
fn counted(ts: &ThreadState, value: Value) -> bool {
    if seeded!("rd-count-without-asking") {
        incref(ts, value);
        return true;
    }
    try_incref(ts, value)
}

/// Reads a slot under the lock, so that later reads need no lock.
pub(super) fn read_slot_locked(ts: &ThreadState, slot: &Slot) -> Option<Value> {
    // ORDERING: relaxed: slots change under the lock that the caller holds.
    slot.load(Ordering::Relaxed)
        .map(|value| new_ref_with_lock(ts, value))
}

/// Prepares an item that was taken out of a container for the end of its life, under the container's lock.
#[inline]
pub(super) fn removed(container: &Header, item: Value) -> Value {
    let at_once = seeded!("qs-removed-item-not-deferred");
    if let Some(header) = item
        .as_header()
        .filter(|_| container.is_shared() && !at_once)
    {
        header.defer();
    }
    item
}

/// Frees a block that a container used until now: at once, or after the readers that may still use it.
///
/// # Safety
/// The block came from the heap and cannot be found in the container any more.
pub(super) unsafe fn replaced(ts: &ThreadState, was_shared: bool, block: NonNull<u8>) {
    if was_shared {
        // SAFETY: the caller's clause.
        unsafe { qsbr::retire(ts, block) };
    } else {
        // SAFETY: the caller's clause; nobody reads an unshared container without its lock but its owner, who is here
        // or waits for the lock.
        unsafe { ts.local().free(block) };
    }
}

/// Gives back the references to items, outside every lock.
///
/// # Safety
/// The caller owns them.
pub(super) unsafe fn drop_all(ts: &ThreadState, items: impl IntoIterator<Item = Value>) {
    for item in items {
        // SAFETY: the caller's clause.
        unsafe { decref(ts, item) };
    }
}
