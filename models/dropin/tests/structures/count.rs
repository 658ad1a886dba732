//! A value that goes with its last handle.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use loom::alloc::Track;
use loom::cell::UnsafeCell;
use loom::sync::atomic::{AtomicUsize, fence};
use loom::thread;

use crate::{Mistake, Structure};

pub(crate) const COUNT: Structure = Structure {
    name: "count",
    model,
    mistakes: &[
        ("let go", "data race"),
        ("no fence", "data race"),
        ("free one too early", "use after free"),
        ("never free", "leak"),
        ("count in two steps", "leak"),
        ("clone without counting", "use after free"),
    ],
};

struct Counted {
    count: AtomicUsize,
    value: UnsafeCell<usize>,
    _alive: Track<()>,
}

/// One handle.
#[derive(Clone, Copy)]
struct Handle(*mut Counted);

impl Handle {
    fn new() -> Handle {
        Handle(Box::into_raw(Box::new(Counted {
            count: AtomicUsize::new(1),
            value: UnsafeCell::new(0),
            _alive: Track::new(()),
        })))
    }

    fn get(&self) -> &Counted {
        // SAFETY: the value lives as long as a handle, if there is no mistake.
        unsafe { &*self.0 }
    }

    fn again(&self, mistake: Mistake) -> Handle {
        if mistake.is("count in two steps") {
            // ORDERING: with nothing, on purpose.
            let count = self.get().count.load(Relaxed);
            self.get().count.store(count + 1, Relaxed);
        } else if !mistake.is("clone without counting") {
            // ORDERING: whoever has a handle needs to know nothing more.
            self.get().count.fetch_add(1, Relaxed);
        }
        Handle(self.0)
    }

    fn end(self, mistake: Mistake) {
        let last = match mistake.0 {
            "free one too early" => 2,
            "never free" => 0,
            _ => 1,
        };
        // ORDERING: with the fence of the last.
        let count = &self.get().count;
        if count.fetch_sub(1, mistake.order("let go", Release)) != last {
            return;
        }
        if !mistake.is("no fence") {
            fence(Acquire);
        }
        // SAFETY: this was the last handle, and it has seen what the others did.
        self.get()
            .value
            .with_mut(|value| unsafe { *value = usize::MAX });
        // SAFETY: as above.
        drop(unsafe { Box::from_raw(self.0) });
    }
}

fn model(mistake: Mistake) {
    let handle = Handle::new();
    let other = handle.again(mistake);
    let thread = thread::spawn(move || {
        let third = other.again(mistake);
        // SAFETY: nobody writes while there is a handle.
        other.get().value.with(|value| unsafe { *value });
        other.end(mistake);
        third.end(mistake);
    });
    let fourth = handle.again(mistake);
    // SAFETY: as above.
    handle.get().value.with(|value| unsafe { *value });
    handle.end(mistake);
    fourth.end(mistake);
    thread.join().unwrap();
}
