//! The clocks themselves: of threads, atomics, cells and blocks.

use std::sync::atomic::Ordering;

use crate::clock::{Epoch, MAX_THREADS, VectorClock};

/// Every clock of the execution.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) threads: Vec<View>,
    pub(super) atomics: Vec<Message>,
    pub(super) cells: Vec<Accesses>,
    pub(super) blocks: Vec<Accesses>,
}

/// One thread's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct View {
    pub(super) now: VectorClock,
    released: VectorClock,
    pending: VectorClock,
}

/// An atomic: when it was made, and what the reader of its newest value may learn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message {
    pub(super) made: Epoch,
    pub(super) carries: VectorClock,
}

/// The accesses of a cell or block that a later one must be ordered after.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accesses {
    write: Epoch,
    reads: [Epoch; MAX_THREADS],
}

/// An access that the present one is not ordered after.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conflict {
    pub(crate) earlier: Epoch,
    pub(crate) what: &'static str,
}

impl View {
    pub(super) fn read(&mut self, message: &VectorClock, order: Ordering) {
        if acquires(order) {
            self.now.join(message);
        } else {
            self.pending.join(message);
        }
    }

    /// What a write of the given order carries.
    pub(super) fn carried(&self, order: Ordering) -> VectorClock {
        if releases(order) {
            self.now
        } else {
            self.released
        }
    }

    pub(super) fn fence(&mut self, order: Ordering) {
        if acquires(order) {
            self.now.join(&self.pending);
        }
        if releases(order) {
            self.released = self.now;
        }
    }
}

impl Accesses {
    pub(super) fn new(write: Epoch) -> Self {
        Self {
            write,
            reads: [Epoch::default(); MAX_THREADS],
        }
    }

    pub(super) fn read(&mut self, by: Epoch, now: &VectorClock) -> Result<(), Conflict> {
        let earlier = self.write;
        self.reads[by.thread] = by;
        let what = "write";
        (now.covers(earlier))
            .then_some(())
            .ok_or(Conflict { earlier, what })
    }

    pub(super) fn write(&mut self, by: Epoch, now: &VectorClock) -> Result<(), Conflict> {
        let unread = self.reads.iter().find(|read| !now.covers(**read));
        if let Some(&earlier) = unread {
            return Err(Conflict {
                earlier,
                what: "read",
            });
        }
        let earlier = std::mem::replace(&mut self.write, by);
        let what = "write";
        (now.covers(earlier))
            .then_some(())
            .ok_or(Conflict { earlier, what })
    }
}

impl Memory {
    pub(crate) fn clear(&mut self) {
        self.threads.clear();
        self.threads.push(View::default());
        self.atomics.clear();
        self.cells.clear();
        self.blocks.clear();
    }

    pub(crate) fn spawn(&mut self, parent: usize, child: usize) {
        debug_assert_eq!(child, self.threads.len(), "threads are numbered in order");
        self.threads[parent].now.tick(parent);
        let now = self.threads[parent].now;
        self.threads.push(View {
            now,
            ..View::default()
        });
    }

    pub(crate) fn join(&mut self, joiner: usize, ended: usize) {
        let last = self.threads[ended].now;
        self.threads[joiner].now.join(&last);
    }

    /// Begins an event of `thread`: advances its time.
    pub(super) fn tick(&mut self, thread: usize, step: usize) -> Epoch {
        let time = self.threads[thread].now.tick(thread);
        Epoch { thread, time, step }
    }

    /// Whether the making of the atomic is ordered before what `thread` does now.
    pub(super) fn made_before(&self, serial: u32, thread: usize) -> Result<(), Conflict> {
        let earlier = self.atomics[serial as usize].made;
        let what = "construction";
        let ordered = self.threads[thread].now.covers(earlier);
        ordered.then_some(()).ok_or(Conflict { earlier, what })
    }
}

fn acquires(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst
    )
}

fn releases(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Release | Ordering::AcqRel | Ordering::SeqCst
    )
}
