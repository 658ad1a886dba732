//! Deques: items with two ends, all under the deque's lock.
//!
//! # Source           CPython Modules/_collectionsmodule.c (3.13.5), whose methods are critical sections of the deque.
//! Differences: the items lie in one ring and not in a chain of blocks; `len` is read without the lock.
//!
//! # State            inner { items, most, version }     len
//!   most      nothing, or how many items there may be
//!   version   changes with every change of which items there are, so that iterators notice it
//!   len       the number of items, for those who hold no lock
//!
//! # Transitions      (l) holding the deque's lock
//!   push   -l-> one item more at one end, and with a full deque one less at the other
//!   pop    -l-> one item less at one end, which is the caller's
//!   change -l-> other items, at most as many as there may be
//!
//! # Invariants
//! 1. What one operation changes, others see whole or not at all.       library_deque_appends_lose_nothing
//! 2. At no moment are there more items than there may be.              library_deque_stays_bounded
//! 3. An item that is taken out is one thread's.                        library_deque_items_go_to_one
//!
//! # Orderings        none of its own: the lock orders the items, and nothing depends on `len`
//!
//! # Progress         Blocking.
//!
//! # Not covered      What runs Python code between two operations: `extend`, `index`, `remove` hold a section around them.
//!
//! # Checks           The scenarios named above, faults `dq*`.

use std::collections::VecDeque;
use std::mem;
use std::ptr::{self, NonNull};

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::life::{alloc_in_class, alloc_own, decref, new_ref};
use crate::objects::value::Value;
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::cell::Cell;
use crate::sync::{event, invariant, seeded};

/// A deque object.
#[repr(C)]
#[derive(Debug)]
pub struct Deque {
    header: Header,
    len: AtomicUsize,
    inner: Cell<Inner>,
}

/// What only the holder of the lock uses.
#[derive(Debug, Default)]
struct Inner {
    items: VecDeque<Value>,
    most: Option<usize>,
    version: u64,
}

/// One of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum End {
    Left,
    Right,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Deque {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        release: Some(release),
        clear: Some(clear_object),
        size: Size::Fixed(size_of::<Deque>()),
        ..Kind::leaf("deque", Tag::Deque)
    };
}

/// A new deque of a class that has the layout, without items; it may have so many.
///
/// # Safety
/// The caller borrows the class, which is one of deques.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>, most: Option<usize>) -> Value {
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, |header| Deque::new(header, most), 0) };
    Value::object(block.cast())
}

/// A new deque, without items; it may have so many.
#[must_use]
pub fn new(ts: &ThreadState, most: Option<usize>) -> Value {
    Value::object(alloc_own(ts, |header| Deque::new(header, most)).cast())
}

/// Adds an item at one end, whose reference it takes over; a full deque gives up the item at the other end.
pub fn push(ts: &ThreadState, deque: &Deque, end: End, item: Value) {
    if seeded!("dq1-push-in-two-sections") {
        let mut all = read(ts, deque, |items| {
            items.iter().copied().collect::<VecDeque<_>>()
        });
        all.push_back(item);
        return change(ts, deque, |items| *items = all);
    }
    if seeded!("dq2-room-made-before") {
        let full = deque.locked(ts, |inner| {
            inner.most.is_some_and(|most| inner.items.len() >= most)
        });
        let gone = full.then(|| pop(ts, deque, end.other())).flatten();
        deque.changed(ts, "deque.push", |inner| inner.push(end, item));
        // SAFETY: it was taken out.
        gone.inspect(|gone| unsafe { decref(ts, *gone) });
        return;
    }
    let gone = deque.changed(ts, "deque.push", |inner| {
        inner.push(end, item);
        let over = inner.most.is_some_and(|most| inner.items.len() > most);
        over.then(|| inner.pop(end.other())).flatten()
    });
    if let Some(gone) = gone {
        // SAFETY: the deque owned it.
        unsafe { decref(ts, gone) };
    }
}

/// Takes out the item at one end, which is the caller's then.
#[must_use = "the reference must be given back"]
pub fn pop(ts: &ThreadState, deque: &Deque, end: End) -> Option<Value> {
    if seeded!("dq3-looked-before-taken") {
        let seen = read(ts, deque, |items| items.front().copied())?;
        let _ = deque.changed(ts, "deque.pop", |inner| inner.pop(end));
        return Some(seen);
    }
    deque.changed(ts, "deque.pop", |inner| inner.pop(end))
}

/// Looks at the items, which do not change meanwhile. `look` runs no Python code.
pub fn read<R>(ts: &ThreadState, deque: &Deque, look: impl FnOnce(&VecDeque<Value>) -> R) -> R {
    event::reads(deque, None);
    event::operation("deque.read", || {
        deque.locked(ts, |inner| look(&inner.items))
    })
}

/// A new reference to the item that `pick` names.
pub fn get(
    ts: &ThreadState,
    deque: &Deque,
    pick: impl FnOnce(&VecDeque<Value>) -> Option<Value>,
) -> Option<Value> {
    read(ts, deque, |items| pick(items).map(|item| new_ref(ts, item)))
}

