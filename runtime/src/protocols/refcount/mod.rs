//! Biased reference counts: the owner counts without atomic read-modify-write, everyone else in one shared word; every
//! object is found dead exactly once, by a thread that sees all earlier uses of it.
//!
//! # Source
//! PEP 703 "Biased Reference Counting"; CPython 3.13.5 Include/object.h, Include/refcount.h, Objects/object.c; Choi,
//! Shull and Torrellas, "Biased Reference Counting", PACT 2018. The functions that mirror CPython's name them.
//!
//! Differences: a drop answers what is left to do and never deallocates by itself; owners are numbers that are not
//! used again, so nobody is mistaken for an owner that has exited; an immortal object is merged and has a shared count
//! that late drops cannot bring to zero; orders are the weakest that the checks allow, where CPython's are sequentially
//! consistent.
//!
//! # State
//! ```text
//! owner    31 ........................... 0      the owner's number; 0: nobody; bit 31: the number of the object
//! local    31 ........................... 0      the owner's count; all ones: immortal
//! shared   63 .................... 2 | 1 0
//!            signed count            | state
//!
//!   00 default   the owner may free without a compare-exchange; no lock-free reader has ever wanted the object
//!   01 weakrefs  others may try-incref at any time; freeing must merge first
//!   10 queued    the owner was asked to merge; exactly one queue entry exists and owns one count
//!   11 merged    no owner; shared is the whole count
//!
//!   owner   local      shared           where the object is
//!   me      1 ..       any, unmerged    alive; the number of references is local + shared
//!   me      0          0, default       dead, found by its owner
//!   nobody  0          any, unmerged    for a moment: the owner merges
//!   nobody  0          1 .., merged     alive
//!   nobody  0          0, merged        dead, found by whoever dropped last
//!   nobody  all ones   any, merged      immortal
//!   number  0          2^40 .., merged  deferred: threads count for themselves, see [`deferred`](super::deferred)
//! ```
//!
//! # Transitions
//! ```text
//! (o) owner   (x) any other thread   (g) collector, world stopped   (b) holder of the bucket lock of an owner that left
//!
//!   default   -x-> weakrefs                      a reference taken under a lock, a weak reference made
//!   default, weakrefs   -x-> queued              a drop at shared count 0
//!   any       -o,g,b-> merged                    the local count came to 0; a queue was drained
//!   dead      -whoever found it-> default        resurrection: owner me, local 1, shared 0
//!   default, weakrefs, queued -o-> immortal      merged -x-> immortal
//! ```
//! States only rise, each by a compare-exchange on `shared`; resurrection and the reuse of a block start a new life.
//!
//! # Invariants
//! 1. The number of references, local + shared, is never negative while nobody counts; the local count never is.
//! 2. States only rise during a life.                                       `update` checks every step
//! 3. Nobody owns the object exactly if it is merged, while nobody counts.  checked where a dead object is resurrected
//! 4. A merging thread writes `owner` and `local` before its compare-exchange, and never touches the object after it
//!    unless the count that it left is its own.                             refcount_merge_races_last_drop
//! 5. Only the owner writes `local` and finds its own number in `owner`; others write both only when the owner has left
//!    its registry or is stopped.                                           refcount_owner_registers_itself
//! 6. Only one thread finds the object dead in one life.                    every scenario that destroys
//! 7. Who takes a reference has or borrows one, or goes through `try_incref`, which refuses a word that may be dead.
//!
//! # Orderings
//! | site                  | operation     | order   | pairs with                           | carries                        | if weakened    |
//! |-----------------------|---------------|---------|--------------------------------------|--------------------------------|----------------|
//! | `refcount.drop`       | CAS shared    | Release | `refcount.last`, `.owner_last`, `.unique` | uses of the object        | data race      |
//! | `refcount.merge`      | CAS shared    | Release | `refcount.last`, `refcount.immortal` | uses; owner and local          | data race      |
//! | `refcount.last`       | fence         | Acquire | `refcount.drop`, `refcount.merge`    | uses before the destructor     | data race      |
//! | `refcount.owner_last` | load shared   | Acquire | `refcount.drop`                      | uses before the destructor     | data race      |
//! | `refcount.unique`     | load shared   | Acquire | `refcount.drop`                      | uses before a change in place  | data race      |
//! | `refcount.try_incref` | CAS shared    | Acquire | `refcount.renew`                     | the old place was cleared      | wrong object   |
//! | `refcount.renew`      | store shared  | Release | `refcount.try_incref`                | the old place was cleared      | wrong object   |
//! | `refcount.immortal`   | load shared   | Acquire | `refcount.merge`                     | the old owner's last `local`   | mortal again   |
//!
//! Every later read-modify-write of `shared` continues the release sequence of the one before, so increments are relaxed.
//!
//! # Field access
//! `owner`, `local`: read by anybody, written under Invariant 5. A reader that is not the owner uses `local` only to
//! compare it with immortal, and `owner` only to compare it with itself; no stale value can make it the owner.
//!
//! # Progress
//! Nothing blocks, parks, allocates or runs Python code. Owner operations are wait-free, the others lock-free.
//!
//! # Races considered
//! * The owner drops its last reference while a lock-free reader try-increfs: the reader made the state weakrefs or
//!   found it so under a lock, so the owner compares and exchanges, and one of the two comes first.
//! * A drop queues the object while the owner merges: the entry's count is in the shared word, so the object outlives
//!   the hand-over ([`merge_queue`](super::merge_queue)).
//! * A reader with a stale pointer meets a finalizer: the private reference is the owner's and local, and the reader is
//!   refused.
//! * A drop began before its object became immortal: the bias absorbs it.
//!
//! # Not covered
//! Wrap-around: 2^32 - 1 local references make an object immortal, 2^61 shared ones are out of reach; 2^40 drops that
//! began before an object became immortal. Leaks by unbalanced calls. Load buffering, which the checkers do not show.
//!
//! # Checks
//! The scenarios `refcount_*`, most of them exhaustive; `queue_entered_once`, `immortal_absorbs_stragglers` and
//! `try_incref_races_last_drop` within a preemption bound.
//!
//! # Example
//! ```
//! use runtime::protocols::refcount::{Decref, RefCount, ThreadId};
//!
//! let (owner, other) = (ThreadId::new(1).unwrap(), ThreadId::new(2).unwrap());
//! let count = RefCount::new(owner);
//! count.incref(other);
//! assert_eq!(count.decref(other), Decref::Alive);
//! assert_eq!(count.decref(owner), Decref::Dead);
//! ```

