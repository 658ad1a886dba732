//! Threads: coroutines.

use std::cell::Cell;
use std::io;
use std::rc::Rc;

use crate::engine;

/// A handle to a thread that was spawned.
pub struct JoinHandle<T> {
    thread: usize,
    result: Rc<Cell<Option<T>>>,
}

impl<T> std::fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JoinHandle").finish_non_exhaustive()
    }
}

// SAFETY: model threads run on one OS thread, one at a time.
unsafe impl<T: Send> Send for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    /// Waits for the thread's end and gives its result.
    ///
    /// # Panics
    /// Never: a thread that panics ends the execution.
    pub fn join(self) -> T {
        engine::join(self.thread);
        self.result
            .take()
            .expect("a thread that ended has a result")
    }
}

/// Starts a thread.
///
/// # Errors
/// When there are too many.
pub fn spawn<T: Send + 'static>(
    _name: &str,
    _stack: usize,
    body: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    let result = Rc::new(Cell::new(None));
    let slot = Rc::clone(&result);
    let thread = engine::spawn(Box::new(move || slot.set(Some(body()))));
    let thread = thread.ok_or_else(|| io::Error::other("a program here has at most 16 threads"))?;
    Ok(JoinHandle { thread, result })
}

/// Offers the processor to another thread.
pub fn yield_now() {
    engine::give_way();
}

/// The number that the system would have for the calling thread.
#[must_use]
pub fn native_id() -> u64 {
    1 + engine::thread() as u64
}
