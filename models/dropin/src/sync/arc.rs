//! `Arc`, whose last handle synchronizes with all others, and whose leaks are noticed.
//!
//! # How handles are counted
//! A clone is no event: that there is one more handle orders nothing. A handle that ends counts
//! up how many have ended, as a release. It is the last if that makes as many as were made: then no
//! handle is left that could be cloned, in this run or in any other run of the same graph. So
//! which one is last is a function of the graph, although the number of those that were made is
//! not at any earlier time. If the model asks for that number ([`Arc::strong_count`]), it
//! is explored anew, with clones as events.

use std::borrow::Borrow;
use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::pin::Pin;
use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};

use graph_engine::Mode;

use crate::run;
use crate::word::Word;

/// A counted pointer.
pub struct Arc<T: ?Sized> {
    handles: std::sync::Arc<Handles>,
    value: std::sync::Arc<T>,
}

/// The handles of one value.
pub(crate) struct Handles {
    /// How many have ended; if clones are events, how many live.
    word: Word,
    /// How many were made, in this run so far.
    made: AtomicU64,
    clones_are_events: bool,
}

impl Handles {
    #[track_caller]
    fn new() -> Handles {
        let clones_are_events = run::is_live() && run::with(|run| run.known.counts_handles);
        Handles {
            word: Word::owned("Arc", u64::from(clones_are_events)),
            made: AtomicU64::new(1),
            clones_are_events,
        }
    }

    fn made(&self) -> u64 {
        // ORDERING: all threads of a run are one thread of the system.
        self.made.load(Ordering::Relaxed)
    }

    #[track_caller]
    fn add(&self) {
        // ORDERING: all threads of a run are one thread of the system.
        self.made.fetch_add(1, Ordering::Relaxed);
        if self.clones_are_events {
            self.word.at().fetch_add(1, Mode::Relaxed);
        }
    }

    /// Ends a handle. True: it was the last.
    #[track_caller]
    fn end(&self) -> bool {
        let at = self.word.at();
        let is_last = match self.clones_are_events {
            true => at.update(Mode::Release, |live| live.wrapping_sub(1)) == 1,
            false => at.fetch_add(1, Mode::Release) + 1 == self.made(),
        };
        if is_last {
            graph_engine::fence(Mode::Acquire);
            self.word.free();
        }
        is_last
    }

    /// Whether there is one handle only.
    #[track_caller]
    fn is_alone(&self) -> bool {
        let seen = self.word.at().load(Mode::Acquire);
        match self.clones_are_events {
            true => seen == 1,
            false => seen + 1 == self.made(),
        }
    }
}

impl<T> Arc<T> {
    /// A value and its first handle.
    #[track_caller]
    pub fn new(value: T) -> Arc<T> {
        Arc::from_std(std::sync::Arc::new(value))
    }

    /// A pinned value and its first handle.
    #[track_caller]
    pub fn pin(value: T) -> Pin<Arc<T>> {
        // SAFETY: the value moves only when its last handle gives it up, which a pinned one cannot.
        unsafe { Pin::new_unchecked(Arc::new(value)) }
    }

    /// The value, if this is the only handle.
    ///
    /// # Errors
    /// With the handle, if there are others.
    #[track_caller]
    pub fn try_unwrap(this: Arc<T>) -> Result<T, Arc<T>> {
        if !this.handles.is_alone() {
            return Err(this);
        }
        let value = Arc::end(this).expect("the only handle is the last");
        std::sync::Arc::try_unwrap(value).map_err(|_| unreachable!("the only handle is the last"))
    }

    /// The value, if this is the last handle.
    #[track_caller]
    pub fn into_inner(this: Arc<T>) -> Option<T> {
        Arc::end(this).and_then(std::sync::Arc::into_inner)
    }
}

impl<T: ?Sized> Arc<T> {
    /// The first handle of a value that the standard library counts, so that it may be unsized.
    ///
    /// # Panics
    /// If the standard library knows of other handles.
    #[track_caller]
    pub fn from_std(mut value: std::sync::Arc<T>) -> Arc<T> {
        assert!(
            std::sync::Arc::get_mut(&mut value).is_some(),
            "an Arc that is given to from_std must be the only one"
        );
        let handles = std::sync::Arc::new(Handles::new());
        if run::is_live() {
            let (address, known) = (address(&value), std::sync::Arc::clone(&handles));
            run::with(|run| run.arcs.insert(address, known));
        }
        Arc { handles, value }
    }

