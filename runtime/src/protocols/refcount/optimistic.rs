//! References taken through a pointer that may be stale, and what makes them possible.

use std::cell::Cell;

use super::deferred::{Counter, number_in};
use super::word::{Shared, State};
use super::{IMMORTAL, RefCount, ThreadId, TryIncref, TryRead};
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::{seeded, site};

impl RefCount {
    /// Takes a reference unless the object may be dead (`_Py_TryIncref`). The pointer may be stale, the header not.
    #[inline]
    pub fn try_incref(&self, me: impl Counter) -> TryIncref {
        // ORDERING: Relaxed, as in `incref`.
        let local = self.local.load(Relaxed);
        if local == IMMORTAL {
            return TryIncref::Taken;
        }
        let owner = self.owner_word();
        if owner != me.id().get() {
            let Some(number) = number_in(owner) else {
                return self.try_incref_shared();
            };
            me.count(number, 1);
            return TryIncref::Taken;
        }
        if local == 0 {
            return TryIncref::Refused;
        }
        // ORDERING: Relaxed; only the owner uses the count.
        self.local.store(local + 1, Relaxed);
        TryIncref::Taken
    }

    /// Takes a reference to an object that the caller found in a place, then asks whether the place still holds it.
    ///
    /// The block may have died and been reused between the caller's load and the increment; a count taken then belongs
    /// to another object, and goes back.
    #[inline]
    pub fn try_read(&self, me: impl Counter, in_place: impl FnOnce() -> bool) -> TryRead {
        match self.try_incref(me) {
            TryIncref::Refused => TryRead::Refused,
            _ if seeded!("rc12b-no-recheck") || in_place() => TryRead::Taken,
            _ => TryRead::Moved(self.decref(me)),
        }
    }

    /// Takes a reference under the lock of a container that has one, and lets later lock-free reads succeed
    /// (`_Py_NewRefWithLock`).
    pub fn new_ref_with_lock(&self, me: impl Counter) {
        if self.try_incref(me) == TryIncref::Refused {
            // ORDERING: Relaxed; the container's reference keeps the object alive.
            self.update(Relaxed, |shared| {
                match seeded!("wr1-reader-leaves-no-mark") {
                    true => shared.add(1),
                    false => shared.add(1).raise_to_weakrefs(),
                }
            });
        }
    }

    /// Lets lock-free reads by other threads succeed; the caller has or borrows a reference
    /// (`_PyObject_SetMaybeWeakref`).
    pub fn set_maybe_weakref(&self) {
        if self.is_immortal() {
            return;
        }
        // ORDERING: Relaxed; a reader that misses it is refused, and the owner's last drop is ordered after this call
        // by the way of the reference.
        self.try_update(Relaxed, |shared| {
            (shared.state() == State::Default).then(|| shared.raise_to_weakrefs())
        });
    }

    /// Starts the count of a new object in the block of a dead one at whose header lock-free readers may still look.
    ///
    /// Their re-check in [`Self::try_read`] then tells them that it is another object.
    pub fn renew(&self, me: ThreadId) {
        // ORDERING: Relaxed; readers with a stale pointer are not the owner, and are refused until the object is shared.
        self.local.store(1, Relaxed);
        self.owner.store(me.get(), Relaxed);
        // ORDERING: Release, with `refcount.try_incref`: the old place was cleared.
        self.shared
            .store(Shared::ZERO.bits(), site("refcount.renew", Release));
    }

    #[cold]
    fn try_incref_shared(&self) -> TryIncref {
        // ORDERING: Acquire, with `refcount.renew`: the caller's re-check sees that the old place was cleared.
        let order = site("refcount.try_incref", Acquire);
        let attempts = Cell::new(0);
        let taken = self.try_update(order, |shared| {
            attempts.set(attempts.get() + 1);
            (!shared.refuses()).then(|| shared.add(1))
        });
        match taken {
            None => TryIncref::Refused,
            Some(_) if attempts.get() > 1 => TryIncref::Contended,
            Some(_) => TryIncref::Taken,
        }
    }
}
