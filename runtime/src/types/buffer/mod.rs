//! What `bytes` and `bytearray` share: their methods, once, over slices of bytes.
//!
//! A [`Buffer`] is the receiver: bytes that never change, or an array that is read under its lock. [`Data`] is what
//! methods take as an argument: the bytes of any bytes-like object at one moment.

mod cases;
mod coding;
mod construct;
mod items;
pub(crate) mod iterator;
mod pieces;
mod search;

use std::borrow::Cow;
use std::ops::Deref;

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, number};
use crate::eval::{Args, Outcome};
use crate::objects::bytearray::{self as array, Bytearray};
use crate::refs::{Owned, Ref, here};
use crate::types::TypeId;
use crate::types::args::Receiver;
use crate::types::bytes::{self, Bytes};
use crate::types::convert::Take;

pub(crate) use cases::*;
pub(crate) use coding::*;
pub(crate) use construct::{Source, byte, collect, source};
pub(crate) use items::*;
pub(crate) use iterator::{BYTEARRAY_ITERATOR, BYTES_ITERATOR};
pub(crate) use pieces::*;
pub(crate) use search::*;

/// The receiver of a method of `bytes` or `bytearray`.
#[derive(Clone, Copy)]
pub(crate) enum Buffer<'a> {
    Bytes(Ref<'a>, &'a Bytes),
    Array(&'a Bytearray),
}

impl<'a> Buffer<'a> {
    /// The object as a buffer, if it is of one of the two layouts.
    #[inline]
    pub(crate) fn of(value: Ref<'a>) -> Option<Self> {
        match value.payload::<Bytes>() {
            Some(bytes) => Some(Self::Bytes(value, bytes)),
            None => value.downcast::<Bytearray>().map(Self::Array),
        }
    }

    /// The receiver of a slot.
    #[inline]
    fn receiver(value: Ref<'a>) -> Self {
        Self::of(value).expect("a slot gets objects of its class")
    }

    /// Looks at the bytes as they are at one moment. `look` runs no Python code.
    pub(crate) fn read<R>(self, look: impl FnOnce(&[u8]) -> R) -> R {
        match self {
            Self::Bytes(_, bytes) => look(&bytes.bytes),
            Self::Array(bytes) => here(|ts| array::read(ts, bytes, look)),
        }
    }

    /// How many bytes there are at this moment.
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Bytes(_, bytes) => bytes.bytes.len(),
            Self::Array(bytes) => bytes.len(),
        }
    }

    /// An object of the same type.
    pub(crate) fn make(self, cx: &Cx, made: Vec<u8>) -> Owned {
        match self {
            Self::Bytes(..) => bytes::from_vec(cx, made),
            Self::Array(_) => cx.bytearray(made),
        }
    }

    /// An object of the same type with the bytes that `change` makes of these.
    fn map(self, cx: &Cx, change: impl FnOnce(&[u8]) -> Vec<u8>) -> Owned {
        self.make(cx, self.read(change))
    }

    /// The same bytes: the object itself when it is plain `bytes`.
    pub(crate) fn same(self, cx: &Cx) -> Owned {
        match self {
            Self::Bytes(this, _) if cx.class_of(this).is(crate::types::TypeId::Bytes) => this.own(),
            _ => self.map(cx, <[u8]>::to_vec),
        }
    }
}

impl<'a> Receiver<'a> for Buffer<'a> {
    #[inline]
    fn receive(value: Ref<'a>) -> Option<Self> {
        Self::of(value)
    }
}

/// The bytes of a bytes-like object at one moment.
#[derive(Debug)]
pub(crate) struct Data<'a>(pub(crate) Cow<'a, [u8]>);

impl Deref for Data<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<'a> Take<'a> for Data<'a> {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        match data(cx, value)? {
            Some(data) => Ok(data),
            None => {
                let kind = cx.type_name(value);
                let message = format!("a bytes-like object is required, not '{kind}'");
                Err(cx.type_error(message))
            }
        }
    }
}

/// The bytes of a bytes-like object; nothing if it is none.
///
/// # Errors
/// A memory view that was released.
pub(crate) fn data<'a>(cx: &Cx, value: Ref<'a>) -> Outcome<Option<Data<'a>>> {
    if let Some(bytes) = value.payload::<Bytes>() {
        return Ok(Some(Data(Cow::Borrowed(&bytes.bytes))));
    }
    if let Some(array) = value.downcast::<Bytearray>() {
        let copied = array::read(cx.ts, array, <[u8]>::to_vec);
        return Ok(Some(Data(Cow::Owned(copied))));
    }
    if cx.is_instance(value, TypeId::MemoryView) {
        let copied = cx.copied_view(value)?;
        return Ok(Some(Data(Cow::Owned(copied))));
    }
    match exported(cx, value)? {
        Some(view) => {
            let copied = cx.copied_view(view.borrow())?;
            Ok(Some(Data(Cow::Owned(copied))))
        }
        None => Ok(None),
    }
}

/// The memory view that an object of the user's classes gives by `__buffer__`.
pub(crate) fn exported(cx: &Cx, value: Ref<'_>) -> Outcome<Option<Owned>> {
    /// `inspect.BufferFlags.FULL_RO`
    const FULL_RO: i64 = 0x11c;
    if cx.class_of(value).is_builtin() {
        return Ok(None);
    }
    let Some(method) = attribute::special(cx, value, cx.intern("__buffer__"))? else {
        return Ok(None);
    };
    let flags = cx.int(FULL_RO);
    let view = cx.call(method.borrow(), Args::positional(&[flags.borrow()]))?;
    match cx.is_instance(view.borrow(), TypeId::MemoryView) {
        true => Ok(Some(view)),
        false => Err(cx.type_error("__buffer__ returned non-memoryview object")),
    }
}

/// Whether an object has bytes to give.
pub(crate) fn is_bytes_like(cx: &Cx, value: Ref<'_>) -> bool {
    Buffer::of(value).is_some()
        || cx.is_instance(value, TypeId::MemoryView)
        || !cx.class_of(value).is_builtin()
            && cx
                .class_of(value)
                .lookup(cx, cx.intern("__buffer__"))
                .is_some()
}

impl Cx<'_> {
    /// What `%b` writes: the bytes of a bytes-like object, or those that `__bytes__` gives.
    ///
    /// # Errors
    /// What the object's code raised.
    pub(crate) fn printed_bytes(&self, value: Ref<'_>) -> Outcome<Option<Vec<u8>>> {
        match data(self, value)? {
            Some(data) => Ok(Some(data.0.into_owned())),
            None => construct::by_method(self, value),
        }
    }
}

/// One part of what is looked for: a byte as a number, or bytes.
pub(crate) struct Wanted<'a>(Data<'a>);

impl Deref for Wanted<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<'a> Take<'a> for Wanted<'a> {
    fn take(cx: &Cx, value: Ref<'a>) -> Outcome<Self> {
        if let Some(data) = data(cx, value)? {
            return Ok(Self(data));
        }
        if !number::is_index(cx, value) {
            let kind = cx.type_name(value);
            return Err(cx.type_error(format!(
                "argument should be integer or bytes-like object, not '{kind}'"
            )));
        }
        let byte = construct::byte(cx, value)?;
        Ok(Self(Data(Cow::Owned(vec![byte]))))
    }
}
