//! A stack of values that keeps what is popped, so that pushing again allocates nothing.

use std::ops::{Deref, DerefMut};

/// The stack.
#[derive(Debug, Default)]
pub(crate) struct Pool<T> {
    items: Vec<T>,
    live: usize,
}

impl<T: Default> Pool<T> {
    /// Pushes a value; it is in the state in which it was popped, or its default.
    pub(crate) fn push(&mut self) -> &mut T {
        if self.live == self.items.len() {
            self.items.push(T::default());
        }
        self.live += 1;
        &mut self.items[self.live - 1]
    }

    /// Shortens the stack to `len` values.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.live = self.live.min(len);
    }
}

impl<T> Deref for Pool<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items[..self.live]
    }
}

impl<T> DerefMut for Pool<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items[..self.live]
    }
}
