//! A mutex around a short internal table: a waiter parks without detaching, so a holder must never wait for anybody.
//!
//! # Source
//! parking_lot `raw_mutex.rs`; CPython Python/lock.c `_PyRawMutex` (3.13.5).
//! Differences: waiters sleep in the parking lot; no fairness, since the table operations are short.
//!
//! # State            state:  1 parked | 0 locked
//!   00 free                nobody holds it and nobody sleeps
//!   01 locked              one holder
//!   10 parked              free, but threads sleep that an earlier unlock did not wake
//!   11 locked, parked      one holder; unlocking wakes one sleeper
//!
//! # Transitions      (h) holder   (w) any other thread
//!   free|parked -w-> locked   locked -w-> locked, parked   locked -h-> free   locked, parked -h-> free|parked
//!
//! # Invariants
//! 1. Only the holder touches the table.                                     the cell is watched in the models
//! 2. A sleeper exists only while the parked bit is set.                     `park` validates it under its queue lock
//!
//! # Orderings
//! | site           | operation     | order   | pairs with             | carries   | if weakened |
//! |----------------|---------------|---------|------------------------|-----------|-------------|
//! | `mutex.lock`   | CAS state     | Acquire | `mutex.unlock` Release | the table | data race   |
//! | `mutex.unlock` | CAS or store  | Release | `mutex.lock` Acquire   | the table | data race   |
//!
//! # Field access     `table`: the holder reads and writes; nobody else.
//!
//! # Progress         Blocking. The body of [`Mutex::with`] must not park, run Python code or reach a safepoint: a
//! thread that stops there would stop every thread that needs the table. It may take no other lock.
//!
//! # Not covered      Fairness; poisoning (a body that panics leaves the mutex locked).
//!
//! # Checks           Every merge queue and event scenario runs on it.

use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::cell::Cell;
use crate::sync::event;
use crate::sync::park::{Key, ParkingLot};
use crate::sync::site;

const FREE: u8 = 0b00;
const LOCKED: u8 = 0b01;
const PARKED: u8 = 0b10;

/// A table and the lock that protects it.
#[derive(Debug)]
pub struct Mutex<T> {
    name: &'static str,
    state: AtomicU8,
    table: Cell<T>,
}

impl<T> Mutex<T> {
    /// A free mutex; `name` is what traces call it.
    #[must_use]
    pub fn new(name: &'static str, table: T) -> Self {
        Self {
            name,
            state: AtomicU8::new(name, FREE),
            table: Cell::new("table", table),
        }
    }

    /// Runs `body` on the table, alone.
    pub fn with<R>(&self, lot: &ParkingLot, body: impl FnOnce(&mut T) -> R) -> R {
        event::enters(&raw const self.table, self.name);
        self.lock(lot);
        // SAFETY: this thread holds the lock, so nobody else touches the table, by Invariant 1.
        let result = self.table.with_mut(|table| body(unsafe { &mut *table }));
        self.unlock(lot);
        result
    }

    /// Looks at the table where nobody else can: the world is stopped, or nobody else has the mutex.
    pub fn alone<R>(&self, body: impl FnOnce(&T) -> R) -> R {
        // SAFETY: the caller is alone with the table.
        self.table.with(|table| body(unsafe { &*table }))
    }

    #[inline]
    fn lock(&self, lot: &ParkingLot) {
        // ORDERING: Acquire, with `mutex.unlock`: the last holder's writes to the table; a failure carries nothing.
        let order = site("mutex.lock", Acquire);
        if (self.state)
            .compare_exchange(FREE, LOCKED, order, Relaxed)
            .is_err()
        {
            self.lock_slow(lot);
        }
        event::acquired(&self.state, self.name);
    }

    #[cold]
    fn lock_slow(&self, lot: &ParkingLot) {
        while !self.try_lock_or_mark() {
            // ORDERING: Relaxed, since the holder changes the state while the key's queue is locked.
            let _ = lot.park(Key::of(&self.state), None, || {
                self.state.load(Relaxed) == LOCKED | PARKED
            });
        }
    }

    /// Takes the lock, or leaves the parked bit set and says no.
    fn try_lock_or_mark(&self) -> bool {
        // ORDERING: Relaxed, as a guess that the compare-exchange verifies.
        let mut state = self.state.load(Relaxed);
        while state != LOCKED | PARKED {
            let (wanted, order) = match state & LOCKED {
                0 => (state | LOCKED, site("mutex.lock", Acquire)),
                _ => (state | PARKED, Relaxed),
            };
            // ORDERING: Acquire when it takes the lock, as in `lock`; the parked bit carries nothing.
            match self.state.compare_exchange(state, wanted, order, Relaxed) {
                Ok(_) if state & LOCKED == 0 => return true,
                Ok(_) => return false,
                Err(found) => state = found,
            }
        }
        false
    }

    #[inline]
    fn unlock(&self, lot: &ParkingLot) {
        event::released(&self.state);
        // ORDERING: Release, with `mutex.lock`: this holder's writes to the table.
        let order = site("mutex.unlock", Release);
        if (self.state)
            .compare_exchange(LOCKED, FREE, order, Relaxed)
            .is_err()
        {
            self.unlock_slow(lot);
        }
    }

    #[cold]
    fn unlock_slow(&self, lot: &ParkingLot) {
        let _ = lot.unpark_one(Key::of(&self.state), |found| {
            let state = if found.more { PARKED } else { FREE };
            // ORDERING: Release, as in `unlock`; while both bits are set only the holder changes the state.
            self.state.store(state, site("mutex.unlock", Release));
            0
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::sync::thread;

    #[test]
    fn contended_additions_are_all_counted() {
        let shared = Arc::new((Mutex::new("sum", 0_u32), ParkingLot::new()));
        let threads = [1, 2, 3].map(|step| {
            let shared = Arc::clone(&shared);
            let add = move || {
                for _ in 0..10_000 {
                    shared.0.with(&shared.1, |sum| *sum += step);
                }
            };
            thread::spawn("adder", 64 << 10, add).expect("a thread starts")
        });
        for thread in threads {
            thread.join();
        }
        assert_eq!(shared.0.with(&shared.1, |sum| *sum), 60_000);
    }
}
