//! Thread-locals: a value for each thread of the model, dropped when the thread ends.

use std::fmt;
use std::marker::PhantomData;
use std::ptr;

use crate::run::{self, Local};

/// A key of thread-locals, as [`thread_local!`](crate::thread_local) declares it.
pub struct LocalKey<T> {
    #[doc(hidden)]
    pub init: fn() -> T,
    #[doc(hidden)]
    pub _p: PhantomData<fn(T)>,
}

/// The value is being dropped, or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessError;

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a thread-local was used while or after it was dropped")
    }
}

impl std::error::Error for AccessError {}

impl<T: 'static> LocalKey<T> {
    /// Calls `f` with the running thread's value.
    ///
    /// # Panics
    /// If the value is being dropped, or was.
    pub fn with<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.try_with(f).expect("a thread-local that is there")
    }

    /// Calls `f` with the running thread's value.
    ///
    /// # Errors
    /// If the value is being dropped, or was.
    pub fn try_with<F, R>(&'static self, f: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        run::require();
        let value = self.find().unwrap_or_else(|| self.make());
        if value.is_null() {
            return Err(AccessError);
        }
        // SAFETY: `make` has boxed it for this key, whose type it has. It is dropped at the end of
        // the running thread only, and is null before that begins.
        Ok(f(unsafe { &*value.cast::<T>() }))
    }

    fn find(&'static self) -> Option<*mut ()> {
        let key = ptr::from_ref(self).addr();
        run::locals(|locals| Some(locals.iter().find(|local| local.key == key)?.value))
    }

    /// Makes the value. Its initializer may use other thread-locals.
    fn make(&'static self) -> *mut () {
        let value: *mut () = Box::into_raw(Box::new((self.init)())).cast();
        let local = Local {
            key: ptr::from_ref(self).addr(),
            value,
            drop: drop_box::<T>,
        };
        run::locals(|locals| locals.push(local));
        value
    }
}

impl<T> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

/// Drops a boxed value.
///
/// # Safety
/// It is a box of a `T`, and nobody uses it afterwards.
pub(crate) unsafe fn drop_box<T>(value: *mut ()) {
    // SAFETY: the caller's promise.
    drop(unsafe { Box::from_raw(value.cast::<T>()) });
}

/// Drops the running thread's values, in the order in which they were made.
pub(crate) fn end_locals() {
    let mut next = 0;
    while let Some(local) = run::locals(|locals| take(locals, next)) {
        next += 1;
        // SAFETY: `make` has boxed it with its type's function, and it is null in the list now.
        unsafe { (local.drop)(local.value) };
    }
}

fn take(locals: &mut [Local], at: usize) -> Option<Local> {
    let place = locals.get_mut(at)?;
    let local = *place;
    place.value = ptr::null_mut();
    Some(local)
}
