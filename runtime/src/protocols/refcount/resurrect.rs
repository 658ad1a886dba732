//! Temporary resurrection: a dead object gets one private reference while its finalizer runs.

use super::word::{Shared, State};
use super::{Decref, RefCount, Resurrected, ThreadId};
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{event, invariant, seeded, site};

impl RefCount {
    /// Gives the caller, who found the object dead, a private reference (`_PyObject_ResurrectStart`).
    ///
    /// The shared word stays at zero in the default state, so lock-free readers with a stale pointer are refused.
    pub fn resurrect_start(&self, me: ThreadId) {
        self.check_dead();
        event::operation("refcount.resurrect_start", || self.revive(me));
    }

    fn revive(&self, me: ThreadId) {
        if seeded!("rc6-shared-resurrection") {
            // ORDERING: Relaxed; a fault.
            self.shared
                .swap(Shared::new(1, State::Merged).bits(), Relaxed);
            return;
        }
        // ORDERING: Relaxed; the object is this thread's alone. A swap, and not a store, continues the release
        // sequence of `renew`.
        self.local.store(1, Relaxed);
        self.owner.store(me.get(), Relaxed);
        self.shared.swap(Shared::ZERO.bits(), Relaxed);
    }

    /// Takes the private reference back, without deallocating (`_PyObject_ResurrectEnd`). Unless it finds the object dead, the
    /// caller does not look at it any more: whoever has the reference that is left may end it (gh-130202).
    pub fn resurrect_end(&self, me: ThreadId) -> Resurrected {
        event::operation("refcount.resurrect_end", || self.end(me))
    }

    fn end(&self, me: ThreadId) -> Resurrected {
        if seeded!("rc6-end-by-store") {
            return self.end_by_store(me);
        }
        let dropped = self.decref(me);
        invariant!(
            dropped != Decref::Queue,
            "refcount 5",
            "the private reference is another's"
        );
        if seeded!("rc7-looked-at-after-the-end") {
            let _ = self.snapshot();
        }
        outcome(dropped)
    }

    /// A fault: decides in two steps.
    fn end_by_store(&self, me: ThreadId) -> Resurrected {
        // ORDERING: as in `merge_zero_local`; the orders are right, the two steps are not.
        let shared = Shared::from_bits(self.shared.load(site("refcount.owner_last", Acquire)));
        if shared == Shared::ZERO {
            return outcome(self.decref(me));
        }
        self.disown();
        let merged = shared.raise(State::Merged);
        self.shared
            .swap(merged.bits(), site("refcount.merge", Release));
        outcome(super::merge::judge(merged))
    }

    fn check_dead(&self) {
        let now = self.snapshot();
        invariant!(now.total() == 0, "refcount 1", "resurrected alive: {now:?}");
        invariant!(
            now.owner.is_none() == (now.state == State::Merged),
            "refcount 3",
            "dead, but neither owned nor merged: {now:?}"
        );
    }
}

fn outcome(dropped: Decref) -> Resurrected {
    match dropped {
        Decref::Dead => Resurrected::Dead,
        Decref::Alive | Decref::Queue => Resurrected::Alive,
    }
}
