//! `UnsafeCell`: plain memory. Two accesses that conflict and that nothing orders are a data race.

use std::cell::Cell;
use std::fmt;

use crate::run;
use crate::word::Word;

/// A cell of plain memory.
pub struct UnsafeCell<T: ?Sized> {
    word: Word,
    data: std::cell::UnsafeCell<T>,
}

/// What an access does.
#[derive(Clone, Copy, Debug)]
enum Access {
    Reads,
    Writes,
}

impl Access {
    /// Makes an access, unless the thread has done nothing since `since`; says where the thread is then.
    #[track_caller]
    fn make(self, word: &Word, since: Option<usize>) -> usize {
        if !run::is_live() || since == Some(graph_engine::position()) {
            return since.unwrap_or_default();
        }
        match self {
            Access::Reads => drop(word.at().read()),
            Access::Writes => word.at().write(0),
        }
        graph_engine::position()
    }
}

impl<T> UnsafeCell<T> {
    /// A cell.
    #[track_caller]
    pub fn new(data: T) -> UnsafeCell<T> {
        UnsafeCell {
            word: Word::new("UnsafeCell", 0, false),
            data: std::cell::UnsafeCell::new(data),
        }
    }

    /// The value, which counts as a write.
    #[track_caller]
    pub fn into_inner(self) -> T {
        Access::Writes.make(&self.word, None);
        self.data.into_inner()
    }
}

impl<T: ?Sized> UnsafeCell<T> {
    /// Calls `f` with a pointer through which it may read, until it returns.
    #[track_caller]
    pub fn with<F, R>(&self, f: F) -> R
    where
        F: FnOnce(*const T) -> R,
    {
        let begun = Access::Reads.make(&self.word, None);
        let result = f(self.data.get());
        Access::Reads.make(&self.word, Some(begun));
        result
    }

    /// Calls `f` with a pointer through which it may write, until it returns.
    #[track_caller]
    pub fn with_mut<F, R>(&self, f: F) -> R
    where
        F: FnOnce(*mut T) -> R,
    {
        let begun = Access::Writes.make(&self.word, None);
        let result = f(self.data.get());
        Access::Writes.make(&self.word, Some(begun));
        result
    }

    /// A pointer through which one may read while it lives.
    #[track_caller]
    pub fn get(&self) -> ConstPtr<T> {
        let begun = Access::Reads.make(&self.word, None);
        ConstPtr(Tracked::new(self, Access::Reads, begun))
    }

    /// A pointer through which one may write while it lives.
    #[track_caller]
    pub fn get_mut(&self) -> MutPtr<T> {
        let begun = Access::Writes.make(&self.word, None);
        MutPtr(Tracked::new(self, Access::Writes, begun))
    }
}

impl<T: Default> Default for UnsafeCell<T> {
    #[track_caller]
    fn default() -> UnsafeCell<T> {
        UnsafeCell::new(T::default())
    }
}

impl<T> From<T> for UnsafeCell<T> {
    #[track_caller]
    fn from(data: T) -> UnsafeCell<T> {
        UnsafeCell::new(data)
    }
}

impl<T: ?Sized> fmt::Debug for UnsafeCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnsafeCell").finish_non_exhaustive()
    }
}

/// A pointer and the cell that it comes from.
///
/// Each use of it is an access. Its end is none: a guard that unlocks and then lets its pointer go
/// would otherwise race with the next one that locks.
struct Tracked<T: ?Sized> {
    data: *mut T,
    word: *const Word,
    access: Access,
    since: Cell<usize>,
}

impl<T: ?Sized> Tracked<T> {
    fn new(cell: &UnsafeCell<T>, access: Access, since: usize) -> Tracked<T> {
        Tracked {
            data: cell.data.get(),
            word: &raw const cell.word,
            access,
            since: Cell::new(since),
        }
    }

    /// The pointer, for one use.
    #[track_caller]
    fn used(&self) -> *mut T {
        // SAFETY: whoever uses the pointer promises that the cell is there.
        let word = unsafe { &*self.word };
        self.since
            .set(self.access.make(word, Some(self.since.get())));
        self.data
    }
}

/// A pointer through which one may read.
pub struct ConstPtr<T: ?Sized>(Tracked<T>);

/// A pointer through which one may write.
pub struct MutPtr<T: ?Sized>(Tracked<T>);

impl<T: ?Sized> ConstPtr<T> {
    /// The value.
    ///
    /// # Safety
    /// The cell is there, and nobody writes to it while the reference is used.
    #[track_caller]
    pub unsafe fn deref(&self) -> &T {
        // SAFETY: the caller's promise.
        unsafe { &*self.0.used() }
    }

    /// Calls `f` with the pointer.
    #[track_caller]
    pub fn with<F, R>(&self, f: F) -> R
    where
        F: FnOnce(*const T) -> R,
    {
        let result = f(self.0.used());
        self.0.used();
        result
    }
}

impl<T: ?Sized> MutPtr<T> {
    /// The value, to be changed.
    ///
    /// # Safety
    /// The cell is there, and nobody else uses it while the reference is used.
    #[allow(clippy::mut_from_ref)]
    #[track_caller]
    pub unsafe fn deref(&self) -> &mut T {
        // SAFETY: the caller's promise.
        unsafe { &mut *self.0.used() }
    }

    /// Calls `f` with the pointer.
    #[track_caller]
    pub fn with<F, R>(&self, f: F) -> R
    where
        F: FnOnce(*mut T) -> R,
    {
        let result = f(self.0.used());
        self.0.used();
        result
    }
}

impl<T: ?Sized> fmt::Debug for ConstPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConstPtr").finish_non_exhaustive()
    }
}

impl<T: ?Sized> fmt::Debug for MutPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MutPtr").finish_non_exhaustive()
    }
}
