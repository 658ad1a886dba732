//! The runtime: what all threads of one interpreter share below its objects, and the birth and end of their states.
//!
//! # Source           CPython Include/internal/pycore_interp.h `PyInterpreterState`, Python/pystate.c `new_threadstate`,
//! `tstate_delete_common` (3.13.5).
//! Differences: no statics; the parts are protocols of their own, each usable alone.
//!
//! # State
//!
//! ```text
//!   see the parts
//! ```
//!
//! # Transitions
//!
//! ```text
//!   of a thread state:  (c) creator   (o) its thread   (d) whoever deletes it
//!   absent -c: slot reserved, then registered-> created -o: bind, attach ... exit-> outside -d-> absent
//! ```
//!
//! # Invariants
//! 1. A registered thread state has a QSBR slot (gh-124375).           safepoint_birth_vs_collection
//! 2. A thread leaves its queues while attached, and the registry while outside; it frees its slot last.
//!    safepoint_thread_ends_in_a_stop
//! 3. A thread gives its half of the heap back while attached: the heap then changes the pages that the collector walks
//!    while the world is stopped.                                      safepoint_gc_spares_what_garbage_holds
//!
//! # Orderings        none of its own
//!
//! # Field access     `next_id`: any thread. `halves`: read by a thread that gives its half of the heap back, written by the
//! walk of all halves; it holds nothing, but a checker sees when the two meet. The parts say for themselves.
//!
//! # Progress         `create_thread` may stop the world, to make room for the slot.
//!
//! # Not covered      Out of memory while a thread is created.
//!
//! # Checks           The scenarios named above.
//!
//! # Example
//!
//! ```
//! use runtime::protocols::runtime::{Runtime, safepoint};
//!
//! let runtime = Runtime::default();
//! // SAFETY: the runtime outlives the thread state, which is deleted below.
//! let ts = unsafe { runtime.create_thread(None) };
//! ts.bind();
//! ts.attach();
//! safepoint(&ts, |_requests| ());
//! ts.exit(&mut |_dead| (), &mut || ());
//! runtime.delete_thread(ts);
//! // SAFETY: the only thread state was deleted.
//! unsafe { runtime.finish() };
//! ```

use std::alloc::Layout;
use std::ops::Deref;
use std::ptr::{self, NonNull};

use super::allocations::Allocations;
use super::collection::Collection;
use super::deferred::Deferred;
use super::eval_breaker::Requests;
use super::merge_queue::MergeQueues;
use super::object_lock::{Parking, Patience};
use super::qsbr::{self, Qsbr};
use super::refcount::{RefCount, ThreadId};
use super::stop_the_world::{StopTheWorld, World};
use super::thread_state::{MergeRequest, Registry, ThreadState};
use crate::sync::atomic::AtomicU32;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::heap::{Heap, Kind, Local};
use crate::sync::park::ParkingLot;
use crate::sync::{cell, event, seeded};

/// The sizes that a runtime starts with.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// How long threads bear with others at an object lock.
    pub patience: Patience,
    /// How many threads QSBR has room for before its array grows.
    pub slots: usize,
    /// How many blocks a thread retires before it takes a goal for them.
    pub batch: usize,
    /// How many locks the merge queues have.
    pub buckets: usize,
    /// How many objects a thread makes or ends before it carries their number to the shared count.
    pub objects: i32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            patience: Patience::default(),
            slots: 8,
            batch: 32,
            buckets: 67,
            objects: 512,
        }
    }
}

/// What the threads of one interpreter share.
#[derive(Debug)]
pub struct Runtime {
    /// The object heap.
    pub heap: Heap,
    /// Where threads sleep.
    pub parking: Parking,
    /// Every thread state.
    pub registry: Registry,
    /// Stop-the-world.
    pub stop: StopTheWorld,
    /// Deferred freeing.
    pub qsbr: Qsbr,
    /// Objects on their way to their owners.
    pub merge_queues: MergeQueues<MergeRequest>,
    /// Objects that threads count for themselves.
    pub deferred: Deferred,
    /// Who collects.
    pub collection: Collection,
    /// When to collect.
    pub allocations: Allocations,
    objects: i32,
    next_id: AtomicU32,
    /// Stands for the pages of the heap's halves.
    halves: cell::Cell<u8>,
}

impl Default for Runtime {
    fn default() -> Self {
        Self::new(Config::default())
    }
}

