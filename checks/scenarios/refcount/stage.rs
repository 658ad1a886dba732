//! What the refcount scenarios share: threads, and heap blocks that they count.

use std::alloc::Layout;
use std::ptr::NonNull;
use std::sync::Arc;

use crate::rt::protocols::merge_queue::{Enqueued, MergeQueues, Owner};
use crate::rt::protocols::refcount::{Decref, RefCount, ThreadId};
use crate::rt::sync::atomic::{AtomicPtr, AtomicU8, Ordering};
use crate::rt::sync::cell::Cell;
use crate::rt::sync::heap::{Heap, Kind, Local};
use crate::rt::sync::park::ParkingLot;
use crate::rt::sync::thread::{self, JoinHandle};

const STACK: usize = 128 * 1024;

/// What a live payload holds.
pub(super) const LIVE: u32 = 1;
/// What a destroyed payload holds.
pub(super) const DEAD: u32 = 0;

/// A counted heap block.
#[repr(C)]
pub(super) struct Block {
    count: RefCount,
    payload: Cell<u32>,
}

/// A pointer to a counted block; scenarios pass it where an interpreter would pass a reference.
#[derive(Clone, Copy)]
pub(super) struct Object(NonNull<Block>);

// SAFETY: a block is meant to be counted by every thread; the scenarios ask whether that is sound.
unsafe impl Send for Object {}

impl Object {
    pub(super) fn from_raw(block: *mut Block) -> Option<Self> {
        NonNull::new(block).map(Self)
    }

    pub(super) fn as_raw(self) -> *mut Block {
        self.0.as_ptr()
    }

    /// The count. Not tied to a borrow: whether the block is still there is what the scenarios ask.
    pub(super) fn count(self) -> &'static RefCount {
        // SAFETY: the block was not freed, or the model reports the touch before it happens.
        unsafe { &(*self.0.as_ptr()).count }
    }

    /// The count, for those who keep its address.
    pub(super) fn counted(self) -> NonNull<RefCount> {
        self.0.cast()
    }

    /// Uses the object, as a holder of a reference may.
    pub(super) fn read(self) -> u32 {
        // SAFETY: as in `count`; the model reports an unordered write of the payload.
        unsafe { self.0.as_ref().payload.with(|payload| *payload) }
    }

    /// Changes the object, as only a holder of the last or of a unique reference may.
    pub(super) fn write(self, value: u32) {
        // SAFETY: as in `count`; the model reports any unordered access to the payload.
        unsafe { self.0.as_ref().payload.with_mut(|payload| *payload = value) }
    }
}

/// A place that readers look at without a lock.
pub(super) struct Slot(AtomicPtr<Block>);

impl Slot {
    pub(super) fn new(name: &'static str, object: Option<Object>) -> Self {
        let block = object.map_or(std::ptr::null_mut(), Object::as_raw);
        Self(AtomicPtr::new(name, block))
    }

    /// What the slot holds.
    pub(super) fn load(&self) -> Option<Object> {
        // ORDERING: Acquire, with `replace`: the object as it was published.
        Object::from_raw(self.0.load(Ordering::Acquire))
    }

    /// Puts `object` into the slot and takes out what was there.
    pub(super) fn replace(&self, object: Option<Object>) -> Option<Object> {
        let block = object.map_or(std::ptr::null_mut(), Object::as_raw);
        // ORDERING: AcqRel: publishes what goes in, and orders what comes out after its publication.
        Object::from_raw(self.0.swap(block, Ordering::AcqRel))
    }
}

/// An owner's eval breaker.
#[derive(Clone)]
pub(super) struct Breaker(Arc<AtomicU8>);

impl Breaker {
    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicU8::new("breaker", 0)))
    }

    pub(super) fn is_raised(&self) -> bool {
        // ORDERING: Relaxed; what is asked for lies in the queue, under its lock.
        self.0.load(Ordering::Relaxed) != 0
    }
}

impl Owner for Breaker {
    fn request_merge(&self) {
        // ORDERING: Relaxed, as in `is_raised`.
        self.0.store(1, Ordering::Relaxed);
    }
}

/// An owner that drains its queue only when it leaves.
pub(super) struct Deaf;

impl Owner for Deaf {
    fn request_merge(&self) {}
}

