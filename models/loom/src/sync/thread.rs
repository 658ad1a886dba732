//! Threads of the model.

use std::io;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};

use super::schedule;

/// loom runs five threads: its own, the main thread, and these.
const MOST_WORKERS: usize = 3;

/// A handle to a thread that was spawned.
#[derive(Debug)]
pub struct JoinHandle<T> {
    thread: usize,
    result: Arc<Mutex<Option<T>>>,
    joined: bool,
}

impl<T> JoinHandle<T> {
    /// Waits for the thread's end and gives its result; everything that it did happens before the return.
    ///
    /// # Panics
    /// When the execution has failed, which is how its threads end.
    #[track_caller]
    pub fn join(mut self) -> T {
        self.joined = true;
        schedule::join(self.thread, Location::caller());
        let mut result = self.result.lock().unwrap_or_else(PoisonError::into_inner);
        result.take().expect("a thread that ended left its result")
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        if !self.joined {
            schedule::detach(self.thread);
        }
    }
}

/// Starts a thread with a stack of `stack` bytes; everything before the call happens before its first step.
///
/// # Errors
/// When three threads were started already, besides the main thread: loom has no more.
#[track_caller]
pub fn spawn<T: Send + 'static>(
    name: &str,
    stack: usize,
    body: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    schedule::alive();
    if record::execution::threads() > MOST_WORKERS {
        return Err(io::Error::other("loom runs three threads at most"));
    }
    let thread = record::execution::spawned(name, Location::caller());
    let result = Arc::new(Mutex::new(None));
    let left = Arc::clone(&result);
    let keep = move || {
        let value = body();
        *left.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    };
    schedule::start(thread, stack, keep)?;
    Ok(JoinHandle {
        thread,
        result,
        joined: false,
    })
}

/// Offers the processor to another thread.
#[track_caller]
pub fn yield_now() {
    schedule::spin(Location::caller());
}
