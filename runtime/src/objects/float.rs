//! Floating-point numbers.

use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::life::{alloc_in_class, alloc_value};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;

/// A float object.
#[repr(C)]
#[derive(Debug)]
pub struct Float {
    header: Header,
    value: f64,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Float {
    const KIND: &'static Kind = &Kind {
        size: Size::Fixed(size_of::<Float>()),
        ..Kind::leaf("float", Tag::Float)
    };
}

/// A new float.
#[must_use]
pub fn new(ts: &ThreadState, value: f64) -> Value {
    let header = Header::new(ts, Float::KIND);
    alloc_value(ts, Float { header, value })
}

/// The same as an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of floats.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>, value: f64) -> Value {
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, |header| Float { header, value }, 0) };
    Value::object(block.cast())
}

impl Float {
    /// The number.
    #[inline]
    #[must_use]
    pub fn get(&self) -> f64 {
        self.value
    }
}
