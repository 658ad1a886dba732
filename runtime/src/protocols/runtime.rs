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
//! 1. A registered thread state has a QSBR slot (gh-124375).           safepoint_qsbr_release_vs_growth
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
//! ts.exit(&mut |_dead| ());
//! runtime.delete_thread(ts);
//! // SAFETY: the only thread state was deleted.
//! unsafe { runtime.finish() };
//! ```

use std::alloc::Layout;
use std::ops::Deref;
use std::ptr::{self, NonNull};

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
}

impl Default for Config {
    fn default() -> Self {
        Self {
            patience: Patience::default(),
            slots: 8,
            batch: 32,
            buckets: 67,
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
        unsafe { thread.write(ThreadState::new(id, NonNull::from(self))) };
        let handle = Handle(thread);
        self.reserve_slot(&handle, creator, heap);
        self.registry
            .with(&self.parking.lot, |members| members.add(&handle));
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
    /// `dead` deallocates an object; the thread is attached and owns no object from here on.
    pub fn exit(&self, dead: &mut dyn FnMut(NonNull<RefCount>)) {
        event::operation("exit", || {
            let runtime = self.runtime();
            runtime
                .merge_queues
                .leave(&runtime.parking.lot, self.id(), dead);
            qsbr::abandon(self);
            self.leave_tally();
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
/// `serve` does what only the layer of the objects can do: merge the thread's queue, run the collector.
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
    if requests.contains(Requests::MERGE) || requests.contains(Requests::COLLECT) {
        serve(requests);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::protocols::critical_section;
    use crate::protocols::object_lock::ObjectLock;
    use crate::sync::cell;
    use crate::sync::thread::spawn;

    const STACK: usize = 256 * 1024;

    struct Shared {
        lock: ObjectLock,
        other: ObjectLock,
        value: cell::Cell<u64>,
    }

    fn run(count: usize, body: fn(&ThreadState, &Shared)) -> u64 {
        let config = Config {
            slots: 1,
            ..Config::default()
        };
        let runtime = Arc::new(Runtime::new(config));
        let shared = Arc::new(Shared {
            lock: ObjectLock::new(),
            other: ObjectLock::new(),
            value: cell::Cell::new("value", 0),
        });
        let threads: Vec<_> = (0..count)
            .map(|_| {
                let (runtime, shared) = (Arc::clone(&runtime), Arc::clone(&shared));
                spawn("worker", STACK, move || {
                    // SAFETY: the runtime is kept by the closure.
                    let ts = unsafe { runtime.create_thread(None) };
                    ts.bind();
                    ts.attach();
                    body(&ts, &shared);
                    ts.exit(&mut |_| ());
                    runtime.delete_thread(ts);
                })
                .expect("a thread")
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join());
        // SAFETY: all threads are gone.
        unsafe { runtime.finish() };
        // SAFETY: as above.
        shared.value.with(|value| unsafe { *value })
    }

    fn add(shared: &Shared) {
        // SAFETY: the test's lock is held.
        shared.value.with_mut(|value| unsafe { *value += 1 });
    }

    #[test]
    fn sections_stops_and_retirement_mix() {
        let total = run(4, |ts, shared| {
            for round in 0..500 {
                critical_section::with_two(ts, &shared.lock, &shared.other, || add(shared));
                critical_section::with_two(ts, &shared.other, &shared.lock, || add(shared));
                let block = ts.local().alloc(Layout::new::<u64>(), Kind::Memory("test"));
                // SAFETY: nobody else knows the block.
                unsafe { qsbr::retire(ts, block) };
                safepoint(ts, |_| ());
                if round % 50 == 0 {
                    ts.runtime().world().stop(Some(ts));
                    add(shared);
                    ts.runtime().world().restart(Some(ts));
                }
            }
        });
        assert_eq!(total, 4 * 1010);
    }

    #[test]
    fn what_is_retired_is_freed_when_the_others_have_moved_on() {
        let pending = run(1, |ts, _| {
            let block = ts.local().alloc(Layout::new::<u64>(), Kind::Memory("test"));
            // SAFETY: nobody else knows the block.
            unsafe { qsbr::retire(ts, block) };
            qsbr::process(ts);
            assert_eq!(ts.retired.len(), 1);
            safepoint(ts, |_| ());
            qsbr::process(ts);
            assert!(ts.retired.is_empty());
        });
        assert_eq!(pending, 0);
    }
}
