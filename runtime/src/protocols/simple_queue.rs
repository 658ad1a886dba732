//! The queue of `queue.SimpleQueue`: items come in at one end and go out at the other, and who finds none may sleep.
//!
//! # Source           CPython Modules/_queuemodule.c, Python/parking_lot.c (3.13.5).
//! Differences: an item is not handed over to the thread that has waited longest; who comes first has it.
//!
//! # State            items, sleepers: how many have announced that they sleep; both under the mutex
//! ```text
//!   gate     open: who sleeps is to look again     closed: there was nothing when somebody looked last
//! ```
//!
//! # Transitions      (x) any thread   (s) one that has announced itself; each under the mutex
//!   put      -x-> one item more, open; then one sleeper is woken, if there are any
//!   take     -x-> one item less, or, of none, nothing
//!   announce -x-> one sleeper more, closed       there is no item
//!   look     -s-> one item and one sleeper less; or closed, and it sleeps on; or one sleeper less when its time is over
//!
//! # Invariants
//! 1. While a thread sleeps, there is no item, or as many threads that were woken are on their way to the mutex.
//!    library_queue_wakes
//! 2. An item goes to one thread, and items come out in the order in which they went in.    library_queue_keeps_order
//!
//! # Orderings        none of its own: the mutex orders what comes in before what goes out
//!
//! # Progress         Blocking; who sleeps is outside, and comes inside before it takes an item, so that items stay where they
//! are while the world is stopped.
//!
//! # Not covered      Fairness.
//!
//! # Checks           The scenarios named above, faults `sq*`.

use std::collections::VecDeque;

use super::gate::{Gate, Seen, Slept};
use super::mutex::Mutex;
use crate::sync::park::ParkingLot;
use crate::sync::{event, seeded};

/// A queue.
#[derive(Debug)]
pub struct SimpleQueue<T> {
    inner: Mutex<Inner<T>>,
    gate: Gate,
}

#[derive(Debug)]
struct Inner<T> {
    items: VecDeque<T>,
    sleepers: usize,
}

impl<T> Default for SimpleQueue<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> SimpleQueue<T> {
    /// An empty queue.
    #[must_use]
    pub fn new() -> Self {
        let inner = Inner {
            items: VecDeque::new(),
            sleepers: 0,
        };
        Self {
            inner: Mutex::new("queue", inner),
            gate: Gate::new("queue waiters", false),
        }
    }

    /// How many items there are; old when it arrives.
    #[must_use]
    pub fn len(&self, lot: &ParkingLot) -> usize {
        self.inner.with(lot, |inner| inner.items.len())
    }

    /// Puts an item in, and wakes one who waits for it.
    pub fn put(&self, lot: &ParkingLot, item: T) {
        event::operation("queue.put", || {
            let others_sleep = self.inner.with(lot, |inner| {
                inner.items.push_back(item);
                self.gate.set(false);
                inner.sleepers > 0
            });
            if others_sleep && !seeded!("sq1-put-wakes-nobody") {
                self.gate.wake_one(lot);
            }
        });
    }

    /// Takes the first item, if there is one.
    pub fn take(&self, lot: &ParkingLot) -> Option<T> {
        self.inner.with(lot, |inner| inner.first())
    }

    /// Takes the first item; where there is none, the caller will [`sleep`](Self::sleep).
    pub fn take_or_announce(&self, lot: &ParkingLot) -> Option<T> {
        if seeded!("sq2-announced-after-the-look") {
            let taken = self.take(lot);
            if taken.is_none() {
                self.inner.with(lot, |inner| self.announce(inner));
            }
            return taken;
        }
        self.inner.with(lot, |inner| {
            let taken = inner.first();
            if taken.is_none() {
                self.announce(inner);
            }
            taken
        })
    }

    fn announce(&self, inner: &mut Inner<T>) {
        inner.sleepers += 1;
        self.gate.set(true);
    }

    /// Sleeps until there may be an item; `sleep` sleeps at a gate that was seen so. The caller has announced itself and is
    /// outside.
    pub fn sleep(&self, sleep: impl FnOnce(&Gate, Seen) -> Slept) -> Slept {
        sleep(&self.gate, self.gate.look())
    }

    /// What came of a sleep: the item that the caller has, or why it has none and is no sleeper any more; nothing when it
    /// sleeps on.
    pub fn wake(&self, lot: &ParkingLot, slept: Slept) -> Option<Result<T, Slept>> {
        event::operation("queue.wake", || {
            self.inner.with(lot, |inner| {
                let taken = inner.first();
                let stays = taken.is_none() && slept == Slept::InTime;
                match stays {
                    true => self.gate.set(true),
                    false => inner.sleepers -= 1,
                }
                (!stays).then(|| taken.ok_or(slept))
            })
        })
    }

    /// Takes out everything.
    pub fn drain(&self, lot: &ParkingLot) -> VecDeque<T> {
        self.inner
            .with(lot, |inner| std::mem::take(&mut inner.items))
    }

    /// Looks at the items where nobody else can: the world is stopped, or nobody else has the queue.
    pub fn alone<R>(&self, body: impl FnOnce(&VecDeque<T>) -> R) -> R {
        self.inner.alone(|inner| body(&inner.items))
    }
}

impl<T> Inner<T> {
    fn first(&mut self) -> Option<T> {
        match seeded!("sq3-last-item-first") {
            true => self.items.pop_back(),
            false => self.items.pop_front(),
        }
    }
}
