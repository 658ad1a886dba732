//! Tuples: an immutable row of values in the object's own block.

use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::life::{alloc, alloc_in_class};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;

/// A tuple object; its items follow it in the block.
#[repr(C)]
#[derive(Debug)]
pub struct Tuple {
    header: Header,
    len: usize,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Tuple {
    const KIND: &'static Kind = &Kind {
        traverse: Some(traverse),
        size: Size::Of(size),
        ..Kind::leaf("tuple", Tag::Tuple)
    };
}

/// A new tuple that takes over the references to `items`.
#[must_use]
pub fn new(ts: &ThreadState, items: &[Value]) -> Value {
    let object = Tuple {
        header: Header::new(ts, Tuple::KIND),
        len: items.len(),
    };
    let block = alloc(ts, object, size_of_val(items));
    // SAFETY: the block ends with room for the items, and nobody else knows it yet.
    unsafe {
        tail(block).copy_from_nonoverlapping(NonNull::from(items).cast(), items.len());
    }
    Value::object(block.cast())
}

/// The same as an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of tuples.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>, items: &[Value]) -> Value {
    let make = |header| Tuple {
        header,
        len: items.len(),
    };
    // SAFETY: the caller's clause; the items come directly behind the struct.
    let block = unsafe { alloc_in_class(ts, class, make, size_of_val(items)) };
    // SAFETY: as in `new`.
    unsafe {
        tail(block).copy_from_nonoverlapping(NonNull::from(items).cast(), items.len());
    }
    Value::object(block.cast())
}

fn tail(object: NonNull<Tuple>) -> NonNull<Value> {
    // SAFETY: every tuple is allocated with its items behind it, so the end of the struct is inside the block.
    unsafe { object.add(1).cast() }
}

impl Tuple {
    /// The items, borrowed from the tuple.
    #[inline]
    #[must_use]
    pub fn items(&self) -> &[Value] {
        // SAFETY: `new` wrote exactly these items there, and they never change.
        unsafe { std::slice::from_raw_parts(tail(NonNull::from(self)).as_ptr(), self.len) }
    }
}

unsafe fn size(object: NonNull<Header>) -> usize {
    // SAFETY: the caller's clause; the kind says that this is a tuple.
    size_of::<Tuple>() + size_of_val(unsafe { object.cast::<Tuple>().as_ref() }.items())
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is a tuple.
    for &item in unsafe { object.cast::<Tuple>().as_ref() }.items() {
        visit(item);
    }
}
