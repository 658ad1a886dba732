//! An atomic pointer.

use std::ptr;

use super::value::{Value, atomic};

impl<T> Value for *mut T {
    const NAME: &'static str = "AtomicPtr";
    const OPAQUE: bool = true;

    fn bits(self) -> u64 {
        self.expose_provenance() as u64
    }

    #[allow(clippy::cast_possible_truncation)]
    fn of(bits: u64) -> *mut T {
        ptr::with_exposed_provenance_mut(bits as usize)
    }
}

atomic!(
    /// An atomic pointer.
    AtomicPtr<T>,
    *mut T
);

impl<T> Default for AtomicPtr<T> {
    #[track_caller]
    fn default() -> AtomicPtr<T> {
        AtomicPtr::new(ptr::null_mut())
    }
}