impl Runtime {
    /// A runtime without threads.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let heap = Heap::new();
        let qsbr = Qsbr::new(heap.local(), config.slots, config.batch);
        Self {
            heap,
            parking: Parking {
                lot: ParkingLot::new(),
                patience: config.patience,
            },
            registry: Registry::new(),
            stop: StopTheWorld::new(),
            qsbr,
            merge_queues: MergeQueues::new(config.buckets),
            deferred: Deferred::new(),
            collection: Collection::new(),
            allocations: Allocations::new(),
            objects: config.objects,
            next_id: AtomicU32::new("next thread id", 1),
            halves: cell::Cell::new("halves of the heap", 0),
        }
    }

    /// Calls `see` with every object block that is allocated.
    ///
    /// # Safety
    /// The calling thread has stopped the world.
    pub unsafe fn visit_objects(&self, see: impl FnMut(NonNull<u8>)) {
        self.halves.with_mut(|_| ());
        // SAFETY: no other thread is inside, so none allocates, frees, or gives its half back (Invariant 3).
        unsafe { self.heap.visit(see) };
    }

    /// The parts that a stop needs.
    #[must_use]
    pub fn world(&self) -> World<'_> {
        World {
            stop: &self.stop,
            registry: &self.registry,
            parking: &self.parking,
        }
    }

    /// A state for a new thread, outside; `creator` is the state of the calling thread, if it has one.
    ///
    /// # Safety
    /// The runtime stays where it is, and alive, until [`Self::delete_thread`] has taken the state back.
    ///
    /// # Panics
    /// When the runtime has run out of thread numbers.
    pub unsafe fn create_thread(&self, creator: Option<&ThreadState>) -> Handle {
        let heap = creator.map_or_else(|| self.heap.local(), ThreadState::local);
        let block = heap.alloc(Layout::new::<ThreadState>(), Kind::Memory("thread state"));
        let thread = block.cast::<ThreadState>();
        // ORDERING: Relaxed; only uniqueness matters.
        let id = ThreadId::new(self.next_id.fetch_add(1, Relaxed));
        let id = id.expect("a runtime has fewer than 2^31 threads");
        // SAFETY: the block is new and has the layout.
        unsafe { thread.write(ThreadState::new(id, NonNull::from(self), self.objects)) };
        let handle = Handle(thread);
        let early = seeded!("qs3-registered-before-slot");
        if !early {
            self.reserve_slot(&handle, creator, heap);
        }
        self.registry
            .with(&self.parking.lot, |members| members.add(&handle));
        if early {
            self.reserve_slot(&handle, creator, heap);
        }
        handle
    }

    /// Takes back the state of a thread that has exited, or never attached.
    pub fn delete_thread(&self, thread: Handle) {
        let unlink = || {
            let lot = &self.parking.lot;
            self.registry.with(lot, |members| members.remove(&thread));
        };
        if seeded!("sg9-freed-while-registered") {
            self.free(&thread);
            return unlink();
        }
        unlink();
        self.free(&thread);
    }

    fn free(&self, thread: &Handle) {
        self.qsbr.release(&self.parking.lot, &thread.qsbr);
        // SAFETY: the handle is the only way to the state besides the registry and the array of slots, which it left.
        unsafe {
            ptr::drop_in_place(thread.0.as_ptr());
            self.heap.local().free(thread.0.cast());
        }
    }

    /// Frees what the runtime still holds.
    ///
    /// # Safety
    /// Every thread state was deleted, and nothing of the runtime is used from here on.
    pub unsafe fn finish(&self) {
        // SAFETY: the caller's clause.
        unsafe { self.qsbr.finish(&self.parking.lot, self.heap.local()) };
    }

    fn reserve_slot(&self, thread: &ThreadState, creator: Option<&ThreadState>, heap: Local) {
        let lot = &self.parking.lot;
        while !self.qsbr.reserve(lot, &thread.qsbr) {
            self.world().stop(creator);
            // SAFETY: the world is stopped, and `heap` is the calling thread's.
            unsafe { self.qsbr.grow(lot, heap) };
            self.world().restart(creator);
        }
    }
}

/// The only way to a thread state for whoever runs the thread; becomes void in [`Runtime::delete_thread`].
#[derive(Debug)]
#[must_use]
pub struct Handle(NonNull<ThreadState>);

// SAFETY: a thread state may be used from every thread.
unsafe impl Send for Handle {}

impl Deref for Handle {
    type Target = ThreadState;

    fn deref(&self) -> &ThreadState {
        // SAFETY: the state is freed by the call that takes the handle.
        unsafe { self.0.as_ref() }
    }
}

impl ThreadState {
    /// Ends the thread's work: merges its queue, leaves what it retired to others, gives its half of the heap back, and
    /// goes outside for good.
    ///
    /// `dead` deallocates an object, and `settle` gives back what the layers above keep for the thread; the thread is
    /// attached and owns no object from here on.
    pub fn exit(&self, dead: &mut dyn FnMut(NonNull<RefCount>), settle: &mut dyn FnMut()) {
        event::operation("exit", || {
            let runtime = self.runtime();
            runtime
                .merge_queues
                .leave(&runtime.parking.lot, self.id(), dead, settle);
            qsbr::abandon(self);
            self.leave_tally();
            let _ = self.carry();
            let late = seeded!("sg-heap-left-outside");
            if !late {
                self.leave_heap();
            }
            self.detach();
            if late {
                self.leave_heap();
            }
        });
    }

    /// Gives the thread's half of the heap back; it allocates nothing from here on.
    fn leave_heap(&self) {
        self.runtime().halves.with(|_| ());
        self.local().leave();
    }
}

/// A safepoint: the thread holds no pointer that it did not count, and may be stopped here.
///
/// `serve` does what only the layer of the objects can do: merge the thread's queue, run the collector, share an object.
#[inline]
pub fn safepoint(ts: &ThreadState, serve: impl FnOnce(Requests)) {
    ts.runtime().qsbr.quiescent(&ts.qsbr);
    if ts.breaker().is_set() {
        safepoint_slow(ts, serve);
    }
}

#[cold]
fn safepoint_slow(ts: &ThreadState, serve: impl FnOnce(Requests)) {
    let requests = ts.breaker().take();
    if requests.contains(Requests::STOP) {
        ts.detached(|| ());
    }
    if requests.contains(Requests::QSBR) {
        qsbr::process(ts);
    }
    if requests.any(Requests::MERGE | Requests::COLLECT | Requests::SHARE) {
        serve(requests);
    }
}

#[cfg(test)]
mod tests;
