//! `Mutex`. Waiting for it costs no executions.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use graph_engine::Mode;

use crate::word::Word;

/// A lock around a value.
pub struct Mutex<T: ?Sized> {
    word: Word,
    /// Whether a thread has panicked while it had the lock. Only who has the lock uses it.
    poisoned: Cell<bool>,
    data: UnsafeCell<T>,
}

// SAFETY: `data` and `poisoned` are used by the one thread that has the lock, so sharing the mutex
// only sends the value.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

/// The right to use the value, until it is dropped.
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    /// Whether the thread was panicking when it took the lock.
    panicked: bool,
    /// The thread that has locked unlocks.
    marker: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared references to the value only.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<T> Mutex<T> {
    /// An unlocked mutex.
    #[track_caller]
    pub fn new(data: T) -> Mutex<T> {
        Mutex {
            word: Word::new("Mutex", 0, false),
            poisoned: Cell::new(false),
            data: UnsafeCell::new(data),
        }
    }

    /// The value.
    ///
    /// # Errors
    /// With the value, if a thread has panicked while it had the lock.
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.poisoned.get();
        judge(poisoned, self.data.into_inner())
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Takes the lock, waiting for it if need be.
    ///
    /// # Errors
    /// With the lock, if a thread has panicked while it had it.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        self.word.lock();
        judge(self.poisoned.get(), MutexGuard::new(self))
    }

    /// Takes the lock, if it is free.
    ///
    /// # Errors
    /// If it is not, or with the lock, if a thread has panicked while it had it.
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        let taken = self
            .word
            .at()
            .compare_exchange(0, 1, Mode::Acquire, Mode::Relaxed);
        taken.map_err(|_| TryLockError::WouldBlock)?;
        judge(self.poisoned.get(), MutexGuard::new(self)).map_err(TryLockError::Poisoned)
    }

    /// The value, which nobody else can use now.
    ///
    /// # Errors
    /// With the value, if a thread has panicked while it had the lock.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        judge(self.poisoned.get(), self.data.get_mut())
    }

    /// Whether a thread has panicked while it had the lock.
    pub fn is_poisoned(&self) -> bool {
        self.poisoned.get()
    }
}

pub(super) fn judge<T>(poisoned: bool, value: T) -> LockResult<T> {
    match poisoned {
        true => Err(PoisonError::new(value)),
        false => Ok(value),
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    fn new(mutex: &'a Mutex<T>) -> MutexGuard<'a, T> {
        MutexGuard {
            mutex,
            panicked: std::thread::panicking(),
            marker: PhantomData,
        }
    }

    pub(super) fn mutex(&self) -> &'a Mutex<T> {
        self.mutex
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the guard's thread has the lock.
        unsafe { &*self.mutex.data.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard's thread has the lock.
        unsafe { &mut *self.mutex.data.get() }
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    #[track_caller]
    fn drop(&mut self) {
        if std::thread::panicking() && !self.panicked {
            self.mutex.poisoned.set(true);
        }
        self.mutex.word.unlock();
    }
}

impl<T: Default> Default for Mutex<T> {
    #[track_caller]
    fn default() -> Mutex<T> {
        Mutex::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    #[track_caller]
    fn from(data: T) -> Mutex<T> {
        Mutex::new(data)
    }
}

impl<T: ?Sized> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mutex").finish_non_exhaustive()
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
