//! The clock of a history: tells which calls overlapped. No checker sees it, so it orders nothing else.

use std::sync::atomic::{AtomicU64, Ordering};

/// A counter that all threads of an execution share.
#[derive(Debug)]
pub(crate) struct Clock {
    now: AtomicU64,
    /// Whether the order in which threads run is the order of what they do.
    runs: bool,
}

impl Clock {
    /// A clock that runs; or one that stands, for a world in which the order of a run means nothing: all calls of
    /// different threads overlap then.
    pub(crate) fn new(runs: bool) -> Self {
        let now = AtomicU64::new(0);
        Self { now, runs }
    }

    /// The next time.
    pub(crate) fn tick(&self) -> u64 {
        match self.runs {
            // ORDERING: SeqCst: a call that ended before another began has the smaller number on real threads too.
            true => self.now.fetch_add(1, Ordering::SeqCst),
            false => 0,
        }
    }
}
