//! Biased reference counts: the owner counts without atomic read-modify-write, everyone else in one shared word.

mod resurrect;
mod word;

use std::num::NonZeroU32;

use crate::sync::atomic::Ordering::{self, Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicI64, AtomicU32, fence};
use crate::sync::{invariant, seeded, site};

pub use resurrect::Resurrected;
use word::Shared;
pub use word::State;

/// The owner word of an object that nobody owns.
const NOBODY: u32 = 0;
/// The local count of an object that is never counted.
const IMMORTAL: u32 = u32::MAX;
/// Added to the shared count of an immortal object: more than every drop that began before anyone could see that the
/// object is immortal.
const IMMORTAL_BIAS: i64 = 1 << 40;

/// What identifies a thread as an owner; never given to a second thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(NonZeroU32);

impl ThreadId {
    /// The id with this number; `None` for zero, which means nobody.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number).map(Self)
    }

    /// The number.
    #[inline]
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

/// What is left to do after a reference was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Decref {
    /// Nothing.
    Alive,
    /// It was the last one: the caller deallocates.
    Dead,
    /// The reference now belongs to a merge queue entry: the caller enqueues the object for its owner.
    Queue,
}

/// Whether a reference was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum TryIncref {
    /// The caller has a reference.
    Taken,
    /// The object may be dead; the caller has nothing, and takes the container's lock or gives up.
    Refused,
}

/// What came of taking a reference to what a place held a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum TryRead {
    /// The caller has a reference, and the place still held the object when it had it.
    Taken,
    /// The object may be dead; the caller has nothing.
    Refused,
    /// The place holds something else by now. The reference was given back, which leaves this to do.
    Moved(Decref),
}

/// What a merge leaves of the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Merged {
    /// References exist, this many.
    Alive(i64),
    /// None is left: the caller deallocates.
    Dead,
}

/// Whether an object was made immortal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Immortalized {
    /// It is never counted again.
    Done,
    /// Another thread owns it, and only an owner may give up its local count.
    Refused,
}

/// The three words at one moment; exact for the owner of an unshared object and while the world is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The owner, if any.
    pub owner: Option<ThreadId>,
    /// The owner's count.
    pub local: u32,
    /// Everybody else's count.
    pub shared: i64,
    /// The state of the shared word.
    pub state: State,
}

impl Snapshot {
    /// Whether the object is never counted.
    #[must_use]
    pub fn is_immortal(&self) -> bool {
        self.local == IMMORTAL
    }

    /// The number of references, that of a queue entry included.
    #[must_use]
    pub fn total(&self) -> i64 {
        i64::from(self.local) + self.shared
    }
}

/// The reference count of one object.
#[derive(Debug)]
#[repr(C)]
pub struct RefCount {
    owner: AtomicU32,
    local: AtomicU32,
    shared: AtomicI64,
}

impl RefCount {
    /// The count of a new object: one reference, owned by `me`.
    #[inline]
    #[must_use]
    pub fn new(me: ThreadId) -> Self {
        Self::with(me.get(), 1, Shared::ZERO)
    }

    /// The count of an object that is never counted.
    #[must_use]
    pub fn immortal() -> Self {
        Self::with(NOBODY, IMMORTAL, Shared::new(IMMORTAL_BIAS, State::Merged))
    }

    fn with(owner: u32, local: u32, shared: Shared) -> Self {
        Self {
            owner: AtomicU32::new("owner", owner),
            local: AtomicU32::new("local", local),
            shared: AtomicI64::new("shared", shared.bits()),
        }
    }

    /// Starts the count of a new object in the block of a dead one, whose header lock-free readers may still try.
    pub fn renew(&self, me: ThreadId) {
        // ORDERING: Relaxed; nobody but readers that are refused looks at the header before it is published.
        self.owner.store(me.get(), Relaxed);
        self.local.store(1, Relaxed);
        // ORDERING: Release, so that a reader that takes a reference to the new object sees, in its re-check, that
        // the place of the old one was cleared.
        self.shared
            .store(Shared::ZERO.bits(), site("refcount.renew", Release));
    }

    /// Takes one more reference; the caller has or borrows one.
    #[inline]
    pub fn incref(&self, me: ThreadId) {
        // ORDERING: Relaxed; the owner reads its own writes, and others only compare with immortal.
        let local = self.local.load(Relaxed);
        if local == IMMORTAL {
            return;
        }
        if self.is_owned_by(me) {
            // ORDERING: Relaxed; only the owner reads the count.
            self.local.store(local + 1, Relaxed);
        } else {
            // ORDERING: Relaxed; the reference that the caller has or borrows keeps the object alive.
            self.shared.fetch_add(Shared::ONE, Relaxed);
        }
    }

