//! References: who owns what, in the types.
//!
//! | type       | a word that                              | copied | at its end            |
//! |------------|------------------------------------------|--------|-----------------------|
//! | [`Owned`]  | owns a reference                         | no     | gives it back         |
//! | [`Ref`]    | is lent by an owner that outlives it     | yes    | nothing               |
//! | [`Operand`]| lies on the evaluator's stack: owned, or borrowed from a slot of its frame or a constant | no | must be consumed |
//!
//! A [`Value`] is the bare word of the layers below. It becomes one of these in the few `unsafe` functions here, whose
//! callers say why; nothing else above `objects` counts references.
//!
//! # Invariants
//! 1. Every `Owned` holds one counted reference, or a word that needs none.
//! 2. What a `Ref` was lent from is not given back while the `Ref` can be used.
//! 3. An operand with the borrow bit names a value that its frame holds, in a slot or a constant, at least until the
//!    operand is consumed; the compiler emits borrowing loads only where no store to the slot can come between.
//!
//! ```text
//! word of an operand or a Ref: 63 ........................ 3 2 1 0
//!                              address of the header       b 0 0    b: borrowed; no reference goes with the word
//! ```

use std::fmt;
use std::marker::PhantomData;
use std::mem::{self, ManuallyDrop};
use std::num::NonZeroUsize;
use std::ptr::NonNull;

use crate::current;
use crate::objects::header::{Header, Object};
use crate::objects::tuple::Tuple;
use crate::objects::value::{Unpacked, Value};
use crate::objects::{decref, incref};
use crate::protocols::thread_state::ThreadState;

/// Marks an operand that is an object and goes without a reference.
const BORROWED: usize = 0b100;
/// These bits are zero in a pointer, borrowed or not.
const IMMEDIATE: usize = 0b011;

/// The state of the calling thread.
///
/// # Panics
/// When the thread is not inside an interpreter.
#[inline]
pub(crate) fn here<R>(body: impl FnOnce(&ThreadState) -> R) -> R {
    let state = current::get().cast::<ThreadState>();
    assert!(!state.is_null(), "the thread is inside an interpreter");
    // SAFETY: a thread sets its own state, and unsets it before the state is deleted.
    body(unsafe { &*state })
}

/// An owned reference.
#[repr(transparent)]
pub(crate) struct Owned(Value);

impl Owned {
    /// `None`
    pub(crate) const NONE: Self = Self(Value::NONE);

    /// Takes over a reference.
    ///
    /// # Safety
    /// The caller owns a reference to `value`, or it needs none, and gives it up.
    #[inline]
    pub(crate) unsafe fn from_value(value: Value) -> Self {
        Self(value)
    }

    /// The bare word; its reference is the caller's to hand on.
    #[inline]
    pub(crate) fn into_value(self) -> Value {
        ManuallyDrop::new(self).0
    }

    /// `True` or `False`.
    #[inline]
    pub(crate) fn bool(truth: bool) -> Self {
        Self(Value::bool(truth))
    }

    /// A small integer.
    #[inline]
    pub(crate) fn small(number: i64) -> Option<Self> {
        Value::small(number).map(Self)
    }

    /// `NotImplemented`
    #[inline]
    pub(crate) fn not_implemented() -> Self {
        Self(Value::NOT_IMPLEMENTED)
    }

    /// Lends the value.
    #[inline]
    pub(crate) fn borrow(&self) -> Ref<'_> {
        Ref(self.0, PhantomData)
    }

    /// Whether this is `NotImplemented`.
    #[inline]
    pub(crate) fn is_not_implemented(&self) -> bool {
        self.0 == Value::NOT_IMPLEMENTED
    }
}

impl Drop for Owned {
    #[inline]
    fn drop(&mut self) {
        if self.0.header().is_some() {
            // SAFETY: Invariant 1.
            here(|ts| unsafe { decref(ts, self.0) });
        }
    }
}

impl Clone for Owned {
    #[inline]
    fn clone(&self) -> Self {
        self.borrow().own()
    }
}

impl fmt::Debug for Owned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A borrowed reference.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Ref<'a>(Value, PhantomData<&'a Value>);

