//! Counted blocks that threads hand to each other through two places. A block is freed at the end only, so that whoever has
//! an old pointer may look; who finds an object dead says so, and that must be one thread.

use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicI8, Ordering as Plainly};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::blocks::Block;
use super::super::rt::protocols::deferred::{Deferred, Tally};
use super::super::rt::protocols::merge_queue::{Enqueued, MergeQueues, Owner};
use super::super::rt::protocols::refcount::{
    Counter, Decref, Number, RefCount, Resurrected, ThreadId, TryRead,
};
use super::super::rt::protocols::thread_state::ThreadState;
use super::super::rt::sync::atomic::AtomicPtr;
use super::super::rt::sync::atomic::Ordering::{AcqRel, Acquire};
use super::super::rt::sync::park::ParkingLot;
use super::super::values::Plain;

/// What a dead object holds.
const DEAD: i8 = 0;

/// What is counted; the count comes first.
#[repr(C)]
pub(super) struct Counted {
    pub(super) count: RefCount,
    pub(super) number: Plain,
    /// What it refers to.
    inner: Option<Object>,
    /// How often it was found dead and was not reused. Nobody orders anything by it.
    deaths: AtomicI8,
    /// Whether somebody was told that it is immortal.
    pub(super) immortal: AtomicBool,
}

/// Wherever an interpreter would pass a reference.
pub(super) type Object = Block<Counted>;

/// An owner's wish list: whether it was asked to drain its queue.
pub(super) struct Asked(Arc<AtomicBool>);

impl Owner for Asked {
    fn request_merge(&self) {
        // ORDERING: Relaxed; what is asked for lies in the queue, under its lock.
        self.0.store(true, Plainly::Relaxed);
    }
}

/// What the threads share.
pub(super) struct Rig {
    pub(super) places: [AtomicPtr<Counted>; 2],
    /// An object that nobody takes out; all look at it.
    pub(super) kept: Object,
    pub(super) deferred: Deferred,
    queues: MergeQueues<Asked>,
    asked: [Arc<AtomicBool>; 4],
    tallies: [Tally; 5],
    made: Mutex<Vec<Object>>,
    /// How often a queue had something of which its owner was not told.
    untold: AtomicI8,
}

// SAFETY: blocks may be counted by every thread; whether that is sound is what the target asks.
unsafe impl Send for Rig {}
// SAFETY: as above.
unsafe impl Sync for Rig {}

/// A thread, as the counts know it.
#[derive(Clone, Copy)]
pub(super) struct Role<'a> {
    pub(super) rig: &'a Rig,
    pub(super) ts: &'a ThreadState,
    thread: usize,
}

impl Counter for Role<'_> {
    fn id(self) -> ThreadId {
        ThreadId::new(self.thread as u32 + 1).expect("roles are counted from 1")
    }

    fn count(self, number: Number, change: i64) {
        self.rig.tallies[self.thread].add(number, change);
    }
}

/// The thread that has every object in the end, and owns none.
const LAST: usize = 4;

impl Rig {
    /// So many numbers in the places, as objects of the first thread; every thread is known as an owner.
    pub(super) fn new(ts: &ThreadState, numbers: &[i8]) -> Self {
        let first = ThreadId::new(1).expect("roles are counted from 1");
        let counted = |number: i8| object(ts, first, number, None);
        let kept = counted(1);
        let placed: Vec<Object> = numbers.iter().map(|number| counted(*number)).collect();
        let rig = Self {
            places: [
                AtomicPtr::new("place 0", placed[0].pointer()),
                AtomicPtr::new("place 1", placed[1].pointer()),
            ],
            kept,
            deferred: Deferred::new(),
            queues: MergeQueues::new(2),
            asked: Default::default(),
            tallies: Default::default(),
            made: Mutex::new(placed.iter().copied().chain([kept]).collect()),
            untold: AtomicI8::new(0),
        };
        for thread in 0..LAST {
            let role = rig.role(ts, thread);
            let asked = Asked(Arc::clone(&rig.asked[thread]));
            rig.queues.register(role.lot(), role.id(), asked);
        }
        rig
    }

