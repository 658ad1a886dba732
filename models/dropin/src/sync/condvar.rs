//! `Condvar`: threads wait in a list, which a lock of the engine guards.
//!
//! A notification wakes any of those who wait: which one is a choice. Nobody wakes without one.

use std::cell::RefCell;
use std::fmt;
use std::panic::Location as Caller;
use std::sync::LockResult;
use std::time::Duration;

use graph_engine::{Location, Mode, Op, choice};

use super::mutex::{Mutex, MutexGuard};
use crate::run;
use crate::word::Word;

/// A condition that threads wait for.
pub struct Condvar {
    word: Word,
    /// Where each thread that waits has its token. Only who has the lock in `word` uses it.
    waiting: RefCell<Vec<Location>>,
}

// SAFETY: the list is used by the one thread that has the lock in `word`.
unsafe impl Sync for Condvar {}
// SAFETY: nothing in it belongs to a thread.
unsafe impl Send for Condvar {}

/// Whether a wait ended because its time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether it did.
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// A condition that nobody waits for.
    #[track_caller]
    pub fn new() -> Condvar {
        Condvar {
            word: Word::new("Condvar", 0, false),
            waiting: RefCell::default(),
        }
    }

    #[track_caller]
    fn locked<R>(&self, f: impl FnOnce(&mut Vec<Location>) -> R) -> R {
        self.word.lock();
        let result = f(&mut self.waiting.borrow_mut());
        self.word.unlock();
        result
    }

    #[track_caller]
    fn enter(&self) -> Location {
        let token = Location::new("Condvar's wake-up", 0);
        self.locked(|waiting| waiting.push(token));
        token
    }

    /// Gives the lock back, waits to be notified, and takes the lock again.
    ///
    /// # Errors
    /// With the lock, if a thread has panicked while it had it.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        let mutex: &'a Mutex<T> = guard.mutex();
        let token = self.enter();
        drop(guard);
        token.wait(Op::Park, !0, 1, |_| 0);
        mutex.lock()
    }

    /// Waits as long as `condition` says so.
    ///
    /// # Errors
    /// With the lock, if a thread has panicked while it had it.
    #[track_caller]
    pub fn wait_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// Waits like [`Condvar::wait`], or until time runs out, which is a choice.
    ///
    /// # Errors
    /// With the lock, if a thread has panicked while it had it.
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        _: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let mutex: &'a Mutex<T> = guard.mutex();
        let token = self.enter();
        drop(guard);
        let timed_out = choice(2) == 1 && self.leave(token);
        if timed_out {
            run::pass_yield(Caller::caller());
        } else {
            token.wait(Op::TimedPark, !0, 1, |_| 0);
        }
        let with = |guard| (guard, WaitTimeoutResult(timed_out));
        match mutex.lock() {
            Ok(guard) => Ok(with(guard)),
            Err(poisoned) => super::mutex::judge(true, with(poisoned.into_inner())),
        }
    }

    /// Takes the thread out of the list. False: it has been notified.
    #[track_caller]
    fn leave(&self, token: Location) -> bool {
        self.locked(|waiting| {
            let place = waiting.iter().position(|&other| other == token);
            place.map(|place| waiting.remove(place)).is_some()
        })
    }

    /// Wakes one of those who wait.
    #[track_caller]
    pub fn notify_one(&self) {
        self.word.lock();
        let waiting = self.waiting.borrow().len();
        if waiting > 0 {
            let place = if waiting > 1 { choice(waiting) } else { 0 };
            let token = self.waiting.borrow_mut().remove(place);
            token.swap(1, Mode::Release);
        }
        self.word.unlock();
    }

    /// Wakes all who wait.
    #[track_caller]
    pub fn notify_all(&self) {
        self.word.lock();
        let all = self.waiting.take();
        for token in all {
            token.swap(1, Mode::Release);
        }
        self.word.unlock();
    }
}

impl Default for Condvar {
    #[track_caller]
    fn default() -> Condvar {
        Condvar::new()
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}
