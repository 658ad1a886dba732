//! Memory whose leaks are noticed.

use std::alloc;
use std::cell::RefCell;
use std::collections::BTreeMap;

use graph_engine::Block;

use crate::run;
use crate::word::Word;

#[doc(no_inline)]
pub use std::alloc::Layout;

thread_local! {
    /// The memory of this execution by its address, freed or not: the address is not handed out again.
    static ALL: RefCell<BTreeMap<usize, Memory>> = const { RefCell::new(BTreeMap::new()) };
}

/// Memory that was allocated.
struct Memory {
    /// The execution that has it.
    serial: u64,
    size: usize,
    word: Word,
}

/// Allocates memory, which must be given back before the execution ends.
///
/// # Safety
/// As for [`std::alloc::alloc`].
#[track_caller]
pub unsafe fn alloc(layout: Layout) -> *mut u8 {
    // SAFETY: the caller's promise.
    let memory = unsafe { alloc::alloc(layout) };
    note(memory, layout.size());
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
    note(memory, layout.size());
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
    match block_at(memory.addr()) {
        Some(block) => block.free(),
        None => assert!(
            !run::is_live(),
            "memory that loom::alloc has not given is given back"
        ),
    }
    // SAFETY: the caller's promise.
    unsafe { alloc::dealloc(memory, layout) }
}

#[track_caller]
fn note(memory: *mut u8, size: usize) {
    if !memory.is_null() && run::is_live() {
        let known = Memory {
            serial: run::serial(),
            size,
            word: Word::owned("allocation", 0),
        };
        ALL.with_borrow_mut(|all| all.insert(memory.addr(), known));
    }
}

fn block_at(address: usize) -> Option<Block> {
    ALL.with_borrow(|all| {
        let memory = all.get(&address)?;
        (memory.serial == run::serial()).then(|| memory.word.block())
    })
}

/// The memory of this execution, freed or not, in which an address lies.
pub(crate) fn home_of(address: usize) -> Option<Block> {
    ALL.with_borrow(|all| {
        let (start, memory) = all.range(..=address).next_back()?;
        let is_inside = memory.serial == run::serial() && address - start < memory.size;
        is_inside.then(|| memory.word.block())
    })
}

/// Forgets the memory of an earlier execution.
pub(crate) fn forget() {
    ALL.with_borrow_mut(BTreeMap::clear);
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
