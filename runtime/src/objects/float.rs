//! Floating-point numbers.

use crate::objects::header::{Header, Kind, Object, Tag};
use crate::objects::life::alloc_value;
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
    const KIND: &'static Kind = &Kind::leaf("float", Tag::Float);
}

/// A new float.
#[must_use]
pub fn new(ts: &ThreadState, value: f64) -> Value {
    let header = Header::new(ts, Float::KIND);
    alloc_value(ts, Float { header, value })
}

impl Float {
    /// The number.
    #[inline]
    #[must_use]
    pub fn get(&self) -> f64 {
        self.value
    }
}
