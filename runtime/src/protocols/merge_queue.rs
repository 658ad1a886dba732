//! Merge queues: an object whose shared count would fall below zero goes to its owner, who merges the counts.

use std::mem;
use std::ptr::NonNull;

use super::mutex::Mutex;
use super::refcount::{Decref, Merged, RefCount, ThreadId};
use crate::sync::park::ParkingLot;
use crate::sync::seeded;

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
        // SAFETY: the reference that the entry owns keeps the object alive until this call gives it away.
        let count = unsafe { object.as_ref() };
        let Some(owner) = count.owner() else {
            // The owner has merged or is about to; whichever comes last counts to zero.
            return match count.decref_shared() {
                Decref::Dead => Enqueued::Dead,
                Decref::Alive | Decref::Queue => Enqueued::Alive,
            };
        };
        self.bucket(owner).with(lot, |members| {
            match members.iter_mut().find(|member| member.id == owner) {
                Some(member) => {
                    member.queue.push(object);
                    if !seeded!("m8-no-request") {
                        member.owner.request_merge();
                    }
                    Enqueued::Queued
                }
                None => match count.merge(-1) {
                    Merged::Dead => Enqueued::Dead,
                    Merged::Alive(_) => Enqueued::Alive,
                },
            }
        })
    }

    /// Merges what is in the caller's queue and gives every object that is dead to `dead`, which may run any code.
    pub fn drain(&self, lot: &ParkingLot, me: ThreadId, dead: &mut dyn FnMut(NonNull<RefCount>)) {
        merge_all(self.take(lot, me), dead);
    }

    /// Drains the caller's queue and leaves the registry. From then on the caller owns nothing: it must not count
    /// any object that it allocated as its owner, because others may merge that object.
    pub fn leave(&self, lot: &ParkingLot, me: ThreadId, dead: &mut dyn FnMut(NonNull<RefCount>)) {
        if seeded!("rc10-leave-before-drain") {
            return merge_all(self.unlink(lot, me), dead);
        }
        self.drain(lot, me, dead);
        if seeded!("rc10-drain-once") {
            self.unlink(lot, me);
            return;
        }
        while !self.unlink_if_empty(lot, me) {
            self.drain(lot, me, dead);
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

fn merge_all(batch: Vec<NonNull<RefCount>>, dead: &mut dyn FnMut(NonNull<RefCount>)) {
    for object in batch {
        // SAFETY: the entry owns one reference, which `merge` takes.
        if unsafe { object.as_ref() }.merge(-1) == Merged::Dead {
            dead(object);
        }
    }
}