mod deferred;
mod immortal;
mod merge;
mod optimistic;
mod outcome;
mod resurrect;
mod word;

use std::num::NonZeroU32;

use crate::sync::atomic::Ordering::{self, Acquire, Relaxed, Release};
use crate::sync::atomic::{AtomicI64, AtomicU32};
use crate::sync::{invariant, seeded, site};

pub use deferred::{Counter, Number};
pub use outcome::{Decref, Immortalized, Merged, Resurrected, TryIncref, TryRead};
use word::Shared;
pub use word::State;

/// The owner word of an object that nobody owns.
const NOBODY: u32 = 0;
/// The local count of an object that is never counted.
const IMMORTAL: u32 = u32::MAX;

/// What identifies a thread as an owner; no two threads of an interpreter ever have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(NonZeroU32);

impl ThreadId {
    /// The id with this number; `None` for zero, which means nobody, and from 2^31 on, which are numbers of objects.
    #[inline]
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        match deferred::number_in(number) {
            None => NonZeroU32::new(number).map(Self),
            Some(_) => None,
        }
    }

    /// The number.
    #[inline]
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
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
    /// Whether threads count for themselves what is not in `shared`.
    pub is_deferred: bool,
}

impl Snapshot {
    /// Whether the object is never counted.
    #[must_use]
    pub fn is_immortal(&self) -> bool {
        self.local == IMMORTAL
    }

    /// The number of references, that of a queue entry included; without those in the tallies of threads.
    #[must_use]
    pub fn total(&self) -> i64 {
        i64::from(self.local) + self.shared
    }

    /// Whether somebody may have a reference.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.is_deferred || self.total() > 0
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

    #[inline]
    fn with(owner: u32, local: u32, shared: Shared) -> Self {
        Self {
            owner: AtomicU32::new("owner", owner),
            local: AtomicU32::new("local", local),
            shared: AtomicI64::new("shared", shared.bits()),
        }
    }

    /// Takes one more reference; the caller has or borrows one (`Py_INCREF`).
    #[inline]
    pub fn incref(&self, me: impl Counter) {
        // ORDERING: Relaxed; the owner reads its own writes, and others only compare with immortal.
        let local = self.local.load(Relaxed);
        if local == IMMORTAL {
            return;
        }
        let owner = self.owner_word();
        if owner == me.id().get() {
            // ORDERING: Relaxed; only the owner uses the count.
            self.local.store(local + 1, Relaxed);
        } else if let Some(number) = deferred::number_in(owner) {
            me.count(number, 1);
        } else {
            // ORDERING: Relaxed; the reference that the caller has or borrows keeps the object alive.
            self.shared.fetch_add(Shared::ONE, Relaxed);
        }
    }