    /// Gives one reference back.
    #[inline]
    pub fn decref(&self, me: ThreadId) -> Decref {
        // ORDERING: Relaxed, as in `incref`.
        let local = self.local.load(Relaxed);
        if local == IMMORTAL {
            return Decref::Alive;
        }
        if !self.is_owned_by(me) {
            return self.decref_shared();
        }
        invariant!(
            local > 0,
            "refcount 1",
            "the owner drops a reference that nobody counted"
        );
        // ORDERING: Relaxed; only the owner reads the count.
        self.local.store(local - 1, Relaxed);
        if local > 1 {
            Decref::Alive
        } else {
            self.merge_zero_local()
        }
    }

    /// Takes a reference unless the object may be dead (`_Py_TryIncref`). The pointer may be stale, the header not.
    #[inline]
    pub fn try_incref(&self, me: ThreadId) -> TryIncref {
        // ORDERING: Relaxed, as in `incref`.
        let local = self.local.load(Relaxed);
        if local == IMMORTAL {
            return TryIncref::Taken;
        }
        if !self.is_owned_by(me) {
            return self.try_incref_shared();
        }
        if local == 0 {
            return TryIncref::Refused;
        }
        // ORDERING: Relaxed; only the owner reads the count.
        self.local.store(local + 1, Relaxed);
        TryIncref::Taken
    }

    /// Takes a reference to an object that the caller found in a place, then asks whether the place still holds it.
    ///
    /// The block may have died and been reused between the caller's load and the increment; a count taken then belongs
    /// to another object, and goes back.
    #[inline]
    pub fn try_read(&self, me: ThreadId, in_place: impl FnOnce() -> bool) -> TryRead {
        match self.try_incref(me) {
            TryIncref::Refused => TryRead::Refused,
            TryIncref::Taken if seeded!("rc12b-no-recheck") || in_place() => TryRead::Taken,
            TryIncref::Taken => TryRead::Moved(self.decref(me)),
        }
    }

    /// Takes a reference under the lock of the container that holds one, and lets later lock-free reads succeed
    /// (`_Py_NewRefWithLock`).
    pub fn new_ref_with_lock(&self, me: ThreadId) {
        if self.try_incref(me) == TryIncref::Refused {
            // ORDERING: Relaxed; the container's reference keeps the object alive.
            let _ = self.update(Relaxed, |shared| Some(shared.add(1).raise_to_weakrefs()));
        }
    }

    /// Lets lock-free reads by other threads succeed; the caller has a reference (`_PyObject_SetMaybeWeakref`).
    pub fn set_maybe_weakref(&self) {
        // ORDERING: Relaxed; a reader that does not see the state yet is refused, which is safe.
        if self.local.load(Relaxed) != IMMORTAL {
            // ORDERING: Relaxed; the owner learns of it by whatever ordered its last drop after this call.
            let _ = self.update(Relaxed, |shared| {
                (shared.state() == State::Default).then(|| shared.raise_to_weakrefs())
            });
        }
    }

    /// Ends the ownership and moves the local count, changed by `extra`, into the shared word
    /// (`_Py_ExplicitMergeRefcount`).
    ///
    /// The caller is the owner, or found the owner gone under the lock of its merge queue bucket, or stopped the world.
    pub fn merge(&self, extra: i64) -> Merged {
        // ORDERING: Relaxed; the caller is the only thread that may write the owner's words.
        let local = self.local.load(Relaxed);
        if local == IMMORTAL {
            return Merged::Alive(IMMORTAL_BIAS);
        }
        let change = i64::from(local) + extra;
        // Before the compare-exchange, by Invariant 4: after it another thread may free the block.
        let early = !seeded!("rc1-disown-after-merge");
        if early {
            self.disown();
        }
        // ORDERING: Release, so that whoever frees the block does so after this thread's accesses.
        let (_, merged) = self
            .update(site("refcount.merge", Release), |shared| {
                Some(shared.add(change).raise(State::Merged))
            })
            .expect("the step never gives up");
        if !early {
            self.disown();
        }
        invariant!(
            merged.count() >= 0,
            "refcount 1",
            "merged count {}",
            merged.count()
        );
        if merged.is_dead() {
            acquire_last();
            return Merged::Dead;
        }
        Merged::Alive(merged.count())
    }

    /// Makes the object immortal, if the caller owns it or nobody does; the caller has a reference.
    pub fn set_immortal(&self, me: ThreadId) -> Immortalized {
        let owner = self.load_owner();
        let mine = owner == NOBODY || owner == me.get();
        if !mine && !seeded!("rc3-immortalize-foreign") {
            return Immortalized::Refused;
        }
        // ORDERING: Relaxed; a thread that still counts does so in the shared word, where the bias absorbs it.
        self.local.store(IMMORTAL, Relaxed);
        self.owner.store(NOBODY, Relaxed);
        let _ = self.update(Relaxed, |shared| {
            Some(shared.add(IMMORTAL_BIAS).raise(State::Merged))
        });
        Immortalized::Done
    }

