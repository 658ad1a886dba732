//! A ring buffer of two slots for one producer and one consumer.

use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use loom::cell::UnsafeCell;
use loom::sync::atomic::AtomicUsize;
use loom::thread;

use crate::{Mistake, Structure};

pub(crate) const RING: Structure = Structure {
    name: "ring",
    model,
    mistakes: &[
        ("publish", "data race"),
        ("see", "data race"),
        ("give back", "data race"),
        ("see room", "data race"),
        ("publish first", "0 after 0"),
        ("one too many", "data race"),
    ],
};

const SLOTS: usize = 2;

struct Ring {
    slots: [UnsafeCell<usize>; SLOTS],
    /// How many were taken and how many put, ever.
    taken: AtomicUsize,
    put: AtomicUsize,
}

impl Ring {
    fn push(&self, value: usize, mistake: Mistake) -> bool {
        // ORDERING: only this thread stores it.
        let put = self.put.load(Relaxed);
        // ORDERING: with `taken`'s store: the slot was read.
        let taken = self.taken.load(mistake.order("see room", Acquire));
        let room = SLOTS + usize::from(mistake.is("one too many"));
        if put - taken == room {
            return false;
        }
        if mistake.is("publish first") {
            // ORDERING: with `put`'s load.
            self.put.store(put + 1, Release);
        }
        // SAFETY: the consumer is not at this slot.
        self.slots[put % SLOTS].with_mut(|slot| unsafe { *slot = value });
        // ORDERING: with `put`'s load: the slot is written.
        self.put.store(put + 1, mistake.order("publish", Release));
        true
    }

    fn pop(&self, mistake: Mistake) -> Option<usize> {
        // ORDERING: only this thread stores it.
        let taken = self.taken.load(Relaxed);
        // ORDERING: with `put`'s store.
        if self.put.load(mistake.order("see", Acquire)) == taken {
            return None;
        }
        // SAFETY: the producer has written this slot, and is not at it.
        let value = self.slots[taken % SLOTS].with(|slot| unsafe { *slot });
        // ORDERING: with `taken`'s load.
        self.taken
            .store(taken + 1, mistake.order("give back", Release));
        Some(value)
    }
}

fn model(mistake: Mistake) {
    let ring = Arc::new(Ring {
        slots: [UnsafeCell::new(0), UnsafeCell::new(0)],
        taken: AtomicUsize::new(0),
        put: AtomicUsize::new(0),
    });
    let other = Arc::clone(&ring);
    let producer = thread::spawn(move || (1..=3).filter(|&n| other.push(n, mistake)).count());
    let mut last = 0;
    for _ in 0..3 {
        if let Some(value) = ring.pop(mistake) {
            assert!(value > last, "{value} after {last}");
            last = value;
        }
    }
    producer.join().unwrap();
}
