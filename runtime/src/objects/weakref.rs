//! Weak references as objects: [`protocols::weakref`](crate::protocols::weakref) with a callback each.
//!
//! The word of the referent is given by the caller, who knows where the object keeps it. The referent's kind calls
//! [`end`] from its `release`; callbacks go to the caller, who runs them.

use std::mem::offset_of;
use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::life::{alloc_in_class, alloc_value, decref, new_ref_with_lock, try_incref};
use crate::objects::value::{Slot, Value};
use crate::protocols::refcount::RefCount;
use crate::protocols::thread_state::ThreadState;
use crate::protocols::weakref::{Node, WeakSlot};
use crate::sync::atomic::{AtomicI64, Ordering};

/// The cached hash of a weak reference whose hash nobody asked for yet; no hash is -1.
const NO_HASH: i64 = -1;

/// A weak reference object.
#[repr(C)]
#[derive(Debug)]
pub struct WeakRef {
    header: Header,
    node: Node,
    callback: Slot,
    hash: AtomicI64,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for WeakRef {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        release: Some(release),
        clear: Some(clear_object),
        size: Size::Fixed(size_of::<Self>()),
        ..Kind::leaf("weakref", Tag::WeakRef)
    };
}

/// A callback that is due: what was cleared, and what to call with it; references that the holder owns.
#[derive(Debug)]
#[must_use = "the references must be given back"]
pub struct Callback {
    /// The weak reference.
    pub reference: Value,
    /// What is called.
    pub function: Value,
}

impl Callback {
    /// Gives both references back.
    pub fn drop(self, ts: &ThreadState) {
        // SAFETY: the callback owned them.
        unsafe {
            decref(ts, self.reference);
            decref(ts, self.function);
        }
    }
}

/// A weak reference to `referent`, whose word is `slot`: a new reference, to the one that all share when there is no
/// callback. Takes over the reference to `callback`.
///
/// # Panics
/// When `referent` is not an object.
#[must_use]
pub fn new(ts: &ThreadState, referent: Value, slot: &WeakSlot, callback: Option<Value>) -> Value {
    let count = referent.header().expect("an object").cast::<RefCount>();
    let anchor = slot.get_or_make(ts, count);
    let basic = callback.is_none();
    // SAFETY: the caller has a reference to the referent.
    let shared = unsafe { Node::basic(ts, anchor, |node| basic && counted(ts, node)) };
    if let Some(node) = shared {
        return Value::object(object_of(node).cast());
    }
    let header = Header::new(ts, WeakRef::KIND);
    let made = alloc_value(ts, make(header, Node::new(anchor), callback));
    // SAFETY: the caller has a reference to the referent.
    match unsafe { link(ts, &made, basic) } {
        None => made,
        Some(shared) => {
            // SAFETY: the object was made above.
            unsafe { decref(ts, made) };
            shared
        }
    }
}

/// A weak reference of a class that has the layout; it is never shared. Takes over the reference to `callback`.
///
/// # Safety
/// The caller borrows the class, which is one of weak references.
///
/// # Panics
/// As [`new`].
#[must_use]
pub unsafe fn new_in(
    ts: &ThreadState,
    class: NonNull<Kind>,
    referent: Value,
    slot: &WeakSlot,
    callback: Option<Value>,
) -> Value {
    let count = referent.header().expect("an object").cast::<RefCount>();
    let node = Node::new(slot.get_or_make(ts, count));
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, |header| make(header, node, callback), 0) };
    let made = Value::object(block.cast());
    // SAFETY: the caller has a reference to the referent.
    let _nobody_else = unsafe { link(ts, &made, false) };
    made
}

fn make(header: Header, node: Node, callback: Option<Value>) -> WeakRef {
    // Others take references through the referent's list.
    header.count.set_maybe_weakref();
    WeakRef {
        header,
        node,
        callback: Slot::new("callback", callback),
        hash: AtomicI64::new("weakref hash", NO_HASH),
    }
}

/// Puts a new weak reference into the referent's list; gives the one that others made meanwhile for all to share.
///
/// # Safety
/// The caller has a reference to the referent.
unsafe fn link(ts: &ThreadState, made: &Value, basic: bool) -> Option<Value> {
    let node = &as_weakref(made).node;
    // SAFETY: the object does not move, and its kind unlinks it; the rest is the caller's clause.
    let shared = unsafe { node.link(ts, basic, |node| counted(ts, node)) };
    shared.map(|node| Value::object(object_of(node).cast()))
}

fn as_weakref(value: &Value) -> &WeakRef {
    value.downcast().expect("a weak reference")
}

