//! Watching workers: none of them can keep an exploration from its end.
//!
//! A worker whose program does not come back, or has failed without a way back, is given up: the
//! exploration ends without it, and says so. Its operating system thread stays.

use std::panic::resume_unwind;
use std::ptr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use crate::driver::Place;
use crate::failure::{Failure, Fault};
use crate::overflow;
use crate::pulse::{self, Pulse, Seen};
use crate::runner::Runner;
use crate::trace::Trace;
use crate::workers::Workers;

/// How often the watcher looks.
const LOOK: Duration = Duration::from_millis(50);

/// How long a program may take to come back when the exploration is to end.
const GRACE: Duration = Duration::from_secs(1);

/// A worker, as its watcher knows it.
pub(crate) struct Watched {
    handle: JoinHandle<()>,
    pulse: Arc<Pulse>,
    beats: usize,
    /// How many looks in a row have found its program where it was. Looks and not a clock, since
    /// a process that is stopped does not look either.
    quiet: u32,
    given_up: bool,
}

/// Tells the watcher that a worker has ended, however it did.
struct Ends<'a>(&'a Workers);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.state().at_work -= 1;
        self.0.ended.notify_all();
    }
}

impl Workers {
    /// Starts a worker, if the system gives a thread.
    pub(crate) fn start(self: &Arc<Self>) -> Option<Watched> {
        let pulse = Arc::new(Pulse::new(self.watchers.failure_observer.clone()));
        let (workers, own) = (Arc::clone(self), Arc::clone(&pulse));
        self.state().at_work += 1;
        let started = Builder::new().spawn(move || {
            let _ends = Ends(&workers);
            pulse::keep(&own, || workers.work());
        });
        match started {
            Ok(handle) => Some(Watched {
                handle,
                pulse,
                beats: 0,
                quiet: 0,
                given_up: false,
            }),
            Err(_) => {
                self.state().at_work -= 1;
                None
            }
        }
    }

    /// Waits until every worker has ended or was given up.
    pub(crate) fn watch(&self, mut workers: Vec<Watched>) {
        loop {
            let given_up = workers.iter().filter(|worker| worker.given_up).count();
            let state = self.state();
            if state.at_work <= given_up {
                break;
            }
            let waited = self.ended.wait_timeout(state, LOOK);
            let (state, waited) = waited.unwrap_or_else(PoisonError::into_inner);
            drop(state);
            if waited.timed_out() {
                workers.iter_mut().for_each(|worker| self.look_at(worker));
            }
        }
        let ended = workers.into_iter().filter(|worker| !worker.given_up);
        for worker in ended {
            if let Err(panic) = worker.handle.join() {
                resume_unwind(panic);
            }
        }
    }

    fn look_at(&self, worker: &mut Watched) {
        if worker.given_up || worker.handle.is_finished() {
            return;
        }
        let seen = worker.pulse.seen();
        let stays = seen.thread.is_some() && worker.beats == seen.beats;
        worker.quiet = if stays { worker.quiet + 1 } else { 0 };
        worker.beats = seen.beats;
        let quiet = LOOK * worker.quiet;
        let failure = match worker.pulse.take_failure() {
            Some(failure) => *failure,
            None if seen.overflowed => self.overflow(seen),
            None if seen.signal.is_some() => faulted(seen),
            None if quiet >= self.patience() => stuck(seen, quiet),
            None => return,
        };
        worker.given_up = true;
        self.end_without(failure);
    }

    fn patience(&self) -> Duration {
        match self.budget_is_used_up() {
            true => self.config.patience.min(GRACE),
            false => self.config.patience,
        }
    }

    fn overflow(&self, seen: Seen) -> Failure {
        limit(Fault::Overflow {
            thread: seen.thread.unwrap_or_default(),
            place: seen.place,
            stack: self.config.stack_size,
        })
    }

    /// The other workers put back what they have; what the one had is lost, so nothing is left to
    /// go on with.
    fn end_without(&self, failure: Failure) {
        // ORDERING: the flag carries no data; the failure is under the lock.
        self.stopped.store(true, Ordering::Relaxed);
        self.state().lost.get_or_insert(failure);
        self.changed.notify_all();
    }
}

fn stuck(seen: Seen, quiet: Duration) -> Failure {
    limit(Fault::Stuck {
        thread: seen.thread.unwrap_or_default(),
        place: seen.place,
        seconds: quiet.as_secs(),
    })
}

/// The execution up to the fault, unless the worker was in the middle of a step.
fn faulted(seen: Seen) -> Failure {
    let (number, address) = seen
        .signal
        .map_or((0, 0), |signal| (signal.number, signal.address));
    let run = seen.signal.map_or(ptr::null(), |signal| signal.run);
    let fault = Fault::Signal {
        thread: seen.thread.unwrap_or_default(),
        place: seen.place,
        name: overflow::name_of(number),
        address,
    };
    // SAFETY: the worker's thread waits in `overflow`'s handler for good.
    let told = unsafe { run_at(run, |runner| runner.fail_without_return(fault.clone())) };
    told.unwrap_or_else(|| limit(fault))
}

/// Calls `f` with the run of a thread that goes no further, unless it has stopped inside of a step.
///
/// # Safety
/// `place` is null, or where a thread keeps its run that has not ended and waits for good.
unsafe fn run_at<T>(place: *const (), f: impl FnOnce(&Runner) -> T) -> Option<T> {
    // SAFETY: the caller's promise: the cell is there, and nobody else uses it.
    let runner = unsafe { place.cast::<Place>().as_ref() }?;
    runner.try_borrow().ok()?.as_ref().map(f)
}

/// The run cannot be asked for its events any more.
fn limit(fault: Fault) -> Failure {
    fault.describe(Trace::default(), Vec::new())
}
