//! Values in heap blocks of their own, which the heap watches: a use after the end is seen.

use std::alloc::Layout;
use std::ops::Deref;
use std::ptr::NonNull;

use super::rt::sync::heap::{Kind, Local};

/// A pointer to a value in a block.
pub(super) struct Block<T>(NonNull<T>);

impl<T> Clone for Block<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Block<T> {}

impl<T> Block<T> {
    /// Puts a value into a new block.
    pub(super) fn new(heap: Local, name: &'static str, value: T) -> Self {
        let block = heap.alloc(Layout::new::<T>(), Kind::Memory(name)).cast();
        // SAFETY: the block is new and has the layout.
        unsafe { block.write(value) };
        Self(block)
    }

    /// The block that a pointer leads to.
    pub(super) fn at(pointer: *mut T) -> Option<Self> {
        NonNull::new(pointer).map(Self)
    }

    pub(super) fn pointer(self) -> *mut T {
        self.0.as_ptr()
    }

    pub(super) fn raw(self) -> NonNull<u8> {
        self.0.cast()
    }

    /// Frees the block. That nobody uses it any more is what the targets ask.
    pub(super) fn free(self, heap: Local) {
        // SAFETY: the block came from this heap; the models watch whether somebody uses it later.
        unsafe { heap.free(self.raw()) };
    }
}

impl<T> Deref for Block<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the value was written when the block was made; that it lives is what the targets ask.
        unsafe { self.0.as_ref() }
    }
}