    pub(super) fn role<'a>(&'a self, ts: &'a ThreadState, thread: usize) -> Role<'a> {
        Role {
            rig: self,
            ts,
            thread,
        }
    }

    /// Ends everything; gives the numbers in the places, and how many objects did not end as they should have.
    pub(super) fn end(&self, ts: &ThreadState) -> (Vec<i8>, i8) {
        let last = self.role(ts, LAST);
        for tally in &self.tallies {
            self.deferred.fold(last.lot(), tally);
        }
        for count in self.deferred.counts(last.lot()) {
            // SAFETY: the blocks are freed below.
            let count = unsafe { count.cast::<Counted>().as_ref() };
            self.deferred.end(last.lot(), &count.count);
            if !count.count.snapshot().is_alive() {
                last.destroy(Block::at(NonNull::from(count).as_ptr()).expect("a block"));
            }
        }
        let numbers = (0..2).map(|at| {
            let found = last.replace(at, None);
            found.map_or(0, |found| {
                let number = found.number.get();
                last.release(found);
                number
            })
        });
        let numbers = numbers.collect();
        last.release(self.kept);
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        // What never ends keeps what it refers to.
        let immortal = made.iter().filter(|made| made.count.is_immortal());
        immortal
            .filter_map(|made| made.inner)
            .for_each(|inner| last.release(inner));
        let wrong = made.iter().filter(|made| !made.ended_once()).count();
        made.iter().for_each(|made| made.free(ts.local()));
        // ORDERING: Relaxed: the threads have done their work.
        (numbers, wrong as i8 + self.untold.load(Plainly::Relaxed))
    }
}

impl Counted {
    fn ended_once(&self) -> bool {
        // ORDERING: Relaxed: the threads have done their work.
        let deaths = self.deaths.load(Plainly::Relaxed);
        // ORDERING: as above.
        match self.immortal.load(Plainly::Relaxed) {
            true => deaths == 0 && self.count.is_immortal(),
            false => deaths == 1,
        }
    }
}

fn object(ts: &ThreadState, owner: ThreadId, number: i8, inner: Option<Object>) -> Object {
    let counted = Counted {
        count: RefCount::new(owner),
        number: Plain::new("number"),
        inner,
        deaths: AtomicI8::new(0),
        immortal: AtomicBool::new(false),
    };
    counted.number.set(number);
    counted.count.set_maybe_weakref();
    Block::new(ts.local(), "counted", counted)
}

