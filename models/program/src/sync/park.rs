//! The parking lot: one queue a key, first in, first out, kept by the engine.

use super::time::Deadline;
use crate::engine;

/// What threads sleep on: the address of an atomic that they watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(usize);

impl Key {
    /// The key of one atomic or other object in shared memory.
    #[must_use]
    pub fn of<T>(object: &T) -> Self {
        Self(std::ptr::from_ref(object).addr())
    }
}

/// How a park ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Parked {
    /// A waker took this thread from the queue and left it a token.
    Unparked(usize),
    /// `validate` said no; the thread did not sleep.
    Invalid,
    /// The deadline passed and the thread took itself from the queue.
    TimedOut,
}

/// What a waker found in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// A thread was taken from the queue.
    pub woken: bool,
    /// Others still wait.
    pub more: bool,
}

/// The queues of sleeping threads.
#[derive(Debug, Default)]
pub struct ParkingLot(());

impl ParkingLot {
    /// An empty lot.
    #[must_use]
    pub fn new() -> Self {
        Self(())
    }

    /// A lot like any other: nobody wakes up for no reason here.
    #[must_use]
    pub fn restless() -> Self {
        Self::new()
    }

    /// Sleeps on `key` if `validate` holds, until woken or until `deadline`.
    ///
    /// A waker that changes what `validate` reads before it unparks is never missed.
    pub fn park(
        &self,
        key: Key,
        deadline: Option<Deadline>,
        validate: impl FnOnce() -> bool,
    ) -> Parked {
        if !engine::without_steps(validate) {
            return Parked::Invalid;
        }
        match engine::park(key.0, deadline.map(|deadline| deadline.0)) {
            Some(token) => Parked::Unparked(token),
            None => Parked::TimedOut,
        }
    }

    /// Wakes the thread that has waited longest; `decide` sees what was found and gives the token.
    pub fn unpark_one(&self, key: Key, decide: impl FnOnce(Found) -> usize) -> Found {
        let (sleeper, more) = engine::first_sleeper(key.0);
        let woken = sleeper.is_some();
        let found = Found { woken, more };
        let token = engine::without_steps(|| decide(found));
        if let Some(sleeper) = sleeper {
            engine::wake(sleeper, token);
        }
        found
    }

    /// Wakes every thread that waits on `key`, with `token`; gives their number.
    pub fn unpark_all(&self, key: Key, token: usize) -> usize {
        let mut woken = 0;
        while let (Some(sleeper), _) = engine::first_sleeper(key.0) {
            engine::wake(sleeper, token);
            woken += 1;
        }
        woken
    }
}
