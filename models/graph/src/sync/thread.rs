//! Threads of the model.

use std::io;
use std::panic::Location as Caller;

use record::execution;
use record::waits::{self, On};

use super::{hint, run};

/// A handle to a thread that was spawned.
#[derive(Debug)]
pub struct JoinHandle<T> {
    /// The recorder's number of the thread.
    thread: usize,
    handle: graph_engine::JoinHandle<T>,
}

impl<T> JoinHandle<T> {
    /// Waits for the thread's end and gives its result; everything that it did happens before the return.
    ///
    /// # Panics
    /// When the execution has failed or is over, which is how its threads end.
    #[track_caller]
    pub fn join(self) -> T {
        if !run::alive() {
            run::abandon();
        }
        let at = Caller::caller();
        waits::blocked(On::Thread(self.thread), at);
        let result = self.handle.join();
        waits::unblocked(execution::current());
        execution::joined(self.thread, at);
        result.unwrap_or_else(|| run::abandon())
    }
}

/// Starts a thread; everything before the call happens before its first step. All stacks have the same size here.
///
/// # Errors
/// Never; natively the system's.
#[track_caller]
pub fn spawn<T: Send + 'static>(
    name: &str,
    _stack: usize,
    body: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    if !run::alive() {
        run::abandon();
    }
    let at = Caller::caller();
    let handle = graph_engine::spawn(move || {
        let result = run::body(body);
        execution::finished();
        result
    });
    let thread = run::spawned(handle.thread(), name, at);
    Ok(JoinHandle { thread, handle })
}

/// Offers the processor to another thread.
#[track_caller]
pub fn yield_now() {
    hint::spin();
}
