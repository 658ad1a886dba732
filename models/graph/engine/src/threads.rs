//! Threads of the program under test.

use std::panic::Location as Caller;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use crate::alike::{FIRST_ALIKE, NEXT_ALIKE, NOT_ALIKE};
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
    start(body, NOT_ALIKE, Caller::caller())
}

/// Starts so many threads that are alike: they run the same closure. With
/// [`Config::symmetry`](crate::Config::symmetry) they are explored up to renaming, otherwise
/// like any others.
///
/// Alike means that each does the same as another that has read the same: what it does must
/// not depend on its number, nor on anything outside of the engine that tells it from others. A
/// thread that joins one of them joins all before its next step, and must not care which of
/// them has returned what. With symmetry the engine reports threads that are not alike as
/// [`FailureKind::Misuse`](crate::FailureKind::Misuse), as far as their steps show it.
#[track_caller]
pub fn spawn_alike<T: 'static>(count: usize, body: impl Fn() -> T + 'static) -> Vec<JoinHandle<T>> {
    let (body, caller) = (Rc::new(body), Caller::caller());
    let asked = with_runner(|runner| runner.search.config.symmetry);
    let kind = |number: usize| match (asked, number) {
        (Some(true), 0) => FIRST_ALIKE,
        (Some(true), _) => NEXT_ALIKE,
        _ => NOT_ALIKE,
    };
    let one = |number: usize| {
        let body = Rc::clone(&body);
        start(move || body(), kind(number), caller)
    };
    (0..count).map(one).collect()
}

fn start<T: 'static>(
    body: impl FnOnce() -> T + 'static,
    kind: u64,
    caller: &'static Caller<'static>,
) -> JoinHandle<T> {
    let request = Request {
        value: kind,
        ..Request::new(Op::Spawn, Mode::Plain, caller)
    };
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