impl Role<'_> {
    pub(super) fn lot(&self) -> &ParkingLot {
        &self.ts.runtime().parking.lot
    }

    /// A new object with one reference, which this thread owns.
    pub(super) fn make(&self, number: i8, inner: Option<Object>) -> Object {
        let made = object(self.ts, self.id(), number, inner);
        let all = self.rig.made.lock();
        all.unwrap_or_else(PoisonError::into_inner).push(made);
        made
    }

    /// Puts a reference into a place and takes out the one that was there.
    pub(super) fn replace(&self, at: usize, object: Option<Object>) -> Option<Object> {
        let pointer = object.map_or(std::ptr::null_mut(), Object::pointer);
        // ORDERING: AcqRel: publishes what goes in, and orders what comes out after its publication.
        Block::at(self.rig.places[at].swap(pointer, AcqRel))
    }

    /// The same, and gives back what was there.
    pub(super) fn put(&self, at: usize, object: Option<Object>) {
        if let Some(old) = self.replace(at, object) {
            self.release(old);
        }
    }

    /// What is in a place, without a reference.
    pub(super) fn glance(&self, at: usize) -> Option<Object> {
        // ORDERING: Acquire, with `replace`: the object as it was published.
        Block::at(self.rig.places[at].load(Acquire))
    }

    /// Gives a reference back.
    pub(super) fn release(&self, object: Object) {
        if self.dies(object) {
            self.destroy(object);
        }
    }

    /// Gives a reference back; says whether the object is this thread's to end.
    pub(super) fn dies(&self, object: Object) -> bool {
        self.is_dead(object, object.count.decref(*self))
    }

    fn is_dead(&self, object: Object, dropped: Decref) -> bool {
        match dropped {
            Decref::Alive => false,
            Decref::Dead => true,
            // SAFETY: `decref` has just said so, and the count comes first.
            Decref::Queue => unsafe {
                let queues = &self.rig.queues;
                queues.enqueue(self.lot(), object.raw().cast()) == Enqueued::Dead
            },
        }
    }

    /// Ends an object that this thread found dead.
    fn destroy(&self, object: Object) {
        if let Some(inner) = self.ended(object) {
            self.release(inner);
        }
    }

    /// The same, and gives what it referred to.
    fn ended(&self, object: Object) -> Option<Object> {
        object.number.set(DEAD);
        // ORDERING: Relaxed: looked at when the threads have done their work.
        object.deaths.fetch_add(1, Plainly::Relaxed);
        object.inner
    }

    /// Takes a reference to what an old pointer leads to, if that is alive; says whether it was, and whole.
    pub(super) fn look_at_old(&self, object: Object) -> Option<bool> {
        let taken = object.count.try_incref(*self).is_taken();
        taken.then(|| {
            let whole = object.number.get() != DEAD;
            self.release(object);
            whole
        })
    }

    /// Takes a reference to what is in a place, without a lock; tries again when it was replaced meanwhile.
    pub(super) fn read(&self, at: usize) -> Option<i8> {
        let found = self.glance(at)?;
        let in_place = || {
            self.glance(at)
                .is_some_and(|now| now.pointer() == found.pointer())
        };
        match found.count.try_read(*self, in_place) {
            TryRead::Taken => {
                let number = found.number.get();
                self.release(found);
                Some(number)
            }
            TryRead::Moved(dropped) => {
                if self.is_dead(found, dropped) {
                    self.destroy(found);
                }
                None
            }
            TryRead::Refused => None,
        }
    }

    /// Runs the finalizer of a dead object, which puts it into a place again if it is to live.
    pub(super) fn finalize(&self, object: Object, revives: Option<usize>) {
        object.count.resurrect_start(self.id());
        let _ = object.number.get();
        if let Some(at) = revives {
            object.count.incref(*self);
            self.put(at, Some(object));
        }
        if object.count.resurrect_end(self.id()) == Resurrected::Dead {
            self.destroy(object);
        }
    }

    /// Merges what is in this thread's queue.
    pub(super) fn drain(&self) {
        let asked = &self.rig.asked[self.thread];
        // ORDERING: Relaxed, as in `request_merge`.
        let before = asked.swap(false, Plainly::Relaxed);
        let mut found = false;
        let mut dead = |count: NonNull<RefCount>| {
            found = true;
            self.destroy(Block::at(count.cast().as_ptr()).expect("a block"));
        };
        self.rig.queues.drain(self.lot(), self.id(), &mut dead);
        // ORDERING: as above; it was stored under the lock under which the queue was taken.
        if found && !before && !asked.load(Plainly::Relaxed) {
            // ORDERING: Relaxed: looked at when the threads have done their work.
            self.rig.untold.fetch_add(1, Plainly::Relaxed);
        }
    }

    /// Leaves the registry of owners; what ends then leaves what it referred to with the thread.
    pub(super) fn leave(&self) {
        let kept = std::cell::RefCell::new(Vec::new());
        let mut dead = |count: NonNull<RefCount>| {
            let object = Block::at(count.cast().as_ptr()).expect("a block");
            kept.borrow_mut().extend(self.ended(object));
        };
        let mut settle = || {
            let left: Vec<Object> = std::mem::take(&mut *kept.borrow_mut());
            left.into_iter().for_each(|left| self.release(left));
        };
        self.rig
            .queues
            .leave(self.lot(), self.id(), &mut dead, &mut settle);
    }
}
