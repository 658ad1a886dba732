//! Checkpoints of an exploration that goes on.
//!
//! When one is due, every worker puts back what is left of its job and comes for the next. Once all
//! have come, what lies there is the whole rest, and what was counted is all the others: the last
//! one saves it, and they go on.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::checkpoint::Checkpoint;
use crate::job::Job;
use crate::workers::{State, Workers};

/// Called with each checkpoint, while nothing is explored.
pub(crate) type Keep = Arc<dyn Fn(Checkpoint) + Send + Sync>;

/// Whoever keeps checkpoints, and when the next one is due.
pub(crate) struct Saver {
    every: Duration,
    keep: Keep,
    last: Mutex<Instant>,
    due: AtomicBool,
}

impl Saver {
    pub(crate) fn new(every: Duration, keep: Keep) -> Saver {
        Saver {
            every,
            keep,
            last: Mutex::new(Instant::now()),
            due: AtomicBool::new(false),
        }
    }

    fn is_due(&self) -> bool {
        // ORDERING: Relaxed: a hint; what is saved is under the workers' lock.
        if self.due.load(Ordering::Relaxed) {
            return true;
        }
        // Whoever finds the lock taken leaves it to the one who has it.
        let Ok(last) = self.last.try_lock() else {
            return false;
        };
        let due = last.elapsed() >= self.every;
        // ORDERING: Relaxed, as above.
        self.due.store(due, Ordering::Relaxed);
        due
    }

    fn done(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        // ORDERING: Relaxed, as in `is_due`.
        self.due.store(false, Ordering::Relaxed);
    }
}

impl Workers {
    /// Whether every worker is to put back what it has.
    pub(crate) fn is_to_save(&self) -> bool {
        self.watchers.saver.as_deref().is_some_and(Saver::is_due)
    }

    /// Saves, if it is due, now that nobody has a job. After a failure there is nothing to go on
    /// with: it would be forgotten.
    pub(crate) fn save(&self, state: &State) {
        let Some(saver) = self.watchers.saver.as_ref().filter(|saver| saver.is_due()) else {
            return;
        };
        if state.first.is_none() && !state.jobs.is_empty() {
            let (mut jobs, mut counted) = (state.jobs.clone(), state.counted.clone());
            jobs.sort_by_key(Job::key);
            counted.sort_by(|(a, _), (b, _)| a.cmp(b));
            let sights = self.seen.sights().clone();
            (saver.keep)(Checkpoint::new(&self.config, jobs, counted, sights));
        }
        saver.done();
        self.changed.notify_all();
    }
}