/// Changes the items at will; what `change` takes out, whose references it gives to the caller, and what it puts in it
/// owns. It runs no Python code and leaves no more items than there may be.
pub fn change<R>(
    ts: &ThreadState,
    deque: &Deque,
    change: impl FnOnce(&mut VecDeque<Value>) -> R,
) -> R {
    deque.changed(ts, "deque.change", |inner| change(&mut inner.items))
}

/// Sets how many items there may be, and takes out all of them, which are the caller's then.
#[must_use = "the references must be given back"]
pub fn reset(ts: &ThreadState, deque: &Deque, most: Option<usize>) -> VecDeque<Value> {
    deque.changed(ts, "deque.reset", |inner| {
        inner.most = most;
        mem::take(&mut inner.items)
    })
}

/// How many items there may be.
pub fn most(ts: &ThreadState, deque: &Deque) -> Option<usize> {
    event::reads(deque, None);
    deque.locked(ts, |inner| inner.most)
}

/// A number that another change of the items changes.
pub fn version(ts: &ThreadState, deque: &Deque) -> u64 {
    event::reads(deque, None);
    deque.locked(ts, |inner| inner.version)
}

/// A new reference to the item at a place, if nobody has changed the items since they had a version: `Err` if so.
///
/// # Errors
/// The items are others.
pub fn get_unchanged(
    ts: &ThreadState,
    deque: &Deque,
    version: u64,
    place: usize,
) -> Result<Option<Value>, Changed> {
    event::reads(deque, None);
    deque.locked(ts, |inner| match inner.version == version {
        true => Ok(inner.items.get(place).map(|item| new_ref(ts, *item))),
        false => Err(Changed),
    })
}

/// The items are not those that were seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Changed;

/// Runs `body`, which may run Python code, with the lock held until it is given up.
pub fn within<R>(ts: &ThreadState, deque: &Deque, body: impl FnOnce() -> R) -> R {
    critical_section::with(ts, &deque.header.lock, body)
}

impl End {
    /// The other end.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            End::Left => End::Right,
            End::Right => End::Left,
        }
    }
}

impl Deque {
    fn new(header: Header, most: Option<usize>) -> Self {
        let inner = Inner {
            most,
            ..Inner::default()
        };
        Self {
            header,
            len: AtomicUsize::new("len", 0),
            inner: Cell::new("items", inner),
        }
    }

    fn locked<R>(&self, ts: &ThreadState, body: impl FnOnce(&mut Inner) -> R) -> R {
        critical_section::with(ts, &self.header.lock, || {
            // SAFETY: the lock keeps other threads out, and `body` does not come back here.
            self.inner.with_mut(|inner| body(unsafe { &mut *inner }))
        })
    }

    fn changed<R>(
        &self,
        ts: &ThreadState,
        name: &'static str,
        body: impl FnOnce(&mut Inner) -> R,
    ) -> R {
        event::writes(self, None);
        event::operation(name, || {
            self.locked(ts, |inner| {
                let result = body(inner);
                inner.version += 1;
                let (len, most) = (inner.items.len(), inner.most);
                let fits = most.is_none_or(|most| len <= most);
                invariant!(fits, "deque 2", "{len} items where {most:?} may be");
                // ORDERING: relaxed: no access depends on it.
                self.len.store(len, Ordering::Relaxed);
                result
            })
        })
    }

    /// The number of items; without the lock a hint that may be old when it arrives.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        event::reads(self, None);
        // ORDERING: relaxed, as in `changed`.
        self.len.load(Ordering::Relaxed)
    }

    /// Whether there are no items; as good as [`Self::len`].
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Inner {
    fn push(&mut self, end: End, item: Value) {
        match end {
            End::Left => self.items.push_front(item),
            End::Right => self.items.push_back(item),
        }
    }

    fn pop(&mut self, end: End) -> Option<Value> {
        match end {
            End::Left => self.items.pop_front(),
            End::Right => self.items.pop_back(),
        }
    }
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is a deque.
    let deque = unsafe { object.cast::<Deque>().as_ref() };
    // SAFETY: the world is stopped, or the deque is dead.
    let show = |inner: *const Inner| unsafe { (*inner).items.iter().copied().for_each(visit) };
    deque.inner.with(show);
}

unsafe fn release(_ts: &ThreadState, object: NonNull<Header>) {
    let deque = object.cast::<Deque>();
    // SAFETY: the object is dead, by the caller's clause, so nobody uses the items after this; words own nothing.
    unsafe { ptr::drop_in_place(&raw mut (*deque.as_ptr()).inner) };
}

unsafe fn clear_object(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is alive, by the caller's clause.
    let deque = unsafe { object.cast::<Deque>().as_ref() };
    for item in change(ts, deque, mem::take) {
        // SAFETY: the deque owned it.
        unsafe { decref(ts, item) };
    }
}