impl PartialEq for Ref<'_> {
    /// Identity.
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl<'a> Ref<'a> {
    /// `None`
    pub(crate) const NONE: Ref<'static> = Ref(Value::NONE, PhantomData);
    /// `True`
    pub(crate) const TRUE: Ref<'static> = Ref(Value::TRUE, PhantomData);
    /// `False`
    pub(crate) const FALSE: Ref<'static> = Ref(Value::FALSE, PhantomData);

    /// Borrows a bare word.
    ///
    /// # Safety
    /// Something keeps the value alive for `'a`.
    #[inline]
    pub(crate) unsafe fn from_value(value: Value) -> Self {
        Ref(value, PhantomData)
    }

    /// The bare word, for the layers below, which borrow it.
    #[inline]
    pub(crate) fn value(self) -> Value {
        clean(self.0)
    }

    /// A new reference.
    #[inline]
    pub(crate) fn own(self) -> Owned {
        let value = self.value();
        if value.header().is_some() {
            here(|ts| incref(ts, value));
        }
        Owned(value)
    }

    /// What the word holds.
    #[inline]
    pub(crate) fn unpack(self) -> Unpacked {
        self.value().unpack()
    }

    /// The header, when the value is an object on the heap.
    #[inline]
    pub(crate) fn header(self) -> Option<&'a Header> {
        // SAFETY: Invariant 2: the object lives for `'a`.
        self.value()
            .header()
            .map(|header| unsafe { header.as_ref() })
    }

    /// The object's fields, when it has the layout, whatever its class.
    #[inline]
    pub(crate) fn downcast<T: Object>(self) -> Option<&'a T> {
        let header = self.header()?;
        // SAFETY: the tag says which layout the object has, by the clause of `Object`.
        header
            .has_layout::<T>()
            .then(|| unsafe { NonNull::from(header).cast::<T>().as_ref() })
    }

    /// The object's fields, when its class is the layout's own.
    #[inline]
    pub(crate) fn exact<T: Object>(self) -> Option<&'a T> {
        let header = self.header()?;
        // SAFETY: as above.
        header
            .is_exactly_of::<T>()
            .then(|| unsafe { NonNull::from(header).cast::<T>().as_ref() })
    }

    /// The small integer, when the value is one. `True` and `False` are not.
    #[inline]
    pub(crate) fn as_small(self) -> Option<i64> {
        self.0.as_small()
    }

    /// The truth value, when the value is `True` or `False`.
    #[inline]
    pub(crate) fn as_bool(self) -> Option<bool> {
        self.0.as_bool()
    }

    /// Whether this is `None`.
    #[inline]
    pub(crate) fn is_none(self) -> bool {
        self.0 == Value::NONE
    }

    /// `None` as nothing.
    #[inline]
    pub(crate) fn not_none(self) -> Option<Self> {
        (!self.is_none()).then_some(self)
    }
}

impl fmt::Debug for Ref<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value().fmt(f)
    }
}

#[inline]
fn word(value: Value) -> usize {
    // SAFETY: a value is one word, which is not zero.
    unsafe { mem::transmute::<Value, NonZeroUsize>(value) }.get()
}

/// The word without the borrow bit.
#[inline]
fn clean(value: Value) -> Value {
    match word(value) & (IMMEDIATE | BORROWED) {
        BORROWED => with_bits(value, |word| word & !BORROWED),
        _ => value,
    }
}

#[inline]
fn with_bits(value: Value, change: impl FnOnce(usize) -> usize) -> Value {
    // SAFETY: only the lowest bits of an address change, which keeps its provenance and is not zero.
    let pointer = unsafe { mem::transmute::<Value, *mut Header>(value) }.map_addr(change);
    // SAFETY: as above.
    unsafe { mem::transmute::<*mut Header, Value>(pointer) }
}

/// A word on the evaluator's stack.
#[derive(Debug)]
#[repr(transparent)]
#[must_use]
pub(crate) struct Operand(Value);

impl Operand {
    /// An operand that borrows from a slot of its frame, or a constant.
    ///
    /// # Safety
    /// Invariant 3.
    #[inline(always)]
    pub(crate) unsafe fn borrowed(value: Value) -> Self {
        match word(value) & IMMEDIATE {
            0 => Self(with_bits(value, |word| word | BORROWED)),
            _ => Self(value),
        }
    }

