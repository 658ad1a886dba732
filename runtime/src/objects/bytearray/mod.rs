//! Bytearrays: bytes that change, all under the array's lock; who exports them keeps their number as it is.
//!
//! # Source           CPython Objects/bytearrayobject.c (3.13.5 for what it does, 3.14 for the critical sections).
//! Differences: a memory view goes through the lock too, so that two threads never see half of a change; a change that
//! leaves the length as it is may give the bytes another block.
//!
//! # State            inner { bytes, exports }     len
//!   exports 0        the bytes and their number may change
//!   exports > 0      the bytes may change, their number may not
//!   len              the number of bytes, for those who hold no lock
//!
//! # Transitions      (l) holding the array's lock
//!   write    -l-> other bytes
//!   resize   -l-> other bytes, as many as there were or, with no export, any number; else refused, and nothing changed
//!   export   -l-> exports + 1; of a range, only if the range is still there
//!   release  -l-> exports - 1
//!
//! # Invariants
//! 1. What one operation changes, others see whole or not at all.       bytearray_appends_lose_nothing
//! 2. A range that an export was made for stays inside of the bytes.    bytearray_export_vs_resize,
//!    bytearray_view_used_vs_released
//! 3. Every export is released once.                                    by the owner of each, see the type above
//!
//! # Orderings        none of its own: the lock orders the bytes, and nothing depends on `len`
//!
//! # Not covered      Operations on two arrays take the bytes of the second before the lock of the first.
//!
//! # Checks           The scenarios named above, faults `ba*`.

use std::ptr::{self, NonNull};

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::life::{alloc_in_class, alloc_value};
use crate::objects::value::Value;
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::{AtomicUsize, Ordering};
use crate::sync::cell::Cell;
use crate::sync::{event, invariant, seeded};

/// A bytearray object.
#[repr(C)]
#[derive(Debug)]
pub struct Bytearray {
    header: Header,
    len: AtomicUsize,
    inner: Cell<Inner>,
}

/// What only the holder of the lock uses.
#[derive(Debug, Default)]
struct Inner {
    bytes: Vec<u8>,
    exports: usize,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Bytearray {
    const KIND: &'static Kind = &Kind {
        release: Some(release_object),
        size: Size::Fixed(size_of::<Bytearray>()),
        ..Kind::leaf("bytearray", Tag::Bytearray)
    };
}

/// The part of an array that says how long it is, and so whether it may become longer: exports do not change it.
const LENGTH: u64 = 0;
/// The part that has the bytes.
const BYTES: u64 = 1;

/// The array is exported, so that it cannot get another length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Exported;

/// A new bytearray.
#[must_use]
pub fn new(ts: &ThreadState, bytes: Vec<u8>) -> Value {
    alloc_value(ts, Bytearray::new(Header::new(ts, Bytearray::KIND), bytes))
}

/// The same as an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of bytearrays.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>, bytes: Vec<u8>) -> Value {
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, |header| Bytearray::new(header, bytes), 0) };
    Value::object(block.cast())
}

/// Looks at the bytes, which do not change meanwhile. `look` runs no Python code.
pub fn read<R>(ts: &ThreadState, array: &Bytearray, look: impl FnOnce(&[u8]) -> R) -> R {
    event::reads(array, Some(BYTES));
    event::operation("bytearray.read", || {
        array.locked(ts, |inner| look(&inner.bytes))
    })
}

/// Changes bytes, but not their number. `change` runs no Python code.
pub fn write<R>(ts: &ThreadState, array: &Bytearray, change: impl FnOnce(&mut [u8]) -> R) -> R {
    event::writes(array, Some(BYTES));
    event::operation("bytearray.write", || {
        array.locked(ts, |inner| change(&mut inner.bytes))
    })
}

/// Changes the bytes and their number. `change` runs no Python code.
///
/// # Errors
/// The number is another while the array is exported; nothing is changed then.
pub fn resize<R>(
    ts: &ThreadState,
    array: &Bytearray,
    change: impl FnOnce(&mut Vec<u8>) -> R,
) -> Result<R, Exported> {
    event::writes(array, None);
    event::operation("bytearray.resize", || {
        array.locked(ts, |inner| {
            let result = inner.resize(change)?;
            array.set_len(inner.bytes.len());
            Ok(result)
        })
    })
}