    /// Whether the caller's reference is the only one there can be: nobody else has one or can take one.
    #[inline]
    #[must_use]
    pub fn is_uniquely_referenced(&self, me: ThreadId) -> bool {
        if seeded!("rc11-unique-by-sum") {
            return self.snapshot().total() == 1;
        }
        // ORDERING: Acquire, so that accesses under references that were given back come before the caller's.
        self.is_owned_by(me)
            && self.local.load(Relaxed) == 1
            && self.shared.load(site("refcount.unique", Acquire)) == Shared::ZERO.bits()
    }

    /// Whether the object is never counted.
    #[inline]
    #[must_use]
    pub fn is_immortal(&self) -> bool {
        // ORDERING: Relaxed; once immortal, always immortal.
        self.local.load(Relaxed) == IMMORTAL
    }

    /// The three words, for the collector and for checks.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        // ORDERING: Relaxed; the values fit together only when nobody counts meanwhile.
        let shared = Shared::from_bits(self.shared.load(Relaxed));
        Snapshot {
            owner: ThreadId::new(self.load_owner()),
            local: self.local.load(Relaxed),
            shared: shared.count(),
            state: shared.state(),
        }
    }

    /// The owner, if any; only that thread knows whether it still is.
    #[must_use]
    pub fn owner(&self) -> Option<ThreadId> {
        ThreadId::new(self.load_owner())
    }

    #[inline]
    fn is_owned_by(&self, me: ThreadId) -> bool {
        self.load_owner() == me.get()
    }

    #[inline]
    fn load_owner(&self) -> u32 {
        // ORDERING: Relaxed; a thread can see its own id only while it is the owner, by Invariant 5.
        self.owner.load(Relaxed)
    }

    /// Gives one reference back as a thread that is not the owner (`_Py_DecRefShared`).
    #[cold]
    pub(super) fn decref_shared(&self) -> Decref {
        // ORDERING: Release, so that the destructor runs after everything this thread did with the object.
        let (before, after) = self
            .update(site("refcount.drop", Release), |shared| {
                Some(if shared.must_queue() {
                    shared.raise(State::Queued)
                } else {
                    shared.add(-1)
                })
            })
            .expect("the step never gives up");
        if before.must_queue() {
            return Decref::Queue;
        }
        die_if(after.is_dead())
    }

    #[cold]
    fn try_incref_shared(&self) -> TryIncref {
        // ORDERING: Acquire, so that the caller's re-check of the place sees what happened before the block was reused.
        let taken = self.update(site("refcount.try_incref", Acquire), |shared| {
            (!shared.refuses()).then(|| shared.add(1))
        });
        taken.map_or(TryIncref::Refused, |_| TryIncref::Taken)
    }

    /// The owner's count came to zero: the object is dead, or nobody's (`_Py_MergeZeroLocalRefcount`).
    #[cold]
    fn merge_zero_local(&self) -> Decref {
        if seeded!("rc2-disown-first") {
            self.disown();
        }
        // ORDERING: Acquire, so that the destructor runs after what other threads did under references they gave back.
        if self.shared.load(site("refcount.owner_last", Acquire)) == Shared::ZERO.bits() {
            return Decref::Dead;
        }
        // Before the compare-exchange, by Invariant 4, and only on this path, by Invariant 3.
        self.disown();
        // ORDERING: Release, as in `merge`.
        let (_, merged) = self
            .update(site("refcount.merge", Release), |shared| {
                Some(shared.raise(State::Merged))
            })
            .expect("the step never gives up");
        die_if(merged.is_dead())
    }

    /// Gives up the owner's words; a compare-exchange to merged must follow.
    fn disown(&self) {
        // ORDERING: Relaxed; the compare-exchange that follows publishes both.
        self.local.store(0, Relaxed);
        self.owner.store(NOBODY, Relaxed);
    }

    /// Applies `step` to the shared word until a compare-exchange of the given order succeeds, and gives the words
    /// before and after; `None` when `step` gave up.
    #[track_caller]
    fn update(
        &self,
        order: Ordering,
        step: impl Fn(Shared) -> Option<Shared>,
    ) -> Option<(Shared, Shared)> {
        // ORDERING: Relaxed, as a guess that the compare-exchange verifies.
        let mut bits = self.shared.load(Relaxed);
        loop {
            let before = Shared::from_bits(bits);
            let after = step(before)?;
            // ORDERING: the caller's; a failure carries nothing.
            match (self.shared).compare_exchange(bits, after.bits(), order, Relaxed) {
                Ok(_) => return Some((before, after)),
                Err(found) => bits = found,
            }
        }
    }
}

fn die_if(dead: bool) -> Decref {
    if dead {
        acquire_last();
        Decref::Dead
    } else {
        Decref::Alive
    }
}

/// Orders everything that other threads did with the object before its destruction.
fn acquire_last() {
    if !seeded!("m4-no-acquire") {
        // ORDERING: Acquire, with every drop's and every merge's Release.
        fence(site("refcount.last", Acquire));
    }
}
