//! Stop cells: what every thread that is inside reads as plain memory, and one changes while the world is stopped.
//!
//! # Source           CPython Objects/funcobject.c `func_set_code`, `func_set_defaults` (3.14), whose fields are
//! exchanged beside their readers (gh-145272, gh-153297); Python/pystate.c `stop_the_world`.
//! Differences: calls read the code and the defaults of a function without a lock and without a count, so who changes
//! them stops the calls.
//!
//! # State            cell: a value
//!
//! # Transitions
//!
//! ```text
//!   (i) a thread that is inside     (s) the thread that has stopped the world
//!   value -s: change-> another, and what is to be given back goes to whoever changed it, after the restart
//!   look -i-> the value, until the thread's next safepoint
//! ```
//!
//! # Invariants
//! 1. A value does not change while a thread that is inside looks.               safepoint_stop_cell_vs_look
//! 2. Each value that was put in is taken out once: changes take turns.          safepoint_two_stoppers_take_turns
//!
//! # Orderings        none of its own: the stop orders a change with every look before and after it
//!
//! # Progress         A look is wait-free; a change blocks as a stop does.
//!
//! # Not covered      A look that goes on behind a safepoint.
//!
//! # Checks           The scenarios named above.

use std::fmt;

use super::thread_state::ThreadState;
use crate::sync::cell::Cell;
use crate::sync::{event, seeded};

/// A value that changes only while the world is stopped.
pub struct StopCell<T>(Cell<T>);

// SAFETY: threads that are inside share the value and nobody changes it; who changes it is alone, by Invariant 1.
unsafe impl<T: Send + Sync> Sync for StopCell<T> {}

impl<T> fmt::Debug for StopCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StopCell")
    }
}

impl<T> StopCell<T> {
    /// A cell with a value.
    #[must_use]
    pub fn new(name: &'static str, value: T) -> Self {
        Self(Cell::new(name, value))
    }

    /// Looks at the value. `look` passes no safepoint.
    #[inline(always)]
    pub fn with<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        // SAFETY: the calling thread is inside and stays there, so nobody changes the value.
        self.0.with(|value| look(unsafe { &*value }))
    }

    /// Changes the value while the world is stopped. `change` runs no code and gives nothing back: it returns what the
    /// caller is to give back.
    pub fn change<R>(&self, ts: &ThreadState, change: impl FnOnce(&mut T) -> R) -> R {
        if seeded!("fn1-changed-beside-calls") {
            return self.change_alone(change);
        }
        event::operation("stop cell", || {
            let world = ts.runtime().world();
            world.stop(Some(ts));
            let taken = self.change_alone(change);
            world.restart(Some(ts));
            taken
        })
    }

    /// Changes the value where nobody else can look: in an object that nobody knows, or while the world is stopped.
    pub fn change_alone<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        // SAFETY: nobody else looks.
        self.0.with_mut(|value| change(unsafe { &mut *value }))
    }
}
