//! Holds on the bytes that a view looks at.

use crate::eval::cx::Cx;
use crate::objects::bytearray::{self as array, Bytearray};
use crate::refs::{Owned, here};
use crate::types::buffer::Buffer;

/// A hold on the bytes of an object, counted if they could change their number.
pub(super) struct Export {
    pub(super) object: Owned,
    /// How many bytes there are.
    pub(super) len: usize,
}

impl Export {
    pub(super) fn new(cx: &Cx, object: Owned) -> Self {
        let len = match object.borrow().downcast::<Bytearray>() {
            Some(bytes) => array::export(cx.ts, bytes),
            None => Buffer::of(object.borrow()).map_or(0, Buffer::len),
        };
        Self { object, len }
    }

    /// A hold for a range that was seen without one; nothing if the object has fewer bytes by now.
    pub(super) fn of_range(cx: &Cx, object: Owned, end: usize) -> Option<Self> {
        let len = match object.borrow().downcast::<Bytearray>() {
            Some(bytes) => array::export_range(cx.ts, bytes, end)?,
            None => Buffer::of(object.borrow()).map_or(0, Buffer::len),
        };
        Some(Self { object, len })
    }

    /// Looks at the bytes. `look` runs no Python code.
    pub(super) fn read<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        match Buffer::of(self.object.borrow()) {
            Some(buffer) => buffer.read(look),
            None => look(&[]),
        }
    }

    /// Changes the bytes, if the object lets them change. `change` runs no Python code.
    pub(super) fn write(&self, cx: &Cx, change: impl FnOnce(&mut [u8])) {
        if let Some(bytes) = self.object.borrow().downcast::<Bytearray>() {
            array::write(cx.ts, bytes, change);
        }
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        if let Some(bytes) = self.object.borrow().downcast::<Bytearray>() {
            here(|ts| array::release(ts, bytes));
        }
    }
}