    /// The same from a word that is lent already.
    ///
    /// # Safety
    /// Invariant 3.
    #[inline(always)]
    pub(crate) unsafe fn lent(value: Ref<'_>) -> Self {
        match word(value.0) & IMMEDIATE {
            0 => Self(with_bits(value.0, |word| word | BORROWED)),
            _ => Self(value.0),
        }
    }

    /// Lends the value.
    #[inline(always)]
    pub(crate) fn borrow(&self) -> Ref<'_> {
        Ref(self.0, PhantomData)
    }

    /// The value as an owned reference, which is counted only now if it was borrowed.
    #[inline(always)]
    pub(crate) fn into_owned(self) -> Owned {
        match word(self.0) & (IMMEDIATE | BORROWED) {
            BORROWED => self.borrow().own(),
            _ => Owned(self.0),
        }
    }

    /// Whether it goes without a reference, though it is an object.
    #[inline(always)]
    pub(crate) fn is_borrowed(&self) -> bool {
        word(self.0) & (IMMEDIATE | BORROWED) == BORROWED
    }

    /// The end of the operand.
    #[inline(always)]
    pub(crate) fn discard(self, ts: &ThreadState) {
        if word(self.0) & (IMMEDIATE | BORROWED) == 0 {
            // SAFETY: the operand owns a reference.
            unsafe { decref(ts, self.0) };
        }
    }
}

impl From<Owned> for Operand {
    #[inline(always)]
    fn from(value: Owned) -> Self {
        Self(value.into_value())
    }
}

/// The bare words of owned references, which the layer below takes over.
pub(crate) fn into_values(owned: Vec<Owned>) -> Vec<Value> {
    owned.into_iter().map(Owned::into_value).collect()
}

/// Owned references from the layer below.
///
/// # Safety
/// The caller owns them all.
pub(crate) unsafe fn from_values(values: Vec<Value>) -> Vec<Owned> {
    values.into_iter().map(Owned).collect()
}

/// Borrows a row of bare words.
///
/// # Safety
/// Something keeps the values alive for `'a`.
pub(crate) unsafe fn refs<'a>(values: &'a [Value]) -> &'a [Ref<'a>] {
    // SAFETY: a `Ref` is a `Value`.
    unsafe { std::slice::from_raw_parts(values.as_ptr().cast::<Ref<'a>>(), values.len()) }
}

/// The items of a tuple.
#[inline]
pub(crate) fn items(tuple: &Tuple) -> &[Ref<'_>] {
    // SAFETY: the tuple owns its items and never changes.
    unsafe { refs(tuple.items()) }
}

/// Lends a row of owned references.
pub(crate) fn lend<'a>(owned: &'a [Owned]) -> &'a [Ref<'a>] {
    // SAFETY: both are a `Value`, and the owners are borrowed as long.
    unsafe { std::slice::from_raw_parts(owned.as_ptr().cast::<Ref<'a>>(), owned.len()) }
}

/// Arguments that may be missing, from ones that are all there.
pub(crate) fn present<'a, 'b>(given: &'b [Ref<'a>]) -> &'b [Option<Ref<'a>>] {
    // SAFETY: a word is never zero, so that an optional one has the same layout.
    unsafe { std::slice::from_raw_parts(given.as_ptr().cast::<Option<Ref<'a>>>(), given.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_kinds_of_reference_are_one_word_and_so_are_optional_ones() {
        assert_eq!(size_of::<Owned>(), 8);
        assert_eq!(size_of::<Option<Owned>>(), 8);
        assert_eq!(size_of::<Option<Ref<'_>>>(), 8);
        assert_eq!(size_of::<Option<Operand>>(), 8);
    }

    #[test]
    fn immediates_have_no_borrow_bit() {
        let values = [Value::NONE, Value::TRUE, Value::ELLIPSIS];
        let numbers = (-9..9).filter_map(Value::small);
        for value in values.into_iter().chain(numbers) {
            // SAFETY: immediates need nobody to keep them alive.
            let operand = unsafe { Operand::borrowed(value) };
            assert!(!operand.is_borrowed());
            assert_eq!(operand.borrow().value(), value);
        }
    }
}