    /// Gives one reference back (`Py_DECREF`).
    #[inline]
    pub fn decref(&self, me: impl Counter) -> Decref {
        // ORDERING: Relaxed, as in `incref`.
        let local = self.local.load(Relaxed);
        if local == IMMORTAL {
            return Decref::Alive;
        }
        let owner = self.owner_word();
        if owner != me.id().get() {
            let Some(number) = deferred::number_in(owner) else {
                return self.decref_shared();
            };
            me.count(number, -1);
            return Decref::Alive;
        }
        invariant!(
            local > 0,
            "refcount 1",
            "the owner drops a reference that nobody counted"
        );
        // ORDERING: Relaxed; only the owner uses the count.
        self.local.store(local - 1, Relaxed);
        if local > 1 {
            return Decref::Alive;
        }
        self.merge_zero_local()
    }

    /// Gives one reference back as a thread that is not the owner (`_Py_DecRefShared`).
    #[cold]
    pub(super) fn decref_shared(&self) -> Decref {
        // ORDERING: Release, with the Acquire of whoever destroys: this thread's uses of the object come first.
        let order = site("refcount.drop", Release);
        let (before, after) = self.update(order, |shared| {
            if shared.must_queue() {
                shared.raise(State::Queued)
            } else {
                shared.add(-1)
            }
        });
        if before.must_queue() {
            return Decref::Queue;
        }
        merge::judge(after)
    }

    /// Whether the caller's reference is the only one there can be: nobody else has one or can take one.
    #[inline]
    #[must_use]
    pub fn is_uniquely_referenced(&self, me: ThreadId) -> bool {
        if seeded!("rc11-unique-by-sum") {
            return self.snapshot().total() == 1;
        }
        // ORDERING: Acquire, with the Release of `refcount.drop`: uses under references that were given back come
        // before the caller's change. The local count is the owner's own.
        self.is_owned_by(me)
            && self.local.load(Relaxed) == 1
            && self.shared.load(site("refcount.unique", Acquire)) == Shared::ZERO.bits()
    }

    /// The three words, for the collector and for checks.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        // ORDERING: Relaxed; the values fit together only when nobody counts meanwhile.
        let shared = Shared::from_bits(self.shared.load(Relaxed));
        let owner = self.owner_word();
        let is_deferred = deferred::number_in(owner).is_some();
        Snapshot {
            owner: ThreadId::new(owner),
            local: self.local.load(Relaxed),
            shared: shared.count() - if is_deferred { deferred::bias() } else { 0 },
            state: shared.state(),
            is_deferred,
        }
    }

    /// The owner, if any; unless it is the caller, it may have merged by now.
    #[inline]
    #[track_caller]
    #[must_use]
    pub fn owner(&self) -> Option<ThreadId> {
        ThreadId::new(self.owner_word())
    }

    /// The owner's number, or what stands in its place.
    #[inline]
    #[track_caller]
    fn owner_word(&self) -> u32 {
        // ORDERING: Relaxed; a thread finds its own number only while it is the owner, by Invariant 5.
        self.owner.load(Relaxed)
    }

    #[inline]
    #[track_caller]
    fn is_owned_by(&self, me: ThreadId) -> bool {
        self.owner_word() == me.get()
    }

    /// As [`Self::try_update`], for a step that never gives up.
    #[track_caller]
    fn update(&self, order: Ordering, step: impl Fn(Shared) -> Shared) -> (Shared, Shared) {
        loop {
            if let Some(words) = self.try_update(order, |shared| Some(step(shared))) {
                return words;
            }
        }
    }

    /// Applies `step` to the shared word until a compare-exchange of the given order succeeds; gives the words before
    /// and after, or nothing when `step` gives up.
    #[track_caller]
    fn try_update(
        &self,
        order: Ordering,
        step: impl Fn(Shared) -> Option<Shared>,
    ) -> Option<(Shared, Shared)> {
        // ORDERING: Relaxed, as a guess that the compare-exchange verifies.
        let mut bits = self.shared.load(Relaxed);
        loop {
            let before = Shared::from_bits(bits);
            let after = step(before)?;
            invariant!(
                after.state() >= before.state(),
                "refcount 2",
                "from {before:?} to {after:?}"
            );
            // ORDERING: the caller's; a failure carries nothing.
            match (self.shared).compare_exchange(bits, after.bits(), order, Relaxed) {
                Ok(_) => return Some((before, after)),
                Err(found) => bits = found,
            }
        }
    }
}

#[cfg(test)]
mod tests;
