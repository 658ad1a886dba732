//! The parking lot: threads that sleep on a key until another thread wakes them.
//!
//! One queue a key, first in, first out. `validate` and the callback of [`ParkingLot::unpark_one`] run while the
//! key's queue is locked; they may read and write atomics and must do nothing else.

use parking_lot_core::{DEFAULT_PARK_TOKEN, UnparkToken};

use super::time::Deadline;

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

    /// An empty lot whose sleepers may also wake up for no reason, with the token 0. Only checkers make them.
    #[must_use]
    pub fn restless() -> Self {
        Self(())
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
        // SAFETY: the closures neither panic nor call into parking_lot_core, by this module's contract, and the key
        // is the address of memory that this runtime owns.
        let result = unsafe {
            parking_lot_core::park(
                key.0,
                validate,
                || {},
                |_, _| {},
                DEFAULT_PARK_TOKEN,
                deadline.map(|d| d.0),
            )
        };
        match result {
            parking_lot_core::ParkResult::Unparked(token) => Parked::Unparked(token.0),
            parking_lot_core::ParkResult::Invalid => Parked::Invalid,
            parking_lot_core::ParkResult::TimedOut => Parked::TimedOut,
        }
    }

    /// Wakes the thread that has waited longest; `decide` sees what was found and gives the token.
    pub fn unpark_one(&self, key: Key, decide: impl FnOnce(Found) -> usize) -> Found {
        let found = |result: parking_lot_core::UnparkResult| Found {
            woken: result.unparked_threads > 0,
            more: result.have_more_threads,
        };
        // SAFETY: as for `park`.
        let result = unsafe {
            parking_lot_core::unpark_one(key.0, |result| UnparkToken(decide(found(result))))
        };
        found(result)
    }

    /// Wakes every thread that waits on `key`, with `token`; gives their number.
    pub fn unpark_all(&self, key: Key, token: usize) -> usize {
        // SAFETY: the key is the address of memory that this runtime owns.
        unsafe { parking_lot_core::unpark_all(key.0, UnparkToken(token)) }
    }
}