/// Adds bytes at the end.
///
/// # Errors
/// As for [`resize`].
pub fn append(ts: &ThreadState, array: &Bytearray, more: &[u8]) -> Result<(), Exported> {
    if seeded!("ba1-append-in-two-sections") {
        let mut bytes = read(ts, array, <[u8]>::to_vec);
        bytes.extend_from_slice(more);
        return resize(ts, array, |old| *old = bytes);
    }
    resize(ts, array, |bytes| bytes.extend_from_slice(more))
}

/// Keeps the number of bytes as it is until [`release`], and gives it.
pub fn export(ts: &ThreadState, array: &Bytearray) -> usize {
    event::reads(array, Some(LENGTH));
    event::call("bytearray.export", (), || {
        array.locked(ts, |inner| {
            inner.exports += 1;
            inner.bytes.len()
        })
    })
}

/// As [`export`], for a range that was seen without holding the array; nothing if it is not inside of the bytes any more.
pub fn export_range(ts: &ThreadState, array: &Bytearray, end: usize) -> Option<usize> {
    event::reads(array, Some(LENGTH));
    event::call("bytearray.export", end, || {
        array.locked(ts, |inner| {
            let inside = inner.bytes.len() >= end || seeded!("ba3-range-not-asked");
            inner.exports += usize::from(inside);
            inside.then_some(inner.bytes.len())
        })
    })
}

/// Ends what [`export`] began.
pub fn release(ts: &ThreadState, array: &Bytearray) {
    event::reads(array, Some(LENGTH));
    event::operation("bytearray.release", || {
        array.locked(ts, |inner| {
            invariant!(inner.exports > 0, "bytearray 3", "no export to release");
            inner.exports -= 1;
        });
    });
}

/// How many bytes there is room for.
#[must_use]
pub fn capacity(ts: &ThreadState, array: &Bytearray) -> usize {
    event::reads(array, Some(LENGTH));
    array.locked(ts, |inner| inner.bytes.capacity())
}

impl Bytearray {
    fn new(header: Header, bytes: Vec<u8>) -> Self {
        Self {
            header,
            len: AtomicUsize::new("len", bytes.len()),
            inner: Cell::new("bytes", Inner { bytes, exports: 0 }),
        }
    }

    fn locked<R>(&self, ts: &ThreadState, body: impl FnOnce(&mut Inner) -> R) -> R {
        critical_section::with(ts, &self.header.lock, || {
            // SAFETY: the lock keeps other threads out, and `body` does not come back here.
            self.inner.with_mut(|inner| body(unsafe { &mut *inner }))
        })
    }

    /// The number of bytes; without the lock a hint that may be old when it arrives.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        event::reads(self, Some(LENGTH));
        // ORDERING: relaxed: no access depends on it.
        self.len.load(Ordering::Relaxed)
    }

    /// Whether there are no bytes; as good as [`Self::len`].
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn set_len(&self, len: usize) {
        // ORDERING: relaxed, as in `len`.
        self.len.store(len, Ordering::Relaxed);
    }
}

impl Inner {
    fn resize<R>(&mut self, change: impl FnOnce(&mut Vec<u8>) -> R) -> Result<R, Exported> {
        if self.exports == 0 || seeded!("ba2-exports-not-asked") {
            return Ok(change(&mut self.bytes));
        }
        let mut bytes = self.bytes.clone();
        let result = change(&mut bytes);
        if bytes.len() != self.bytes.len() {
            return Err(Exported);
        }
        self.bytes = bytes;
        Ok(result)
    }
}

unsafe fn release_object(_ts: &ThreadState, object: NonNull<Header>) {
    let array = object.cast::<Bytearray>();
    // SAFETY: the object is dead, by the caller's clause, so nobody uses the bytes after this.
    unsafe { ptr::drop_in_place(&raw mut (*array.as_ptr()).inner) };
}

#[cfg(test)]
mod tests;
