//! A thread that sleeps until another one has set a flag.

use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};

use loom::cell::UnsafeCell;
use loom::sync::Mutex;
use loom::sync::atomic::{AtomicBool, fence};
use loom::thread::{self, Thread};

use crate::{Mistake, Structure};

pub(crate) const EVENT: Structure = Structure {
    name: "event",
    model,
    mistakes: &[
        ("set", "data race"),
        ("see", "data race"),
        ("wake first", "deadlock"),
        ("look before registering", "deadlock"),
        ("no fence of the setter", "deadlock"),
        ("no fence of the waiter", "deadlock"),
        ("no second look", "deadlock"),
    ],
};

struct Event {
    is_set: AtomicBool,
    /// Whether somebody is registered; who, is under the lock.
    waits: AtomicBool,
    waiter: Mutex<Option<Thread>>,
    data: UnsafeCell<usize>,
}

impl Event {
    fn set(&self, mistake: Mistake) {
        // SAFETY: nobody reads before it is set.
        self.data.with_mut(|data| unsafe { *data = 7 });
        if mistake.is("wake first") {
            self.wake();
        }
        // ORDERING: with the loads of `wait`.
        self.is_set.store(true, mistake.order("set", Release));
        if !mistake.is("no fence of the setter") {
            fence(SeqCst);
        }
        // ORDERING: the fences see to it that one of both sees the other's flag.
        if !mistake.is("wake first") && self.waits.load(Relaxed) {
            self.wake();
        }
    }

    fn wake(&self) {
        let waiter = self.waiter.lock().unwrap().take();
        if let Some(waiter) = waiter {
            waiter.unpark();
        }
    }

    fn wait(&self, mistake: Mistake) -> usize {
        let seen = mistake.order("see", Acquire);
        // ORDERING: with the store of `set`.
        if !self.is_set.load(seen) {
            *self.waiter.lock().unwrap() = Some(thread::current());
            // ORDERING: the fences see to it that one of both sees the other's flag.
            let register = || self.waits.store(true, Relaxed);
            if !mistake.is("look before registering") {
                register();
            }
            if !mistake.is("no fence of the waiter") {
                fence(SeqCst);
            }
            // ORDERING: with the store of `set`.
            let is_set = !mistake.is("no second look") && self.is_set.load(seen);
            if mistake.is("look before registering") {
                register();
            }
            if !is_set {
                thread::park();
                // ORDERING: with the store of `set`.
                self.is_set.load(seen);
            }
        }
        // SAFETY: it is set, so the data is written.
        self.data.with(|data| unsafe { *data })
    }
}

fn model(mistake: Mistake) {
    let event = Arc::new(Event {
        is_set: AtomicBool::new(false),
        waits: AtomicBool::new(false),
        waiter: Mutex::new(None),
        data: UnsafeCell::new(0),
    });
    let other = Arc::clone(&event);
    let waiter = thread::spawn(move || assert_eq!(other.wait(mistake), 7));
    event.set(mistake);
    waiter.join().unwrap();
}
