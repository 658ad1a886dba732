//! The standard library, with the names that the checker's modules have.

pub use std::{alloc, hint, sync, thread, thread_local};

/// Calls `make`. In a model, what it makes has this name in reports.
#[inline]
pub fn named<T>(_: &'static str, make: impl FnOnce() -> T) -> T {
    make()
}

/// Cells.
pub mod cell {
    pub use std::cell::Cell;

    /// A cell of plain memory, whose accesses have a beginning and an end.
    #[derive(Debug, Default)]
    #[repr(transparent)]
    pub struct UnsafeCell<T: ?Sized>(std::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        /// A cell.
        #[inline]
        pub const fn new(data: T) -> UnsafeCell<T> {
            UnsafeCell(std::cell::UnsafeCell::new(data))
        }

        /// The value.
        #[inline]
        pub fn into_inner(self) -> T {
            self.0.into_inner()
        }
    }

    impl<T: ?Sized> UnsafeCell<T> {
        /// Calls `f` with a pointer through which it may read, until it returns.
        #[inline]
        pub fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
            f(self.0.get())
        }

        /// Calls `f` with a pointer through which it may write, until it returns.
        #[inline]
        pub fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
            f(self.0.get())
        }
    }
}
