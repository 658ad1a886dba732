//! `RwLock`. Waiting for it costs no executions.
//!
//! # State
//! The word is the number of readers, or [`WRITTEN`] while a writer has the lock.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::{LockResult, TryLockError, TryLockResult};

use graph_engine::{Mode, Op};

use super::mutex::judge;
use crate::run;
use crate::word::Word;

const WRITTEN: u64 = 1 << 63;

/// A lock around a value, which many may read or one may write.
pub struct RwLock<T: ?Sized> {
    word: Word,
    /// Whether a writer has panicked. Only who has the lock uses it.
    poisoned: Cell<bool>,
    data: UnsafeCell<T>,
}

// SAFETY: readers share the value, so it must be `Sync`; a writer has it alone, so it must be `Send`.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLock<T> {}

/// The right to read the value, until it is dropped.
pub struct RwLockReadGuard<'a, T: ?Sized> {
    lock: &'a RwLock<T>,
    marker: PhantomData<*const ()>,
}

/// The right to write the value, until it is dropped.
pub struct RwLockWriteGuard<'a, T: ?Sized> {
    lock: &'a RwLock<T>,
    panicked: bool,
    marker: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared references to the value only.
unsafe impl<T: ?Sized + Sync> Sync for RwLockReadGuard<'_, T> {}
// SAFETY: a shared guard gives shared references to the value only.
unsafe impl<T: ?Sized + Sync> Sync for RwLockWriteGuard<'_, T> {}

impl<T> RwLock<T> {
    /// A free lock.
    #[track_caller]
    pub fn new(data: T) -> RwLock<T> {
        RwLock {
            word: Word::new("RwLock", 0, false),
            poisoned: Cell::new(false),
            data: UnsafeCell::new(data),
        }
    }

    /// The value.
    ///
    /// # Errors
    /// With the value, if a writer has panicked.
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.poisoned.get();
        judge(poisoned, self.data.into_inner())
    }
}

impl<T: ?Sized> RwLock<T> {
    /// Takes the lock for reading, waiting for it if need be.
    ///
    /// # Errors
    /// With the lock, if a writer has panicked.
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        let at = self.word.at();
        at.wait(Op::Lock, WRITTEN, 0, |readers| readers + 1);
        judge(self.poisoned.get(), RwLockReadGuard::new(self))
    }

    /// Takes the lock for reading, if no writer has it.
    ///
    /// # Errors
    /// If one has, or with the lock, if a writer has panicked.
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        let at = self.word.at();
        let mut readers = at.load(Mode::Relaxed);
        while readers != WRITTEN {
            match at.compare_exchange(readers, readers + 1, Mode::Acquire, Mode::Relaxed) {
                Ok(_) => {
                    let guard = judge(self.poisoned.get(), RwLockReadGuard::new(self));
                    return guard.map_err(TryLockError::Poisoned);
                }
                Err(other) => readers = other,
            }
        }
        Err(TryLockError::WouldBlock)
    }

    /// Takes the lock for writing, waiting for it if need be.
    ///
    /// # Errors
    /// With the lock, if a writer has panicked.
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        self.word.at().wait(Op::Lock, !0, 0, |_| WRITTEN);
        judge(self.poisoned.get(), RwLockWriteGuard::new(self))
    }

    /// Takes the lock for writing, if nobody has it.
    ///
    /// # Errors
    /// If somebody has, or with the lock, if a writer has panicked.
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        let taken = self
            .word
            .at()
            .compare_exchange(0, WRITTEN, Mode::Acquire, Mode::Relaxed);
        taken.map_err(|_| TryLockError::WouldBlock)?;
        judge(self.poisoned.get(), RwLockWriteGuard::new(self)).map_err(TryLockError::Poisoned)
    }

    /// The value, which nobody else can use now.
    ///
    /// # Errors
    /// With the value, if a writer has panicked.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        judge(self.poisoned.get(), self.data.get_mut())
    }
}

impl<'a, T: ?Sized> RwLockReadGuard<'a, T> {
    fn new(lock: &'a RwLock<T>) -> RwLockReadGuard<'a, T> {
        let marker = PhantomData;
        RwLockReadGuard { lock, marker }
    }
}

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    fn new(lock: &'a RwLock<T>) -> RwLockWriteGuard<'a, T> {
        RwLockWriteGuard {
            lock,
            panicked: std::thread::panicking(),
            marker: PhantomData,
        }
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: nobody writes while the guard lives.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the guard's thread has the lock alone.
        unsafe { &*self.lock.data.get() }
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard's thread has the lock alone.
        unsafe { &mut *self.lock.data.get() }
    }
}

impl<T: ?Sized> Drop for RwLockReadGuard<'_, T> {
    #[track_caller]
    fn drop(&mut self) {
        if run::is_live() {
            self.lock
                .word
                .at()
                .update(Mode::Release, |readers| readers.wrapping_sub(1));
        }
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    #[track_caller]
    fn drop(&mut self) {
        if std::thread::panicking() && !self.panicked {
            self.lock.poisoned.set(true);
        }
        self.lock.word.unlock();
    }
}

impl<T: Default> Default for RwLock<T> {
    #[track_caller]
    fn default() -> RwLock<T> {
        RwLock::new(T::default())
    }
}

impl<T> From<T> for RwLock<T> {
    #[track_caller]
    fn from(data: T) -> RwLock<T> {
        RwLock::new(data)
    }
}

impl<T: ?Sized> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").finish_non_exhaustive()
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
