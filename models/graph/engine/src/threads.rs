//! Threads of the program under test.

use std::panic::Location as Caller;
use std::sync::{Arc, Mutex, PoisonError};

use crate::api::{keep, perform};
use crate::determinism::number_for;
use crate::driver::with_runner;
use crate::event::{Mode, Op};
use crate::request::Request;

/// What a thread's body returned, and a number for it.
type Returned<T> = (T, Option<u64>);

/// A started thread.
#[derive(Debug)]
pub struct JoinHandle<T> {
    thread: usize,
    result: Arc<Mutex<Option<Returned<T>>>>,
}

/// Starts a thread.
#[track_caller]
pub fn spawn<T: 'static>(body: impl FnOnce() -> T + 'static) -> JoinHandle<T> {
    let request = Request::new(Op::Spawn, Mode::Plain, Caller::caller());
    let thread = perform(request, &keep).value as usize;
    let result = Arc::new(Mutex::new(None));
    let slot = Arc::clone(&result);
    let body = Box::new(move || {
        let value = body();
        let digest = number_for(&value);
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some((value, digest));
    });
    with_runner(|runner| runner.adopt(thread, body));
    JoinHandle { thread, result }
}

impl<T> JoinHandle<T> {
    /// Waits until the thread has finished, and returns what its body returned. `None`
    /// only while the run is being unwound.
    #[track_caller]
    pub fn join(self) -> Option<T> {
        let request = Request::new(Op::Join, Mode::Plain, Caller::caller());
        perform(
            Request {
                arg: self.thread,
                ..request
            },
            &keep,
        );
        let result = self.result.lock();
        let result = result.unwrap_or_else(PoisonError::into_inner).take();
        let (value, digest) = result?;
        if let Some(digest) = digest {
            with_runner(|runner| runner.compare_result(digest));
        }
        Some(value)
    }

    /// The thread's number in traces.
    pub fn thread(&self) -> usize {
        self.thread
    }
}
