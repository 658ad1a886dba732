//! The life of an execution, and its threads.

use std::cell::Cell;
use std::panic::Location;

use crate::At;
use crate::clock::MAX_THREADS;
use crate::event::{self, Event};
use crate::heap;
use crate::names::Names;
use crate::state;
use crate::switches;

/// What an execution is told when it begins.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// The fault that is on.
    pub fault: Option<&'static str>,
    /// The site that is weakened.
    pub weaken: Option<&'static str>,
    /// Gives the model thread that is running, as [`spawned`] numbered it; the main thread is 0.
    pub current: fn() -> usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Idle,
    Running,
    Failed,
}

thread_local! {
    static PHASE: Cell<Phase> = const { Cell::new(Phase::Idle) };
    static CURRENT: Cell<fn() -> usize> = const { Cell::new(|| 0) };
}

/// Begins an execution: forgets the one before, with its blocks, and starts the main thread.
pub fn begin(setup: Setup) {
    CURRENT.set(setup.current);
    switches::set(setup.fault, setup.weaken);
    state::with(|state| {
        state.log.clear();
        state.threads.clear();
        state.threads.push("main".to_owned());
        state.blocks.clear();
        state.memory.clear();
        state.waits.clear();
        state.conflict.clear();
    });
    PHASE.set(Phase::Running);
}

/// States that the execution ran to its end: from here on every block that is still live is a leak.
///
/// # Panics
/// Fails the execution when there is one.
#[track_caller]
pub fn finish() {
    if running() {
        heap::expect_empty();
    }
}

/// Leaves the execution; what it recorded stays until the next one begins.
pub fn end() {
    PHASE.set(Phase::Idle);
}

/// Whether an execution runs and has not failed. While this is false, operations of a facade neither record nor
/// schedule nor check: a failed execution is being unwound.
#[must_use]
pub fn running() -> bool {
    PHASE.get() == Phase::Running && !std::thread::panicking()
}

/// Whether the execution has failed and has not been left.
#[must_use]
pub fn failed() -> bool {
    PHASE.get() == Phase::Failed
}

/// Whether this OS thread is inside an execution, failed or not.
#[must_use]
pub fn inside() -> bool {
    PHASE.get() != Phase::Idle
}

/// Marks the execution as over before its end; from here on its operations do nothing.
pub fn give_up() {
    if inside() {
        PHASE.set(Phase::Failed);
    }
}

/// The model thread that runs.
#[must_use]
pub fn current() -> usize {
    CURRENT.get()()
}

/// The number of threads started so far, the main thread included.
#[must_use]
pub fn threads() -> usize {
    state::with(|state| state.threads.len())
}

/// The name of a thread as reports give it.
#[must_use]
pub fn thread_name(thread: usize) -> String {
    state::with(|state| Names::new(state).thread(thread).to_owned())
}

/// Starts a thread and gives its number; what the current thread did so far happens before all that it does.
///
/// # Panics
/// When there are already [`MAX_THREADS`].
pub fn spawned(name: &str, at: At) -> usize {
    let parent = current();
    let thread = state::with(|state| {
        let thread = state.threads.len();
        assert!(
            thread < MAX_THREADS,
            "a model has at most {MAX_THREADS} threads"
        );
        state.threads.push(name.to_owned());
        state.memory.spawn(parent, thread);
        thread
    });
    event::push(Event::Spawn { thread }, at);
    thread
}

/// The current thread has ended.
#[track_caller]
pub fn finished() {
    event::push(Event::Finished, Location::caller());
}

/// The current thread has waited for the end of `thread`: all that it did happens before what follows.
pub fn joined(thread: usize, at: At) {
    let joiner = current();
    state::with(|state| state.memory.join(joiner, thread));
    event::push(Event::Join { thread }, at);
}
