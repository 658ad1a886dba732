//! Merge queues: an object whose shared count would fall below zero goes to its owner, who merges the counts; every such
//! object is merged exactly once per hand-over, also when its owner exits.
//!
//! # Source
//! PEP 703 "Biased Reference Counting"; CPython 3.13.5 Python/brc.c (`_Py_brc_queue_object`,
//! `_Py_brc_merge_refcounts`, `_Py_brc_remove_thread`) and Python/gc_free_threading.c.
//!
//! Differences: the queue lives in its registry entry and is reached under the bucket's lock only; owners' numbers are
//! not used again, so that an entry is never found by the wrong thread; the caller deallocates.
//!
//! # State
//! ```text
//! buckets[id % n] -> mutex -> members: (id, owner's breaker, queue)
//!
//!   entry, empty queue       the owner runs and owes nothing
//!   entry, objects queued    each is in the state queued or merged, and the entry's one count keeps it alive
//!   no entry                 the owner has exited or never registered: whoever looks for it merges on the spot
//! ```
//!
//! # Transitions
//! ```text
//! (o) owner   (x) the thread that dropped   (g) collector, world stopped
//!
//!   no entry -o-> entry          register, before the owner's first object
//!   queue -x-> queue + object    enqueue, and the owner's breaker is raised
//!   queue -o,g-> empty           drain: the batch leaves under the lock and is merged after it
//!   entry, empty -o-> no entry   leave; forbidden while the queue holds anything
//! ```
//!
//! # Invariants
//! 1. An object is in at most one queue, since only one drop in its life answers `Queue`.   refcount_queue_entered_once
//! 2. Who finds no entry under the bucket's lock may merge in the owner's stead: an owner without entry counts nothing
//!    as an owner.                                        refcount_exit_with_queue, refcount_owner_registers_itself
//! 3. An entry is unlinked only with an empty queue, under the lock that pushes take.       refcount_exit_with_queue
//! 4. A thread that leaves has given back what its destructors left with it: it settles after every drain.
//!    refcount_exit_settles_last
//! 5. A push raises the breaker before the lock is released.                              refcount_queue_asks_its_owner
//!
//! # Orderings
//! None of its own: the bucket's lock orders pushes, drains and the owner's last counts before a merge in its stead.
//!
//! # Field access     `members`: under the bucket's lock.
//!
//! # Progress         Takes one bucket lock, which is a leaf, and never while it runs `dead`. `register` and `enqueue`
//! may allocate under it. `drain` and `leave` run `dead`, and `leave` runs `settle`; these may run anything.
//!
//! # Races considered
//! * The owner merges between a drop that answers `Queue` and the hand-over: the owner word is nobody, and the
//!   entry's count goes back as any other; or it is stale, and the object is queued though merged, which draining allows.
//! * A destructor that runs in `leave` drops the owner's other objects, and others push meanwhile: `leave` drains until
//!   it finds the queue empty under the lock.
//!
//! # Not covered      Memory exhaustion in a push. Fairness between buckets.
//!
//! # Checks           refcount_queue_entered_once, refcount_queue_asks_its_owner, refcount_exit_with_queue,
//! refcount_exit_settles_last, refcount_owner_registers_itself, refcount_immortal_survives_drain; bounded.
//!
//! # Example
//! ```
//! use runtime::protocols::merge_queue::{MergeQueues, Owner};
//! use runtime::protocols::refcount::ThreadId;
//! use runtime::sync::park::ParkingLot;
//!
//! struct Breaker;
//! impl Owner for Breaker {
//!     fn request_merge(&self) {}
//! }
//! let (lot, queues, me) = (ParkingLot::new(), MergeQueues::new(7), ThreadId::new(1).unwrap());
//! queues.register(&lot, me, Breaker);
//! queues.leave(&lot, me, &mut |_| unreachable!("nothing was queued"), &mut || ());
//! ```

use std::mem;
use std::ptr::NonNull;

use super::mutex::Mutex;
use super::refcount::{Decref, Merged, RefCount, ThreadId};
use crate::sync::park::ParkingLot;
use crate::sync::{event, seeded};

/// How an owner learns that its queue is not empty.
pub trait Owner {
    /// Asks the owner to drain its queue at its next safepoint; writes atomics and does nothing else, because the
    /// bucket of the owner is locked.
    fn request_merge(&self);
}

/// What became of an object that was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Enqueued {
    /// It is in its owner's queue.
    Queued,
    /// Its owner is gone; it was merged and references are left.
    Alive,
    /// Its owner is gone; it was merged and none is left: the caller deallocates.
    Dead,
}

/// One owner in the registry.
#[derive(Debug)]
struct Member<O> {
    id: ThreadId,
    owner: O,
    queue: Vec<NonNull<RefCount>>,
}