    /// How many handles there are.
    #[track_caller]
    pub fn strong_count(this: &Arc<T>) -> usize {
        run::require();
        if !this.handles.clones_are_events {
            run::learn(|known| known.counts_handles = true);
        }
        usize::try_from(this.handles.word.at().load(Mode::Relaxed)).unwrap_or(usize::MAX)
    }

    /// Makes a handle that nobody has.
    ///
    /// # Safety
    /// The pointer comes from [`Arc::into_raw`], and there is a handle of the value.
    #[track_caller]
    pub unsafe fn increment_strong_count(pointer: *const T) {
        // SAFETY: the caller's promise. The handle that this makes is not ended.
        let this = ManuallyDrop::new(unsafe { Arc::from_raw(pointer) });
        let _new = ManuallyDrop::new(Arc::clone(&this));
    }

    /// Ends a handle that nobody has.
    ///
    /// # Safety
    /// The pointer comes from [`Arc::into_raw`], and there is a handle of the value, which ends.
    #[track_caller]
    pub unsafe fn decrement_strong_count(pointer: *const T) {
        // SAFETY: the caller's promise.
        drop(unsafe { Arc::from_raw(pointer) });
    }

    /// The value, to be changed, if this is the only handle.
    #[track_caller]
    pub fn get_mut(this: &mut Arc<T>) -> Option<&mut T> {
        let is_alone = this.handles.is_alone();
        is_alone
            .then(|| std::sync::Arc::get_mut(&mut this.value))
            .flatten()
    }

    /// Whether both are handles of one value.
    pub fn ptr_eq(this: &Arc<T>, other: &Arc<T>) -> bool {
        std::sync::Arc::ptr_eq(&this.value, &other.value)
    }

    /// A pointer to the value, which keeps the handle.
    pub fn into_raw(this: Arc<T>) -> *const T {
        Arc::as_ptr(&ManuallyDrop::new(this))
    }

    /// A pointer to the value.
    pub fn as_ptr(this: &Arc<T>) -> *const T {
        std::sync::Arc::as_ptr(&this.value)
    }

    /// The handle that a pointer keeps.
    ///
    /// # Safety
    /// The pointer comes from [`Arc::into_raw`] of the same type, and the handle is taken once.
    #[track_caller]
    pub unsafe fn from_raw(pointer: *const T) -> Arc<T> {
        let handles = run::with(|run| run.arcs.get(&pointer.cast::<()>().addr()).cloned());
        let Some(handles) = handles else {
            panic!("use after free: no Arc of this execution has this address");
        };
        // SAFETY: the caller's promise: `into_raw` has forgotten this handle.
        let value = unsafe { std::sync::Arc::from_raw(pointer) };
        Arc { handles, value }
    }

    /// Ends a handle. The last one gives the value.
    #[track_caller]
    fn end(this: Arc<T>) -> Option<std::sync::Arc<T>> {
        let this = ManuallyDrop::new(this);
        // SAFETY: `this` is not dropped, so each field is taken once.
        let (handles, value) = unsafe { (ptr::read(&this.handles), ptr::read(&this.value)) };
        if !run::is_live() {
            return Some(value);
        }
        if !handles.end() {
            return None;
        }
        run::with(|run| run.arcs.remove(&address(&value)));
        Some(value)
    }
}

fn address<T: ?Sized>(value: &std::sync::Arc<T>) -> usize {
    std::sync::Arc::as_ptr(value).cast::<()>().addr()
}

impl<T: ?Sized> Deref for Arc<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: ?Sized> Clone for Arc<T> {
    #[track_caller]
    fn clone(&self) -> Arc<T> {
        self.handles.add();
        Arc {
            handles: std::sync::Arc::clone(&self.handles),
            value: std::sync::Arc::clone(&self.value),
        }
    }
}

impl<T: ?Sized> Drop for Arc<T> {
    #[track_caller]
    fn drop(&mut self) {
        if run::is_live() && self.handles.end() {
            run::with(|run| run.arcs.remove(&address(&self.value)));
        }
    }
}

impl<T: Default> Default for Arc<T> {
    #[track_caller]
    fn default() -> Arc<T> {
        Arc::new(T::default())
    }
}

impl<T> From<T> for Arc<T> {
    #[track_caller]
    fn from(value: T) -> Arc<T> {
        Arc::new(value)
    }
}

impl<T: ?Sized> AsRef<T> for Arc<T> {
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T: ?Sized> Borrow<T> for Arc<T> {
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
