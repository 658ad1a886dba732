//! Life and death of objects: allocation, counting, and deallocation without recursion on the native stack.

use std::alloc::Layout;
use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object};
use crate::objects::lazy::Lazy;
use crate::objects::value::Value;
use crate::objects::{extras, local, weakref};
use crate::protocols::merge_queue::Enqueued;
use crate::protocols::qsbr;
use crate::protocols::refcount::{Decref, RefCount, Resurrected, TryIncref};
use crate::protocols::thread_state::ThreadState;
use crate::sync::{event, heap, seeded};

/// Allocates an object with one reference, followed by `tail` bytes in the same block that the caller initialises.
///
/// The first field of `value` must be a fresh [`Header::new`].
#[inline]
pub fn alloc<T: Object>(ts: &ThreadState, value: T, tail: usize) -> NonNull<T> {
    let size = size_of::<T>() + tail;
    let layout = Layout::from_size_align(size, align_of::<T>())
        .expect("objects are smaller than the address space");
    let block = ts
        .local()
        .alloc(layout, heap::Kind::Object(T::KIND.name))
        .cast::<T>();
    // SAFETY: the block is new, large enough and aligned for a `T`.
    unsafe { block.write(value) };
    if T::KIND.traverse.is_some() {
        ts.count_made();
    }
    block
}

/// As [`alloc`], for an object without a tail, as a value.
#[inline]
pub fn alloc_value<T: Object>(ts: &ThreadState, value: T) -> Value {
    Value::object(alloc(ts, value, 0).cast())
}

/// Allocates an instance of a class that shares the layout `T`: `tail` bytes that the caller initialises follow, and then
/// the extras, which are empty.
///
/// # Safety
/// The caller borrows the class, and its kind's layout is `T`'s; `make` puts the header that it gets into the object.
pub unsafe fn alloc_in_class<T: Object>(
    ts: &ThreadState,
    class: NonNull<Kind>,
    make: impl FnOnce(Header) -> T,
    tail: usize,
) -> NonNull<T> {
    // SAFETY: the caller borrows the class.
    let kind = unsafe { class.as_ref() };
    if let Some(class) = kind.class {
        incref(ts, Value::object(class));
    }
    let inside = (size_of::<T>() + tail).next_multiple_of(align_of::<Lazy>());
    let count = kind.extras.count();
    // SAFETY: the reference was taken above.
    let value = make(unsafe { Header::of_class(ts, class) });
    let block = alloc(
        ts,
        value,
        inside - size_of::<T>() + count * size_of::<Lazy>(),
    );
    // SAFETY: the block ends with room for so many, and nobody else knows it yet.
    unsafe { extras::write(block.cast()) };
    if T::KIND.traverse.is_none() && kind.traverse.is_some() {
        ts.count_made();
    }
    block
}

/// Allocates an object of the class whose own the layout `T` is, with whatever that class has behind it; `make` puts the
/// header that it gets into the object.
pub(super) fn alloc_own<T: Object>(ts: &ThreadState, make: impl FnOnce(Header) -> T) -> NonNull<T> {
    let class = local::class_of(ts, T::KIND);
    // SAFETY: the class of a layout lives as long as its interpreter; where there is none, it is the constant.
    unsafe { alloc_in_class(ts, class, make, 0) }
}

/// Takes one more reference to `value`, which the caller has or borrows.
#[inline]
pub fn incref(ts: &ThreadState, value: Value) {
    if let Some(header) = value.as_header() {
        header.count.incref(ts);
    }
}

/// A new reference to `value`, which the caller has or borrows.
#[inline]
#[must_use = "the reference must be given back"]
pub fn new_ref(ts: &ThreadState, value: Value) -> Value {
    incref(ts, value);
    value
}

/// Gives one reference back; the object dies with the last one.
///
/// # Safety
/// The caller owns the reference and uses no copy of `value` from here on, unless something else keeps it alive.
#[inline]
pub unsafe fn decref(ts: &ThreadState, value: Value) {
    if let Some(header) = value.header() {
        // SAFETY: the caller's reference keeps the header alive.
        match unsafe { header.as_ref() }.count.decref(ts) {
            Decref::Alive => {}
            // SAFETY: that was the last reference.
            Decref::Dead => unsafe { dealloc(ts, header) },
            // SAFETY: the answer was for this count, and it is handed over once.
            Decref::Queue => unsafe { hand_over(ts, header) },
        }
    }
}

/// Takes a reference to a value that was read from shared memory without a lock; the object may be dead, but its
/// block is not yet free.
#[inline]
pub(super) fn try_incref(ts: &ThreadState, value: Value) -> bool {
    let Some(header) = value.as_header() else {
        return true;
    };
    let taken = header.count.try_incref(ts);
    if taken == TryIncref::Contended {
        note_contended(ts, value);
    }
    taken.is_taken()
}

/// Notes that other threads counted an object, to which the caller has a reference, at the same moment.
#[cold]
fn note_contended(ts: &ThreadState, value: Value) {
    if ts.extension().is_some()
        && let Some(object) = value.header()
    {
        local::of(ts).contended.note(ts, object);
    }
}

/// Takes a reference to an object that may be dead, though its block is not yet free; says whether it is alive.
#[must_use]
pub fn try_new_ref(ts: &ThreadState, value: Value) -> bool {
    try_incref(ts, value)
}

/// Takes a reference under the lock of the container that holds `value`, so that later reads need no lock.
pub(super) fn new_ref_with_lock(ts: &ThreadState, value: Value) -> Value {
    if let Some(header) = value.as_header() {
        header.count.new_ref_with_lock(ts);
    }
    value
}

