//! Temporary resurrection: a dead object gets one private reference while its finalizer runs.

use super::word::{Shared, State};
use super::{Decref, RefCount, ThreadId};
use crate::sync::atomic::Ordering::{Acquire, Relaxed};
use crate::sync::{invariant, seeded, site};

/// What a finalizer made of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Resurrected {
    /// No reference escaped: deallocation goes on.
    Dead,
    /// The finalizer kept a reference: the caller must not touch the object any more.
    Alive,
}

impl RefCount {
    /// Gives the caller, who found the object dead, a private reference (`_PyObject_ResurrectStart`).
    ///
    /// The shared word stays at zero in the default state, so that lock-free readers with a stale pointer are refused.
    pub fn resurrect_start(&self, me: ThreadId) {
        self.check_dead(me);
        if seeded!("rc6-shared-resurrection") {
            // ORDERING: Relaxed; a fault.
            self.shared
                .swap(Shared::new(1, State::Merged).bits(), Relaxed);
            return;
        }
        // ORDERING: Relaxed; the object is this thread's alone. A swap and not a store keeps the release sequence of
        // `renew` going.
        self.local.store(1, Relaxed);
        self.owner.store(me.get(), Relaxed);
        self.shared.swap(Shared::ZERO.bits(), Relaxed);
    }

    /// Takes the private reference back, without deallocating (`_PyObject_ResurrectEnd`).
    pub fn resurrect_end(&self, me: ThreadId) -> Resurrected {
        if seeded!("rc6-end-by-store") {
            return self.end_by_store(me);
        }
        match self.decref(me) {
            Decref::Dead => Resurrected::Dead,
            Decref::Alive => Resurrected::Alive,
            Decref::Queue => {
                invariant!(
                    false,
                    "refcount 5",
                    "resurrected by a thread that does not own it"
                );
                Resurrected::Alive
            }
        }
    }

    /// The fault of a resurrection that ends in two steps.
    fn end_by_store(&self, me: ThreadId) -> Resurrected {
        // ORDERING: Acquire as in `merge_zero_local`, the rest Relaxed; a fault.
        let shared = Shared::from_bits(self.shared.load(site("refcount.owner_last", Acquire)));
        if !self.is_owned_by(me) || self.local.load(Relaxed) != 1 || shared == Shared::ZERO {
            return match self.decref(me) {
                Decref::Dead => Resurrected::Dead,
                _ => Resurrected::Alive,
            };
        }
        self.disown();
        let merged = shared.raise(State::Merged);
        self.shared.store(merged.bits(), Relaxed);
        if merged.is_dead() {
            Resurrected::Dead
        } else {
            Resurrected::Alive
        }
    }

    fn check_dead(&self, me: ThreadId) {
        let now = self.snapshot();
        invariant!(now.total() == 0, "refcount 1", "{now:?} is not dead");
        invariant!(
            now.owner.is_none() == (now.state == State::Merged),
            "refcount 3",
            "owned by nobody and merged must go together: {now:?}, seen by {me:?}"
        );
    }
}
