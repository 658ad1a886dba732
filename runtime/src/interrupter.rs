//! Ctrl-C from outside: a handle that threads which are not the interpreter's own may hold.

#![expect(
    clippy::disallowed_types,
    reason = "whoever interrupts is no thread of the interpreter, which may be gone with its parking lot"
)]

use std::fmt;
use std::ptr::NonNull;
use std::sync::{Arc, Mutex, PoisonError};

use crate::eval::shared::Shared;

/// Where the interpreter is, while it is there.
struct Place(Option<NonNull<Shared>>);

// SAFETY: what is shared may be used from every thread, and the place is emptied before it goes.
unsafe impl Send for Place {}

/// Interrupts an interpreter as Ctrl-C does: its main thread raises KeyboardInterrupt, woken if it waits.
#[derive(Clone)]
pub struct Interrupter(Arc<Mutex<Place>>);

impl Interrupter {
    pub(crate) fn new(shared: NonNull<Shared>) -> Self {
        Self(Arc::new(Mutex::new(Place(Some(shared)))))
    }

    /// Interrupts the interpreter; one that has ended is left alone.
    pub fn interrupt(&self) {
        let place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shared) = place.0 {
            // SAFETY: `forget` empties the place, under this lock, before the shared part goes.
            let shared = unsafe { shared.as_ref() };
            shared.pending.ask(&shared.runtime.parking.lot);
        }
    }

    /// Lets nobody interrupt the interpreter any more, which is about to go.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 = None;
    }
}

impl fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupter")
    }
}