/// What the threads of one execution share.
pub(super) struct Stage<O = Deaf> {
    pub(super) heap: Heap,
    pub(super) lot: ParkingLot,
    pub(super) queues: MergeQueues<O>,
}

impl<O: Owner + Send + 'static> Stage<O> {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            heap: Heap::new(),
            lot: ParkingLot::new(),
            queues: MergeQueues::new(1),
        })
    }

    /// The calling thread in the role of thread `number`.
    pub(super) fn role(self: &Arc<Self>, number: u32) -> Role<O> {
        Role {
            me: ThreadId::new(number).expect("roles are counted from 1"),
            heap: self.heap.local(),
            stage: Arc::clone(self),
        }
    }

    /// Starts a thread in the role of thread `number`.
    pub(super) fn spawn<T: Send + 'static>(
        self: &Arc<Self>,
        number: u32,
        body: impl FnOnce(&Role<O>) -> T + Send + 'static,
    ) -> JoinHandle<T> {
        let stage = Arc::clone(self);
        let name = format!("T{number}");
        thread::spawn(&name, STACK, move || body(&stage.role(number))).expect("a thread starts")
    }
}

/// One thread, as the counts know it.
pub(super) struct Role<O = Deaf> {
    pub(super) me: ThreadId,
    pub(super) heap: Local,
    pub(super) stage: Arc<Stage<O>>,
}

impl<O: Owner + Send + 'static> Role<O> {
    /// A new object with one reference, owned by this thread.
    pub(super) fn create(&self) -> Object {
        let block = self
            .heap
            .alloc(Layout::new::<Block>(), Kind::Object("object"));
        let block = block.cast::<Block>();
        let content = Block {
            count: RefCount::new(self.me),
            payload: Cell::new("payload", LIVE),
        };
        // SAFETY: the block is new and has this layout.
        unsafe { block.write(content) };
        Object(block)
    }

    /// Drops a reference; says whether that destroyed and freed the object.
    pub(super) fn release(&self, object: Object) -> bool {
        let dead = self.dies(object);
        if dead {
            self.destroy(object);
        }
        dead
    }

    /// Drops a reference; says whether the object is now this thread's to deallocate.
    pub(super) fn dies(&self, object: Object) -> bool {
        match object.count().decref(self.me) {
            Decref::Alive => false,
            Decref::Dead => true,
            Decref::Queue => self.enqueue(object) == Enqueued::Dead,
        }
    }

    /// Hands the object to its owner.
    pub(super) fn enqueue(&self, object: Object) -> Enqueued {
        let stage = &self.stage;
        // SAFETY: `decref` has just said so.
        unsafe { stage.queues.enqueue(&stage.lot, object.0.cast()) }
    }

    /// Enters the registry of owners.
    pub(super) fn register(&self, owner: O) {
        self.stage.queues.register(&self.stage.lot, self.me, owner);
    }

    /// Drains this thread's queue and leaves the registry; `dead` deallocates.
    pub(super) fn leave(&self, dead: impl FnMut(Object)) {
        self.leave_settled(dead, || ());
    }

    /// As [`Self::leave`]; `settle` gives back what the thread keeps.
    pub(super) fn leave_settled(&self, mut dead: impl FnMut(Object), mut settle: impl FnMut()) {
        let queues = &self.stage.queues;
        let mut dead = |count: NonNull<RefCount>| dead(Object(count.cast()));
        queues.leave(&self.stage.lot, self.me, &mut dead, &mut settle);
    }

    /// Drains this thread's queue; `dead` deallocates.
    pub(super) fn drain(&self, mut dead: impl FnMut(Object)) {
        let queues = &self.stage.queues;
        queues.drain(&self.stage.lot, self.me, &mut |count| {
            dead(Object(count.cast()))
        });
    }

    /// Destroys the payload and frees the block, as the one who found the object dead.
    pub(super) fn destroy(&self, object: Object) {
        object.write(DEAD);
        self.free(object);
    }

    /// Frees the block.
    pub(super) fn free(&self, object: Object) {
        // SAFETY: the caller found the object dead, or is the last thread; the model reports it when that is wrong.
        unsafe { self.heap.free(object.0.cast()) };
    }
}
