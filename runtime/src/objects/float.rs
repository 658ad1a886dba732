//! Floating-point numbers.
//!
//! # Field access     `value` is read by whoever has a reference. It is written before the object is known to others, and
//! by a thread that has the only reference there can be: what an operator gives then takes its operand's place.

use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::life::{alloc_in_class, alloc_value};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::{cell, seeded};

/// A float object.
#[repr(C)]
#[derive(Debug)]
pub struct Float {
    header: Header,
    value: cell::Cell<f64>,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Float {
    const KIND: &'static Kind = &Kind {
        size: Size::Fixed(size_of::<Float>()),
        ..Kind::leaf("float", Tag::Float)
    };
}

/// A new float.
#[inline]
#[must_use]
pub fn new(ts: &ThreadState, value: f64) -> Value {
    alloc_value(ts, with(Header::new(ts, Float::KIND), value))
}

#[inline]
fn with(header: Header, value: f64) -> Float {
    let value = cell::Cell::new("float", value);
    Float { header, value }
}

/// The same as an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of floats.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>, value: f64) -> Value {
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, |header| with(header, value), 0) };
    Value::object(block.cast())
}

impl Float {
    /// The number.
    #[inline]
    #[must_use]
    pub fn get(&self) -> f64 {
        // SAFETY: who writes it is alone with the object, and the caller has a reference.
        self.value.with(|value| unsafe { *value })
    }

    /// Makes the object another number if the caller's reference is the only one there can be; says whether it did.
    #[inline]
    #[must_use]
    pub fn renew(&self, ts: &ThreadState, value: f64) -> bool {
        let alone = seeded!("fl1-renewed-while-shared")
            || self.header.count.is_uniquely_referenced(ts.id());
        if alone {
            // SAFETY: nobody else has a reference or can take one.
            self.value.with_mut(|place| unsafe { *place = value });
        }
        alone
    }
}
