//! Memory whose leaks are noticed.

use std::alloc;
use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::run;
use crate::word::Word;

#[doc(no_inline)]
pub use std::alloc::Layout;

thread_local! {
    /// The blocks that live, with the execution that has allocated them, by their address.
    static BLOCKS: RefCell<BTreeMap<usize, (u64, Word)>> = const { RefCell::new(BTreeMap::new()) };
}

/// Allocates memory, which must be given back before the execution ends.
///
/// # Safety
/// As for [`std::alloc::alloc`].
#[track_caller]
pub unsafe fn alloc(layout: Layout) -> *mut u8 {
    // SAFETY: the caller's promise.
    let memory = unsafe { alloc::alloc(layout) };
    note(memory);
    memory
}

/// Allocates zeroed memory, which must be given back before the execution ends.
///
/// # Safety
/// As for [`std::alloc::alloc_zeroed`].
#[track_caller]
pub unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
    // SAFETY: the caller's promise.
    let memory = unsafe { alloc::alloc_zeroed(layout) };
    note(memory);
    memory
}

/// Gives memory back.
///
/// # Safety
/// As for [`std::alloc::dealloc`].
///
/// # Panics
/// If [`alloc`] has not given it in this execution.
#[track_caller]
pub unsafe fn dealloc(memory: *mut u8, layout: Layout) {
    let block = BLOCKS.with_borrow_mut(|blocks| blocks.remove(&memory.addr()));
    let block = block.filter(|(serial, _)| *serial == run::serial());
    match block {
        Some((_, block)) => block.free(),
        None => assert!(
            !run::is_live(),
            "memory that loom::alloc has not given is given back"
        ),
    }
    // SAFETY: the caller's promise.
    unsafe { alloc::dealloc(memory, layout) }
}

#[track_caller]
fn note(memory: *mut u8) {
    if !memory.is_null() && run::is_live() {
        let block = (run::serial(), Word::owned("allocation", 0));
        BLOCKS.with_borrow_mut(|blocks| blocks.insert(memory.addr(), block));
    }
}

/// A value that must be dropped before the execution ends.
#[derive(Debug)]
pub struct Track<T> {
    value: T,
    tracked: Tracked,
}

#[derive(Debug)]
struct Tracked(Word);

impl<T> Track<T> {
    /// Tracks a value.
    #[track_caller]
    pub fn new(value: T) -> Track<T> {
        let tracked = Tracked(Word::owned("tracked value", 0));
        Track { value, tracked }
    }

    /// The value.
    #[track_caller]
    pub fn get_ref(&self) -> &T {
        &self.value
    }

    /// The value, to be changed.
    #[track_caller]
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// The value, no longer tracked.
    #[track_caller]
    pub fn into_inner(self) -> T {
        drop(self.tracked);
        self.value
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        self.0.free();
    }
}
