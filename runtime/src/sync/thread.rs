//! Threads, always with an explicit stack size.

use std::io;
use std::thread;

/// A handle to a thread that was spawned.
#[derive(Debug)]
pub struct JoinHandle<T>(thread::JoinHandle<T>);

impl<T> JoinHandle<T> {
    /// Waits for the thread's end and gives its result; everything that it did happens before the return.
    ///
    /// # Panics
    /// When the thread panicked, with its panic.
    pub fn join(self) -> T {
        self.0
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// Starts a thread with a stack of `stack` bytes; everything before the call happens before its first step.
///
/// # Errors
/// The system's, when it gives no thread.
pub fn spawn<T: Send + 'static>(
    name: &str,
    stack: usize,
    body: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    thread::Builder::new()
        .name(name.to_owned())
        .stack_size(stack)
        .spawn(body)
        .map(JoinHandle)
}

/// Offers the processor to another thread.
pub fn yield_now() {
    thread::yield_now();
}

/// The number that the system has for the calling thread.
#[must_use]
pub fn native_id() -> u64 {
    rustix::thread::gettid()
        .as_raw_nonzero()
        .get()
        .unsigned_abs()
        .into()
}