fn object_of(node: NonNull<Node>) -> NonNull<WeakRef> {
    // SAFETY: every node lies in a weak reference object.
    unsafe { node.byte_sub(offset_of!(WeakRef, node)).cast() }
}

/// Takes a reference to the object of a node that was found in a list, unless it is dying.
fn counted(ts: &ThreadState, node: NonNull<Node>) -> bool {
    try_incref(ts, Value::object(object_of(node).cast()))
}

/// The referent, a new reference; `None` when it is dead.
#[must_use]
pub fn get(ts: &ThreadState, reference: &WeakRef) -> Option<Value> {
    let count = reference.node.upgrade(ts)?;
    Some(Value::object(count.cast()))
}

/// The callback, a new reference; `None` when there is none, or it is due.
#[must_use]
pub fn callback(ts: &ThreadState, reference: &WeakRef) -> Option<Value> {
    reference.node.with(ts, || {
        // ORDERING: relaxed: it is taken out under the lock that is held here.
        let callback = reference.callback.load(Ordering::Relaxed)?;
        Some(new_ref_with_lock(ts, callback))
    })
}

impl WeakRef {
    /// The hash that was cached.
    #[must_use]
    pub fn cached_hash(&self) -> Option<i64> {
        // ORDERING: relaxed: the value is the same whoever caches it.
        Some(self.hash.load(Ordering::Relaxed)).filter(|&hash| hash != NO_HASH)
    }

    /// Caches the referent's hash, which outlives it.
    pub fn cache_hash(&self, hash: i64) {
        // ORDERING: relaxed: whoever misses it computes the same value, or finds the referent dead.
        self.hash.store(hash, Ordering::Relaxed);
    }
}

/// All weak references of an object, the youngest first, new references.
#[must_use = "the references must be given back"]
pub fn all(ts: &ThreadState, slot: &WeakSlot) -> Vec<Value> {
    let mut found = Vec::new();
    slot.each(ts, |node| {
        if counted(ts, node) {
            found.push(Value::object(object_of(node).cast()));
        }
    });
    found
}

/// Clears the weak references of an object that lives on; gives the callbacks of those that `wanted` says yes to, the
/// youngest first. The world is stopped.
#[must_use = "the callbacks are due"]
pub fn clear(
    ts: &ThreadState,
    slot: &WeakSlot,
    wanted: impl Fn(NonNull<Header>) -> bool,
) -> Vec<Callback> {
    let mut due = Vec::new();
    slot.clear(ts, |node| {
        if wanted(object_of(node).cast()) {
            due.extend(take_callback(ts, node));
        }
    });
    due
}

/// Ends the weak references of an object that is dead, before its block is freed; gives the callbacks, the youngest
/// first.
#[must_use = "the callbacks are due"]
pub fn end(ts: &ThreadState, slot: &WeakSlot) -> Vec<Callback> {
    let mut due = Vec::new();
    slot.end(ts, |node| due.extend(take_callback(ts, node)));
    due
}

/// The callback of a node that was just cleared, unless there is none or its weak reference is dying.
fn take_callback(ts: &ThreadState, node: NonNull<Node>) -> Option<Callback> {
    let object = object_of(node);
    // SAFETY: the mutex is held, so the node's block is there.
    let slot = unsafe { &object.as_ref().callback };
    // ORDERING: relaxed: it changes under the mutex, or when nobody has a reference to the weak reference any more.
    if slot.load(Ordering::Relaxed).is_none() || !counted(ts, node) {
        return None;
    }
    // ORDERING: as above.
    let function = slot.load(Ordering::Relaxed)?;
    // ORDERING: as above.
    slot.store(None, Ordering::Relaxed);
    let reference = Value::object(object.cast());
    Some(Callback {
        reference,
        function,
    })
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is a weak reference.
    let reference = unsafe { object.cast::<WeakRef>().as_ref() };
    // ORDERING: relaxed: nobody else uses it meanwhile.
    let callback = reference.callback.load(Ordering::Relaxed);
    callback.into_iter().for_each(visit);
}

unsafe fn release(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is dead, by the caller's clause.
    unsafe { object.cast::<WeakRef>().as_ref() }.node.unlink(ts);
}

unsafe fn clear_object(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is alive, by the caller's clause.
    let reference = unsafe { object.cast::<WeakRef>().as_ref() };
    let callback = reference.node.with(ts, || {
        // ORDERING: relaxed: it changes under the lock that is held here.
        let callback = reference.callback.load(Ordering::Relaxed);
        // ORDERING: as above.
        reference.callback.store(None, Ordering::Relaxed);
        callback
    });
    // SAFETY: the weak reference owned it.
    callback
        .into_iter()
        .for_each(|callback| unsafe { decref(ts, callback) });
}

#[cfg(test)]
mod tests;