/// Merges the counts of the objects that other threads handed to this one, and ends those that are dead.
///
/// Served at safepoints, when the eval breaker says so.
pub fn drain_merge_queue(ts: &ThreadState) {
    let runtime = ts.runtime();
    runtime
        .merge_queues
        .drain(&runtime.parking.lot, ts.id(), &mut |count| {
            // SAFETY: the merge found no reference left, and the count is the first field of a header.
            unsafe { dealloc(ts, count.cast()) };
        });
}

/// Ends the thread's work with objects: merges its queue, has the layer above give back what it keeps for the thread, and
/// goes outside for good.
pub fn end_thread(ts: &ThreadState) {
    if ts.extension().is_some()
        && let Some(leaf) = local::of(ts).contended.take()
    {
        // SAFETY: the thread chose the leaf and took a reference.
        unsafe { decref(ts, Value::object(leaf)) };
    }
    let mut end = |count: NonNull<RefCount>| {
        // SAFETY: as in `drain_merge_queue`.
        unsafe { dealloc(ts, count.cast()) };
    };
    ts.exit(&mut end, &mut || {
        if ts.extension().is_some() {
            local::hooks(ts).thread_ends(ts);
        }
    });
}

/// Hands the last reference of a thread that is not the owner to the owner.
#[cold]
unsafe fn hand_over(ts: &ThreadState, object: NonNull<Header>) {
    let runtime = ts.runtime();
    let count = object.cast::<RefCount>();
    // SAFETY: the caller's clause; the count is the first field of the header.
    let enqueued = unsafe { runtime.merge_queues.enqueue(&runtime.parking.lot, count) };
    if enqueued == Enqueued::Dead {
        // SAFETY: the owner is gone and the merge found no reference left.
        unsafe { dealloc(ts, object) };
    }
}

/// Ends an object, and what dies with it, one after the other.
///
/// # Safety
/// No reference is left.
#[inline(never)]
pub(super) unsafe fn dealloc(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the block is still there, by the caller's clause.
    if unsafe { owns_nothing(object) } {
        // SAFETY: as above.
        if unsafe { object.as_ref() }.kind().traverse.is_some() {
            ts.count_ended();
        }
        // SAFETY: the object is dead and owns nothing.
        return unsafe { free_block(ts, object) };
    }
    let local = local::of(ts);
    if !local.begin() {
        return local.bury(object);
    }
    // SAFETY: the caller's clause.
    unsafe { end(ts, object) };
    while let Some(object) = local.next_dead() {
        // SAFETY: it was buried once, dead.
        unsafe { end(ts, object) };
    }
}

/// Whether the end of a dead object is the end of its block and nothing else.
#[inline]
unsafe fn owns_nothing(object: NonNull<Header>) -> bool {
    // SAFETY: the caller's clause.
    let kind = unsafe { object.as_ref() }.kind();
    let bare = kind.bare.filter(|_| kind.layout.is_none());
    // SAFETY: the object is of its kind.
    kind.is_leaf() || bare.is_some_and(|bare| unsafe { bare(object) })
}

/// Finalizes one object and, unless that revived it, gives back what it owns.
unsafe fn end(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the block is still there, by the caller's clause.
    let header = unsafe { object.as_ref() };
    let kind = header.kind();
    if kind.finalized {
        event::ends(header);
    }
    if kind.finalized && header.finalize_once() && finalize(ts, object) == Resurrected::Alive {
        return;
    }
    if let Some(slot) = extras::weak(header) {
        if slot.is_used() {
            event::ends(header);
        }
        let due = weakref::end(ts, slot);
        if !due.is_empty() {
            local::hooks(ts).weakref_callbacks(ts, due);
        }
    }
    // The reference to the class is among those that are given back, and the kind may be gone with it.
    let kind = header.kind();
    let (traverse, release) = (kind.traverse, kind.release);
    let (drops, has_extras) = (kind.drops, kind.layout.is_some());
    let waits = header.is_deferred() && !seeded!("di-held-not-deferred");
    if kind.traverse.is_some() {
        ts.count_ended();
    }
    let give_back = &mut |value: Value| {
        // Readers that still look at this object may come to what it held.
        if let Some(held) = value.as_header().filter(|_| waits) {
            held.defer();
        }
        // SAFETY: the dead object owned the reference.
        unsafe { decref(ts, value) };
    };
    // SAFETY: the object is dead, so this thread is alone with it, and it owns what it shows.
    event::alone(|| unsafe {
        match traverse {
            Some(_) if drops && has_extras => extras::show(header, give_back),
            Some(traverse) if !drops => traverse(object, give_back),
            _ => {}
        }
        if let Some(release) = release {
            release(ts, object);
        }
        free_block(ts, object);
    });
}

fn finalize(ts: &ThreadState, object: NonNull<Header>) -> Resurrected {
    // SAFETY: the caller has not freed the block yet.
    let count = unsafe { &object.as_ref().count };
    count.resurrect_start(ts.id());
    if seeded!("rc8-revival-begins-anew") {
        // SAFETY: as above.
        unsafe { object.as_ref() }.forget_finalizer();
    }
    local::hooks(ts).finalize(ts, Value::object(object));
    count.resurrect_end(ts.id())
}

/// Frees the block of a dead object, now or after the readers that may still look at its header.
unsafe fn free_block(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the caller's clause.
    unsafe {
        if object.as_ref().is_deferred() {
            qsbr::retire(ts, object.cast());
        } else {
            ts.local().free(object.cast());
        }
    }
}
