//! The end of an ownership: the local count moves into the shared word.

use super::word::{Shared, State};
use super::{Decref, Merged, NOBODY, RefCount};
use crate::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use crate::sync::atomic::fence;
use crate::sync::{event, invariant, seeded, site};

impl RefCount {
    /// Ends the ownership, changes the count by `extra`, and says what is left (`_Py_ExplicitMergeRefcount`).
    ///
    /// The caller is the owner, or found the owner gone under the lock of its merge queue bucket, or stopped the world.
    /// An object that is merged already may be merged again by any thread that has the references that `extra` takes.
    pub fn merge(&self, extra: i64) -> Merged {
        event::operation("refcount.merge", || self.merge_counts(extra))
    }

    fn merge_counts(&self, extra: i64) -> Merged {
        if self.is_immortal() {
            return Merged::Alive(self.snapshot().shared);
        }
        // Before the compare-exchange, by Invariant 4: after it another thread may free the block.
        let local = self.take_local();
        // ORDERING: Release, with `refcount.last`: whoever frees the block does so after this thread's accesses.
        let (_, merged) = self.update(site("refcount.merge", Release), |shared| {
            shared.add(local + extra).raise(State::Merged)
        });
        if seeded!("rc1-disown-after-merge") {
            self.disown();
        }
        match judge(merged) {
            Decref::Dead => Merged::Dead,
            _ => Merged::Alive(merged.count()),
        }
    }

    /// The owner's count came to zero: the object is dead, or nobody's (`_Py_MergeZeroLocalRefcount`).
    #[cold]
    pub(super) fn merge_zero_local(&self) -> Decref {
        if seeded!("rc2-disown-first") {
            self.disown();
        }
        // ORDERING: Acquire, with `refcount.drop`: the destructor comes after uses under references that were given
        // back. The zero is no older than the last increment, since its reference came from one that the owner had.
        let shared = self.shared.load(site("refcount.owner_last", Acquire));
        if shared == Shared::ZERO.bits() {
            return Decref::Dead;
        }
        // Before the compare-exchange, by Invariant 4, but not before the return above, by Invariant 3.
        self.disown();
        // ORDERING: Release, with `refcount.last`, as in `merge`.
        let order = site("refcount.merge", Release);
        let (_, merged) = self.update(order, |shared| shared.raise(State::Merged));
        judge(merged)
    }

    /// Gives up the owner's words and says what the owner had counted.
    ///
    /// In an object that nobody owns they are not touched: somebody may be making it immortal.
    fn take_local(&self) -> i64 {
        if self.owner().is_none() && !seeded!("gh152276-disown-merged") {
            return 0;
        }
        // ORDERING: Relaxed; by Invariant 5 nobody else writes the owner's words.
        let local = self.local.load(Relaxed);
        if !seeded!("rc1-disown-after-merge") {
            self.disown();
        }
        i64::from(local)
    }

    /// Gives up the owner's words; a compare-exchange to merged follows.
    pub(super) fn disown(&self) {
        // ORDERING: Relaxed; the compare-exchange that follows publishes both.
        self.local.store(0, Relaxed);
        self.owner.store(NOBODY, Relaxed);
    }
}

/// Whether the thread whose compare-exchange left this word has found the object dead.
pub(super) fn judge(word: Shared) -> Decref {
    if !word.is_dead() {
        let sane = word.state() != State::Merged || word.count() > 0;
        invariant!(sane, "refcount 1", "{} references are left", word.count());
        return Decref::Alive;
    }
    if !seeded!("m4-no-acquire") {
        // ORDERING: Acquire, with `refcount.drop` and `refcount.merge`: every use comes before the destructor.
        fence(site("refcount.last", Acquire));
    }
    Decref::Dead
}
