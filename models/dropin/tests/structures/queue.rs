//! A queue for several producers and one consumer, after D. Vyukov's intrusive one.

use std::ptr;
use std::sync::Arc;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};

use loom::cell::UnsafeCell;
use loom::sync::atomic::AtomicPtr;
use loom::thread;

use crate::{Mistake, Structure};

pub(crate) const QUEUE: Structure = Structure {
    name: "queue",
    model,
    mistakes: &[
        ("link", "data race"),
        ("follow", "data race"),
        ("read the value too early", "data race"),
        ("take the tail without exchange", "lost"),
        ("link the new one to itself", "lost"),
    ],
};

struct Node {
    value: UnsafeCell<usize>,
    next: AtomicPtr<Node>,
}

fn node(value: usize) -> *mut Node {
    Box::into_raw(Box::new(Node {
        value: UnsafeCell::new(value),
        next: AtomicPtr::new(ptr::null_mut()),
    }))
}

struct Queue {
    /// The last node that was put.
    tail: AtomicPtr<Node>,
    /// The node behind which the next one hangs; the consumer's own.
    head: UnsafeCell<*mut Node>,
}

impl Queue {
    fn push(&self, value: usize, mistake: Mistake) {
        let new = node(0);
        // SAFETY: the node is this thread's until it is linked.
        unsafe { (*new).value.with_mut(|place| *place = value) };
        let before = if mistake.is("take the tail without exchange") {
            // ORDERING: with nothing, on purpose.
            let before = self.tail.load(Acquire);
            self.tail.store(new, Release);
            before
        } else {
            // ORDERING: with the exchanges of other producers.
            self.tail.swap(new, AcqRel)
        };
        let before = match mistake.is("link the new one to itself") {
            true => new,
            false => before,
        };
        // SAFETY: nodes stay until the queue ends.
        // ORDERING: with the load of `pop`.
        unsafe { (*before).next.store(new, mistake.order("link", Release)) };
    }

    fn pop(&self, mistake: Mistake) -> Option<usize> {
        // SAFETY: only the consumer uses `head`; nodes stay until the queue ends.
        unsafe {
            let head = self.head.with(|head| *head);
            if mistake.is("read the value too early") {
                // ORDERING: with nothing, on purpose.
                let next = (*head).next.load(Relaxed);
                (!next.is_null()).then(|| (*next).value.with(|value| *value));
            }
            // ORDERING: with the store of `push`.
            let next = (*head).next.load(mistake.order("follow", Acquire));
            if next.is_null() {
                return None;
            }
            self.head.with_mut(|head| *head = next);
            Some((*next).value.with(|value| *value))
        }
    }
}

fn model(mistake: Mistake) {
    let first = node(0);
    let queue = Arc::new(Queue {
        tail: AtomicPtr::new(first),
        head: UnsafeCell::new(first),
    });
    let put = |values: [usize; 2]| {
        let queue = Arc::clone(&queue);
        thread::spawn(move || {
            values
                .into_iter()
                .for_each(|value| queue.push(value, mistake))
        })
    };
    let threads = [put([1, 2]), put([11, 12])];
    let mut found: Vec<usize> = queue.pop(mistake).into_iter().collect();
    for thread in threads {
        thread.join().unwrap();
    }
    found.extend(std::iter::from_fn(|| queue.pop(mistake)).take(9));
    let of = |own: fn(&&usize) -> bool| found.iter().filter(own).copied().collect::<Vec<_>>();
    assert_eq!(of(|value| **value < 10), [1, 2], "lost or in another order");
    assert_eq!(
        of(|value| **value > 10),
        [11, 12],
        "lost or in another order"
    );
}
