//! The clock of a history: tells which calls overlapped. No checker sees it, so it orders nothing else.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A counter that all threads of an execution share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Arc<AtomicU64>);

impl Clock {
    /// The next time.
    pub(crate) fn tick(&self) -> u64 {
        // ORDERING: SeqCst: a call that ended before another began has the smaller number on real threads too.
        self.0.fetch_add(1, Ordering::SeqCst)
    }
}
