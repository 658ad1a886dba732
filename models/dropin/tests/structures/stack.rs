//! A stack of nodes that are freed with it, after R. K. Treiber, *Systems programming: coping with
//! parallelism*, 1986.

use std::ptr;
use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use loom::cell::UnsafeCell;
use loom::sync::atomic::AtomicPtr;
use loom::thread;

use crate::{Mistake, Structure};

pub(crate) const STACK: Structure = Structure {
    name: "stack",
    model,
    mistakes: &[
        ("publish", "data race"),
        ("see", "data race"),
        ("store instead of exchange", "pushed, and"),
        ("link too late", "data race"),
        ("take without exchange", "twice"),
    ],
};

struct Node {
    value: usize,
    next: UnsafeCell<*mut Node>,
}

struct Stack {
    head: AtomicPtr<Node>,
}

impl Stack {
    fn push(&self, value: usize, mistake: Mistake) {
        let next = UnsafeCell::new(ptr::null_mut());
        let node = Box::into_raw(Box::new(Node { value, next }));
        // ORDERING: the exchange below tells whether it is still so.
        let mut head = self.head.load(Relaxed);
        loop {
            // SAFETY: the node is this thread's until it is published.
            let link = || unsafe { (*node).next.with_mut(|next| *next = head) };
            if !mistake.is("link too late") {
                link();
            }
            if mistake.is("store instead of exchange") {
                // ORDERING: with the load of `pop`.
                return self.head.store(node, Release);
            }
            let order = mistake.order("publish", Release);
            // ORDERING: the success with the load of `pop`.
            match self.head.compare_exchange_weak(head, node, order, Relaxed) {
                Ok(_) if mistake.is("link too late") => return link(),
                Ok(_) => return,
                Err(now) => head = now,
            }
        }
    }

    fn pop(&self, mistake: Mistake) -> Option<usize> {
        // ORDERING: with the exchange of `push`.
        let mut head = self.head.load(mistake.order("see", Acquire));
        while !head.is_null() {
            // SAFETY: nodes stay until the stack ends.
            let next = unsafe { (*head).next.with(|next| *next) };
            let order = mistake.order("see", Acquire);
            if mistake.is("take without exchange") {
                // ORDERING: with nothing, on purpose.
                self.head.store(next, Release);
                // SAFETY: as above.
                return Some(unsafe { (*head).value });
            }
            // ORDERING: a failure sees another node, as the load does.
            match self.head.compare_exchange(head, next, order, order) {
                // SAFETY: as above.
                Ok(_) => return Some(unsafe { (*head).value }),
                Err(now) => head = now,
            }
        }
        None
    }
}

fn model(mistake: Mistake) {
    let stack = Arc::new(Stack {
        head: AtomicPtr::new(ptr::null_mut()),
    });
    let work = |value: usize| {
        let stack = Arc::clone(&stack);
        thread::spawn(move || {
            stack.push(value, mistake);
            stack.pop(mistake)
        })
    };
    let threads = [work(1), work(2)];
    let mut found: Vec<usize> = Vec::new();
    for thread in threads {
        found.extend(thread.join().unwrap());
    }
    while let Some(value) = stack.pop(Mistake("")) {
        found.push(value);
    }
    found.sort_unstable();
    assert!(
        found != [1, 1] && found != [2, 2],
        "one value twice: {found:?}"
    );
    assert_eq!(found, [1, 2], "pushed, and not popped or popped twice");
}
