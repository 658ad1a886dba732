//! A Python value in one word: small integers and singletons in place, every other object by pointer.
//!
//! ```text
//! word: 63 ............................. 3 2 1 0
//!       signed integer of 63 bits            . 1      small integer
//!       number of the singleton            0 1 0      None, False, True, NotImplemented, Ellipsis
//!       address of the header              0 0 0      object
//! ```
//!
//! A `Value` is a plain copy of the word. Whether it owns a reference is stated where it is passed: *borrowed* values
//! live as long as whoever lent them, *new* ones must be given back with [`super::decref`].

use std::fmt;
use std::num::NonZeroUsize;
use std::ptr::{self, NonNull};

use crate::objects::header::{Header, Object};
use crate::sync::atomic::{AtomicPtr, Ordering};
use crate::sync::event::{Item, Shown, Told};

const _: () = assert!(usize::BITS == 64, "values need 64-bit words");

const INT_BIT: usize = 0b001;
const SINGLETON_BIT: usize = 0b010;
const TAG_BITS: usize = 0b111;
const SINGLETON_SHIFT: u32 = 3;

const NONE: usize = 0;
const FALSE: usize = 1;
const TRUE: usize = 2;
const NOT_IMPLEMENTED: usize = 3;
const ELLIPSIS: usize = 4;

/// A small integer, a singleton or a pointer to an object.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Value(NonNull<Header>);

// SAFETY: a value is an address. What lies behind it is shared between threads by the rules of `Header`.
unsafe impl Send for Value {}
// SAFETY: as above.
unsafe impl Sync for Value {}

/// What a word can be, for `match`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpacked {
    /// A small integer.
    Int(i64),
    /// `None`.
    None,
    /// `False` or `True`.
    Bool(bool),
    /// `NotImplemented`.
    NotImplemented,
    /// `...`.
    Ellipsis,
    /// An object on the heap.
    Object(NonNull<Header>),
}

impl Value {
    /// `None`.
    pub const NONE: Self = Self::singleton(NONE);
    /// `False`.
    pub const FALSE: Self = Self::singleton(FALSE);
    /// `True`.
    pub const TRUE: Self = Self::singleton(TRUE);
    /// `NotImplemented`.
    pub const NOT_IMPLEMENTED: Self = Self::singleton(NOT_IMPLEMENTED);
    /// `...`.
    pub const ELLIPSIS: Self = Self::singleton(ELLIPSIS);

    /// The largest integer that needs no object.
    pub const MAX_INT: i64 = i64::MAX >> 1;
    /// The smallest integer that needs no object.
    pub const MIN_INT: i64 = i64::MIN >> 1;

    const fn singleton(number: usize) -> Self {
        Self::immediate((number << SINGLETON_SHIFT) | SINGLETON_BIT)
    }

    const fn immediate(word: usize) -> Self {
        match NonZeroUsize::new(word) {
            Some(word) => Self(NonNull::without_provenance(word)),
            None => panic!("an immediate has a tag bit"),
        }
    }

    /// A small integer; `None` when `value` needs an object.
    #[inline]
    #[must_use]
    pub const fn small(value: i64) -> Option<Self> {
        if Self::MIN_INT <= value && value <= Self::MAX_INT {
            Some(Self::immediate(((value << 1) as usize) | INT_BIT))
        } else {
            None
        }
    }

    /// `True` or `False`.
    #[inline]
    #[must_use]
    pub const fn bool(value: bool) -> Self {
        if value { Self::TRUE } else { Self::FALSE }
    }

    /// A pointer to an object; the reference, if there is one, goes with it.
    #[inline]
    #[must_use]
    pub const fn object(header: NonNull<Header>) -> Self {
        Self(header)
    }

    #[inline]
    fn word(self) -> usize {
        self.0.addr().get()
    }

    /// The word as a pointer, to be compared and given back to [`Self::object`]; it may lead nowhere.
    #[inline]
    pub(super) const fn word_pointer(self) -> NonNull<Header> {
        self.0
    }

    /// What the word holds.
    #[inline]
    #[must_use]
    pub fn unpack(self) -> Unpacked {
        if let Some(header) = self.header() {
            return Unpacked::Object(header);
        }
        if let Some(value) = self.as_small() {
            return Unpacked::Int(value);
        }
        match self.word() >> SINGLETON_SHIFT {
            NONE => Unpacked::None,
            FALSE => Unpacked::Bool(false),
            TRUE => Unpacked::Bool(true),
            NOT_IMPLEMENTED => Unpacked::NotImplemented,
            _ => Unpacked::Ellipsis,
        }
    }

