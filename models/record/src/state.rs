//! The recorder's state, one for each OS thread.

use std::cell::RefCell;

use crate::event::Entry;
use crate::heap::Blocks;
use crate::memory::Memory;
use crate::waits::Waits;

/// What the current execution did so far.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Every event.
    pub(crate) log: Vec<Entry>,
    /// The threads' names, in order of their start.
    pub(crate) threads: Vec<String>,
    /// The model heap.
    pub(crate) blocks: Blocks,
    /// Clocks of threads, atomics, cells and blocks.
    pub(crate) memory: Memory,
    /// The two entries of the log that nothing orders although something must, when a race ended the execution.
    pub(crate) conflict: Vec<usize>,
    /// Who waits, who holds.
    pub(crate) waits: Waits,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Lends the state. No user code and no checker may run inside `f`, nor may `f` fail the execution.
pub(crate) fn with<R>(f: impl FnOnce(&mut State) -> R) -> R {
    STATE.with_borrow_mut(f)
}
