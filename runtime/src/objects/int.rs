//! Integers: immediate while they fit in 63 bits, else an object that holds a big integer.

use std::borrow::Cow;
use std::ptr::{self, NonNull};

use num_bigint::BigInt;

use crate::objects::header::{Header, Kind, Object, Size, Tag};
use crate::objects::life::{alloc_in_class, alloc_value};
use crate::objects::value::{Unpacked, Value};
use crate::protocols::thread_state::ThreadState;

/// A big integer object; one that would fit in a small integer only as an instance of a subclass.
#[repr(C)]
#[derive(Debug)]
pub struct Int {
    header: Header,
    value: BigInt,
}

// SAFETY: `repr(C)`, header first.
unsafe impl Object for Int {
    const KIND: &'static Kind = &Kind {
        release: Some(release),
        size: Size::Fixed(size_of::<Int>()),
        ..Kind::leaf("int", Tag::Int)
    };
}

/// An integer.
#[inline]
#[must_use]
pub fn from_i64(ts: &ThreadState, value: i64) -> Value {
    Value::small(value).unwrap_or_else(|| big(ts, BigInt::from(value)))
}

/// An integer of any size.
#[must_use]
pub fn from_big(ts: &ThreadState, value: BigInt) -> Value {
    i64::try_from(&value)
        .ok()
        .and_then(Value::small)
        .unwrap_or_else(|| big(ts, value))
}

#[cold]
fn big(ts: &ThreadState, value: BigInt) -> Value {
    let header = Header::new(ts, Int::KIND);
    alloc_value(ts, Int { header, value })
}

/// The same as an instance of a class that shares the layout; small ones get an object too.
///
/// # Safety
/// The caller borrows the class, which is one of integers.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>, value: BigInt) -> Value {
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, |header| Int { header, value }, 0) };
    Value::object(block.cast())
}

/// The integer that `value` is, if it is one; `True` and `False` count as 1 and 0.
#[must_use]
pub fn to_big(value: &Value) -> Option<Cow<'_, BigInt>> {
    match value.unpack() {
        Unpacked::Int(small) => Some(Cow::Owned(BigInt::from(small))),
        Unpacked::Bool(truth) => Some(Cow::Owned(BigInt::from(u8::from(truth)))),
        Unpacked::Object(_) => value.downcast::<Int>().map(|int| Cow::Borrowed(&int.value)),
        _ => None,
    }
}

/// The integer that `value` is, if it is one of at most 64 bits; `True` and `False` count as 1 and 0.
#[inline]
#[must_use]
pub fn to_i64(value: &Value) -> Option<i64> {
    match value.unpack() {
        Unpacked::Int(small) => Some(small),
        Unpacked::Bool(truth) => Some(i64::from(truth)),
        Unpacked::Object(_) => i64::try_from(value.downcast::<Int>()?.get()).ok(),
        _ => None,
    }
}

impl Int {
    /// The number.
    #[must_use]
    pub fn get(&self) -> &BigInt {
        &self.value
    }
}

unsafe fn release(_ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is dead, by the caller's clause; nobody reads the number of a dead integer.
    unsafe { ptr::drop_in_place(&raw mut (*object.cast::<Int>().as_ptr()).value) };
}
