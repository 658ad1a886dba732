//! Threads: shuttle's coroutines, always with an explicit stack size.

use std::io;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};

use record::execution;

use super::engine;

/// A handle to a thread that was spawned.
#[derive(Debug)]
pub struct JoinHandle<T> {
    thread: usize,
    result: Arc<Mutex<Option<T>>>,
}

impl<T> JoinHandle<T> {
    /// Waits for the thread's end and gives its result; everything that it did happens before the return.
    ///
    /// # Panics
    /// When the execution failed; a thread's panic ends the execution.
    #[track_caller]
    pub fn join(self) -> T {
        engine::join(self.thread, Location::caller());
        let result = self
            .result
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        result.unwrap_or_else(|| engine::abandon())
    }
}

/// Starts a thread with a stack of at least `stack` bytes; everything before the call happens before its first step.
///
/// # Errors
/// Never; natively the system's.
#[track_caller]
pub fn spawn<T: Send + 'static>(
    name: &str,
    stack: usize,
    body: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    engine::point();
    let thread = execution::spawned(name, Location::caller());
    let result = Arc::new(Mutex::new(None));
    let slot = Arc::clone(&result);
    engine::start(thread, stack, move || {
        let value = body();
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    });
    Ok(JoinHandle { thread, result })
}

/// Offers the processor to another thread.
pub fn yield_now() {
    engine::yield_now();
}