impl<O: Owner> Member<O> {
    fn push(&mut self, object: NonNull<RefCount>) -> Enqueued {
        self.queue.push(object);
        if !seeded!("m8-no-request") {
            self.owner.request_merge();
        }
        Enqueued::Queued
    }
}

/// The registry of owners and their queues.
#[derive(Debug)]
pub struct MergeQueues<O> {
    buckets: Box<[Mutex<Vec<Member<O>>>]>,
}

// SAFETY: the queues' pointers are each the one count that a queue entry owns, and any thread may use a count.
unsafe impl<O: Send> Send for MergeQueues<O> {}
// SAFETY: as above; members are reached under their bucket's lock only.
unsafe impl<O: Send> Sync for MergeQueues<O> {}

impl<O: Owner> MergeQueues<O> {
    /// An empty registry with this many locks, at least one.
    #[must_use]
    pub fn new(buckets: usize) -> Self {
        let buckets = (0..buckets.max(1))
            .map(|_| Mutex::new("merge_bucket", Vec::new()))
            .collect();
        Self { buckets }
    }

    /// Enters an owner; called by the thread that `id` names, before it owns its first object.
    pub fn register(&self, lot: &ParkingLot, id: ThreadId, owner: O) {
        if seeded!("rc9-not-registered") {
            return;
        }
        let member = Member {
            id,
            owner,
            queue: Vec::new(),
        };
        self.bucket(id).with(lot, |members| members.push(member));
    }

    /// Hands over the reference that [`RefCount::decref`] answered [`Decref::Queue`] for.
    ///
    /// # Safety
    /// That answer was for `object`, and this is the only call for it.
    pub unsafe fn enqueue(&self, lot: &ParkingLot, object: NonNull<RefCount>) -> Enqueued {
        event::operation("queue.enqueue", || self.hand_over(lot, object))
    }

    fn hand_over(&self, lot: &ParkingLot, object: NonNull<RefCount>) -> Enqueued {
        // SAFETY: the reference that the entry owns keeps the object alive until this call gives it away.
        let count = unsafe { object.as_ref() };
        let Some(owner) = count.owner() else {
            // The owner has merged or is about to; whichever comes last counts to zero.
            return died(count.decref_shared() == Decref::Dead);
        };
        self.bucket(owner).with(lot, |members| {
            match members.iter_mut().find(|member| member.id == owner) {
                Some(member) => member.push(object),
                None => died(count.merge(-1) == Merged::Dead),
            }
        })
    }

    /// Merges what is in the caller's queue and gives every object that is dead to `dead`, which may run any code.
    pub fn drain(&self, lot: &ParkingLot, me: ThreadId, dead: &mut dyn FnMut(NonNull<RefCount>)) {
        event::operation("queue.drain", || merge_all(self.take(lot, me), dead));
    }

    /// Drains the caller's queue, lets it `settle`, and leaves the registry if the queue is still empty; else all again.
    /// `settle` gives back what the thread itself still holds, and may run any code. From then on the caller owns nothing: it must not count
    /// any object that it allocated as its owner, because others may merge that object.
    pub fn leave(
        &self,
        lot: &ParkingLot,
        me: ThreadId,
        dead: &mut dyn FnMut(NonNull<RefCount>),
        settle: &mut dyn FnMut(),
    ) {
        event::operation("queue.leave", || {
            self.drain_and_unlink(lot, me, dead, settle);
        });
    }

    fn drain_and_unlink(
        &self,
        lot: &ParkingLot,
        me: ThreadId,
        dead: &mut dyn FnMut(NonNull<RefCount>),
        settle: &mut dyn FnMut(),
    ) {
        if seeded!("rc10-leave-before-drain") {
            return merge_all(self.unlink(lot, me), dead);
        }
        if seeded!("rc10-settle-once") {
            settle();
        }
        self.drain(lot, me, dead);
        if seeded!("rc10-drain-once") {
            self.unlink(lot, me);
            return;
        }
        let settle = || {
            if !seeded!("rc10-settle-once") {
                settle();
            }
        };
        self.settle_and_unlink(lot, me, dead, settle);
    }

    /// A destructor may leave things with the thread, and what the thread gives back may be queued.
    fn settle_and_unlink(
        &self,
        lot: &ParkingLot,
        me: ThreadId,
        dead: &mut dyn FnMut(NonNull<RefCount>),
        mut settle: impl FnMut(),
    ) {
        settle();
        while !self.unlink_if_empty(lot, me) {
            self.drain(lot, me, dead);
            settle();
        }
    }

    /// Merges every queue; the world is stopped.
    pub fn drain_all(&self, lot: &ParkingLot, dead: &mut dyn FnMut(NonNull<RefCount>)) {
        for bucket in &self.buckets {
            let batch = bucket.with(lot, |members| {
                members
                    .iter_mut()
                    .flat_map(|member| mem::take(&mut member.queue))
                    .collect()
            });
            merge_all(batch, dead);
        }
    }

