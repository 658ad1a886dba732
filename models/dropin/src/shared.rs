//! What the executions of one model share: bounds, and what earlier executions have taught.
//!
//! Some things must be made before the first thread runs, so that every execution makes them at
//! the same place: the state of lazy statics, for one. They are not known before somebody uses
//! them. So the first execution that needs one notes it here, and the exploration starts anew
//! with it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The stack of each thread of the model, in bytes, unless a model asks for more.
const STACK: usize = 1 << 20;

/// What the executions of one model share.
pub(crate) struct Shared {
    /// How often a thread may pass the same yield in one execution.
    pub(crate) yields: usize,
    /// Whether waits may wake for no reason.
    pub(crate) spurious_wakes: bool,
    /// Whether weak compare-exchanges may fail for no reason.
    pub(crate) weak_failures: bool,
    /// Whether the end of an atomic or a cell is an access of it.
    pub(crate) drops_are_accesses: bool,
    /// Set when a thread has met a bound.
    pub(crate) is_cut: AtomicBool,
    /// Set when the exploration is to start anew.
    pub(crate) stop: Arc<AtomicBool>,
    pub(crate) known: Mutex<Known>,
}

/// What earlier executions have taught.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The addresses of the lazy statics that the model uses.
    pub(crate) lazies: Vec<usize>,
    /// Whether somebody asks for the number of an `Arc`'s handles.
    pub(crate) counts_handles: bool,
    pub(crate) stack_size: usize,
}

impl Default for Known {
    fn default() -> Known {
        Known {
            lazies: Vec::new(),
            counts_handles: false,
            stack_size: STACK,
        }
    }
}

impl Shared {
    pub(crate) fn known(&self) -> Known {
        self.known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Notes what the next exploration is to know, and ends this one.
    pub(crate) fn learn(&self, note: impl FnOnce(&mut Known)) {
        note(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner));
        // ORDERING: the flag carries no data; what was learnt is under the lock.
        self.stop.store(true, Ordering::Relaxed);
    }

    pub(crate) fn must_start_anew(&self) -> bool {
        // ORDERING: read after the workers have ended, which their joining orders.
        self.stop.load(Ordering::Relaxed)
    }

    pub(crate) fn is_cut(&self) -> bool {
        // ORDERING: read after the workers have ended, which their joining orders.
        self.is_cut.load(Ordering::Relaxed)
    }
}