    /// The header, when the value is an object on the heap.
    #[inline]
    #[must_use]
    pub fn header(self) -> Option<NonNull<Header>> {
        (self.word() & TAG_BITS == 0).then_some(self.0)
    }

    /// The header to read, when the value is an object on the heap.
    #[inline]
    #[must_use]
    pub fn as_header(&self) -> Option<&Header> {
        // SAFETY: a value that can be reached is alive, by the clause of `decref`; one that was read from shared memory
        // without a lock has at least a valid header until the next quiescent state.
        self.header().map(|header| unsafe { header.as_ref() })
    }

    /// The object's fields, when the value is an object of that kind.
    #[inline]
    #[must_use]
    pub fn downcast<T: Object>(&self) -> Option<&T> {
        let header = self.as_header()?;
        // SAFETY: the tag says which layout the block has, by the clause of `Object`.
        header
            .has_layout::<T>()
            .then(|| unsafe { self.0.cast::<T>().as_ref() })
    }

    /// As [`Self::downcast`], unless the object's class only shares the layout.
    #[inline]
    #[must_use]
    pub fn exact<T: Object>(&self) -> Option<&T> {
        let header = self.as_header()?;
        // SAFETY: as above.
        header
            .is_exactly_of::<T>()
            .then(|| unsafe { self.0.cast::<T>().as_ref() })
    }

    /// The small integer, when the value is one. `True` and `False` are not.
    #[inline]
    #[must_use]
    pub fn as_small(self) -> Option<i64> {
        (self.word() & INT_BIT != 0).then_some((self.word() as i64) >> 1)
    }

    /// The truth value, when the value is `True` or `False`.
    #[inline]
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.unpack() {
            Unpacked::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    /// Whether this is `None`.
    #[inline]
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }
}

impl Shown for Value {
    fn shown(&self, told: &mut Told) {
        told.add(match self.unpack() {
            Unpacked::Int(value) => Item::Number(value),
            Unpacked::None => Item::Word("None"),
            Unpacked::Bool(true) => Item::Word("True"),
            Unpacked::Bool(false) => Item::Word("False"),
            Unpacked::NotImplemented => Item::Word("NotImplemented"),
            Unpacked::Ellipsis => Item::Word("..."),
            Unpacked::Object(header) => Item::Object(header.addr().get()),
        });
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unpack() {
            Unpacked::Int(value) => write!(f, "{value}"),
            Unpacked::Object(header) => write!(f, "object {header:?}"),
            other => write!(f, "{other:?}"),
        }
    }
}

/// A place in shared memory for a value or nothing.
#[derive(Debug)]
#[repr(transparent)]
pub struct Slot(AtomicPtr<Header>);

impl Slot {
    /// A slot that holds `value`; `name` is what traces call it.
    #[inline]
    #[must_use]
    pub fn new(name: &'static str, value: Option<Value>) -> Self {
        Self(AtomicPtr::new(name, Self::pointer(value)))
    }

    fn pointer(value: Option<Value>) -> *mut Header {
        value.map_or(ptr::null_mut(), |value| value.0.as_ptr())
    }

    /// Reads the slot.
    #[inline]
    pub fn load(&self, order: Ordering) -> Option<Value> {
        NonNull::new(self.0.load(order)).map(Value)
    }

    /// Writes the slot.
    #[inline]
    pub fn store(&self, value: Option<Value>, order: Ordering) {
        self.0.store(Self::pointer(value), order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_one_word_and_so_is_an_optional_one() {
        assert_eq!(size_of::<Value>(), 8);
        assert_eq!(size_of::<Option<Value>>(), 8);
    }

    #[test]
    fn small_integers_round_trip_to_their_limits() {
        for n in [0, 1, -1, 42, Value::MAX_INT, Value::MIN_INT] {
            assert_eq!(Value::small(n).and_then(Value::as_small), Some(n));
        }
        assert_eq!(Value::small(Value::MAX_INT + 1), None);
        assert_eq!(Value::small(Value::MIN_INT - 1), None);
    }

    #[test]
    fn singletons_are_distinct_and_no_integers() {
        let all = [
            Value::NONE,
            Value::FALSE,
            Value::TRUE,
            Value::NOT_IMPLEMENTED,
            Value::ELLIPSIS,
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(a.as_small().is_none() && a.header().is_none());
            assert!(all[i + 1..].iter().all(|b| a != b));
        }
        assert_eq!(Value::TRUE.unpack(), Unpacked::Bool(true));
        assert_eq!(Value::ELLIPSIS.unpack(), Unpacked::Ellipsis);
    }
}