    fn bucket(&self, id: ThreadId) -> &Mutex<Vec<Member<O>>> {
        &self.buckets[id.get() as usize % self.buckets.len()]
    }

    fn take(&self, lot: &ParkingLot, me: ThreadId) -> Vec<NonNull<RefCount>> {
        self.bucket(me).with(lot, |members| {
            let member = members.iter_mut().find(|member| member.id == me);
            member
                .map(|member| mem::take(&mut member.queue))
                .unwrap_or_default()
        })
    }

    /// Removes the caller if its queue is empty, and says whether it is gone.
    fn unlink_if_empty(&self, lot: &ParkingLot, me: ThreadId) -> bool {
        self.bucket(me).with(lot, |members| {
            members.retain(|member| member.id != me || !member.queue.is_empty());
            members.iter().all(|member| member.id != me)
        })
    }

    /// The faults' way out: removes the caller whatever its queue holds.
    fn unlink(&self, lot: &ParkingLot, me: ThreadId) -> Vec<NonNull<RefCount>> {
        self.bucket(me).with(lot, |members| {
            let at = members.iter().position(|member| member.id == me);
            at.map(|at| members.swap_remove(at).queue)
                .unwrap_or_default()
        })
    }
}

fn died(dead: bool) -> Enqueued {
    if dead {
        Enqueued::Dead
    } else {
        Enqueued::Alive
    }
}

fn merge_all(batch: Vec<NonNull<RefCount>>, dead: &mut dyn FnMut(NonNull<RefCount>)) {
    for object in batch {
        // SAFETY: the entry owns one reference, which `merge` takes.
        if unsafe { object.as_ref() }.merge(-1) == Merged::Dead {
            dead(object);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// An owner that counts the requests.
    struct Asked<'a>(&'a Cell<u32>);

    impl Owner for Asked<'_> {
        fn request_merge(&self) {
            self.0.set(self.0.get() + 1);
        }
    }

    fn id(number: u32) -> ThreadId {
        ThreadId::new(number).expect("numbers start at 1")
    }

    /// A count of thread 1 whose one reference thread 2 has just dropped.
    fn dropped() -> RefCount {
        let count = RefCount::new(id(1));
        assert_eq!(count.decref(id(2)), Decref::Queue);
        count
    }

    fn enqueue(queues: &MergeQueues<Asked<'_>>, count: &RefCount) -> Enqueued {
        // SAFETY: `dropped` got the answer, and every test hands over once.
        unsafe { queues.enqueue(&ParkingLot::new(), NonNull::from(count)) }
    }

    #[test]
    fn an_owner_is_asked_and_finds_the_object_dead() {
        let (lot, asked, count) = (ParkingLot::new(), Cell::new(0), dropped());
        let queues = MergeQueues::new(3);
        queues.register(&lot, id(1), Asked(&asked));
        assert_eq!(enqueue(&queues, &count), Enqueued::Queued);
        assert_eq!(asked.get(), 1);
        let mut dead = Vec::new();
        queues.drain(&lot, id(2), &mut |object| dead.push(object));
        assert!(dead.is_empty());
        queues.leave(&lot, id(1), &mut |object| dead.push(object), &mut || ());
        assert_eq!(dead, [NonNull::from(&count)]);
    }

    #[test]
    fn whoever_drops_merges_for_an_owner_that_left() {
        let (lot, asked, count) = (ParkingLot::new(), Cell::new(0), dropped());
        let queues = MergeQueues::new(1);
        queues.register(&lot, id(1), Asked(&asked));
        queues.leave(&lot, id(1), &mut |_| (), &mut || ());
        assert_eq!(enqueue(&queues, &count), Enqueued::Dead);
        assert_eq!(asked.get(), 0);
    }

    #[test]
    fn an_object_that_its_owner_merged_meanwhile_is_counted_as_any_other() {
        let count = dropped();
        // The owner took a reference that thread 2 had counted, and dropped both.
        count.incref(id(2));
        assert_eq!(count.decref(id(1)), Decref::Alive);
        assert_eq!(count.owner(), None);
        assert_eq!(enqueue(&MergeQueues::new(1), &count), Enqueued::Dead);
    }

    #[test]
    fn a_stopped_world_has_every_queue_merged() {
        let (lot, asked, count) = (ParkingLot::new(), Cell::new(0), dropped());
        let queues = MergeQueues::new(2);
        queues.register(&lot, id(1), Asked(&asked));
        queues.register(&lot, id(2), Asked(&asked));
        assert_eq!(enqueue(&queues, &count), Enqueued::Queued);
        let mut dead = 0;
        queues.drain_all(&lot, &mut |_| dead += 1);
        queues.drain_all(&lot, &mut |_| dead += 1);
        assert_eq!(dead, 1);
    }
}
