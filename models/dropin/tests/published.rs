//! Published algorithms that are wrong, as a user of loom would write them: each is found.

// The threads of a model are coroutines: what they share need not be `Sync`, as under loom.
#![allow(clippy::arc_with_non_send_sync)]

mod common;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};

use common::failure_of;
use loom::cell::UnsafeCell;
use loom::sync::Mutex;
use loom::sync::atomic::{AtomicBool, AtomicUsize, fence};
use loom::thread;

/// H. Hyman, *Comments on a problem in concurrent programming control*, CACM 9(1), 1966.
struct Hyman {
    wants: [AtomicBool; 2],
    turn: AtomicUsize,
    data: UnsafeCell<usize>,
}

impl Hyman {
    fn new() -> Hyman {
        Hyman {
            wants: [AtomicBool::new(false), AtomicBool::new(false)],
            turn: AtomicUsize::new(0),
            data: UnsafeCell::new(0),
        }
    }

    fn enter(&self, me: usize) {
        // ORDERING: as strong as can be, each with those of the other thread.
        self.wants[me].store(true, SeqCst);
        while self.turn.load(SeqCst) != me {
            while self.wants[1 - me].load(SeqCst) {
                thread::yield_now();
            }
            self.turn.store(me, SeqCst);
        }
    }

    fn work(&self, me: usize) {
        self.enter(me);
        // SAFETY: the algorithm claims that one thread is here at a time.
        self.data.with_mut(|data| unsafe { *data += 1 });
        // ORDERING: with the load of the other thread in `enter`.
        self.wants[me].store(false, SeqCst);
    }
}

#[test]
fn hymans_mutual_exclusion_excludes_nobody() {
    let message = failure_of(|| {
        let lock = Arc::new(Hyman::new());
        let other = Arc::clone(&lock);
        let thread = thread::spawn(move || other.work(1));
        lock.work(0);
        thread.join().unwrap();
    });
    assert!(message.contains("data race"), "{message}");
    assert!(message.contains("tests/published.rs:48"), "{message}");
}

/// D. Schmidt and T. Harrison, *Double-checked locking*, 1996: the first check orders nothing.
struct Once {
    ready: AtomicBool,
    lock: Mutex<()>,
    value: UnsafeCell<usize>,
}

impl Once {
    fn get(&self, first_check: Ordering) -> usize {
        // ORDERING: the question of the test: with the store below.
        if !self.ready.load(first_check) {
            let _guard = self.lock.lock().unwrap();
            if !self.ready.load(Relaxed) {
                // SAFETY: the lock is held, and nobody reads before `ready` says so.
                self.value.with_mut(|value| unsafe { *value = 7 });
                self.ready.store(true, Release);
            }
        }
        // SAFETY: the value is not written any more.
        self.value.with(|value| unsafe { *value })
    }
}

fn two_ask(first_check: Ordering) {
    let once = Arc::new(Once {
        ready: AtomicBool::new(false),
        lock: Mutex::new(()),
        value: UnsafeCell::new(0),
    });
    let other = Arc::clone(&once);
    let thread = thread::spawn(move || assert_eq!(other.get(first_check), 7));
    assert_eq!(once.get(first_check), 7);
    thread.join().unwrap();
}

#[test]
fn double_checked_locking_needs_its_first_check_to_acquire() {
    // ORDERING: acquire is what it takes, relaxed what was published.
    loom::model(|| two_ask(Acquire));
    let message = failure_of(|| two_ask(Relaxed));
    assert!(message.contains("data race"), "{message}");
    assert!(message.contains("tests/published.rs:86"), "{message}");
}

/// The reader of a sequence lock, after H. Boehm, *Can seqlocks get along with programming
/// language memory models?*, MSPC 2012: without a fence the second look proves nothing.
fn read_and_write(with_fence: bool) {
    let data = Arc::new((
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    ));
    let other = Arc::clone(&data);
    let writer = thread::spawn(move || {
        // ORDERING: the writer's are right: fence and release store, with the reader's loads.
        other.0.store(1, Relaxed);
        fence(Release);
        other.1.store(1, Relaxed);
        other.2.store(1, Relaxed);
        other.0.store(2, Release);
    });
    // ORDERING: with the writer's release store, and its fence if the reader has one, too.
    let before = data.0.load(Acquire);
    let (left, right) = (data.1.load(Relaxed), data.2.load(Relaxed));
    if with_fence {
        fence(Acquire);
    }
    let after = data.0.load(Relaxed);
    if before == after && before.is_multiple_of(2) {
        assert_eq!(left, right, "a torn read");
    }
    writer.join().unwrap();
}

#[test]
fn a_sequence_locks_reader_needs_a_fence() {
    loom::model(|| read_and_write(true));
    let message = failure_of(|| read_and_write(false));
    assert!(message.contains("a torn read"), "{message}");
    assert!(message.contains("tests/published.rs:136"), "{message}");
}
