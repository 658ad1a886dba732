//! What the safepoint scenarios share: a small runtime, threads of it, and blocks that they can all reach.

use std::alloc::Layout;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::Arc;

use crate::rt::objects::{self, no_code::NoCode};
use crate::rt::protocols::gate::{Gate, Slept};
use crate::rt::protocols::object_lock::{ObjectLock, Parking, Patience};
use crate::rt::protocols::pending::Pending;
use crate::rt::protocols::runtime::{self, Config, Runtime};
use crate::rt::protocols::thread_lock::ThreadLock;
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::sync::cell::Cell;
use crate::rt::sync::heap::{Kind, Local};
use crate::rt::sync::park::ParkingLot;
use crate::rt::sync::thread::{self, JoinHandle};

/// Enough for every worker.
const STACK: usize = 128 << 10;

/// What a worker with a thread state does.
pub(super) type Body = Box<dyn FnOnce(&ThreadState) + Send>;

/// A worker.
pub(super) fn spawn<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    thread::spawn("worker", STACK, body).expect("a thread starts")
}

/// Runs `body` in `count` workers, which are numbered from 0.
pub(super) fn workers(count: usize, body: impl Fn(usize) + Clone + Send + 'static) {
    let start = |index| {
        let body = body.clone();
        spawn(move || body(index))
    };
    let started: Vec<_> = (0..count).map(start).collect();
    for thread in started {
        thread.join();
    }
}

/// Where impatient threads sleep: they starve when they are passed over once.
pub(super) fn parking() -> Parking {
    Parking {
        lot: ParkingLot::new(),
        patience: Patience::NONE,
    }
}

/// A runtime of impatient threads with room for this many in QSBR; every retired block is a batch.
pub(super) fn runtime(slots: usize) -> Arc<Runtime> {
    Arc::new(Runtime::new(config(slots, i32::MAX)))
}

/// The configuration of such a runtime, whose threads carry the number of their objects in batches of `objects`.
pub(super) fn config(slots: usize, objects: i32) -> Config {
    Config {
        patience: Patience::NONE,
        slots,
        batch: 1,
        buckets: 4,
        objects,
    }
}

/// Runs each body in a thread of `runtime`, outside at first, and deletes the threads' states.
pub(super) fn run<const N: usize>(runtime: &Arc<Runtime>, bodies: [Body; N]) {
    let started = bodies.map(|body| {
        // SAFETY: `finish` comes after the deletion, and the caller keeps the runtime.
        let ts = unsafe { runtime.create_thread(None) };
        spawn(move || {
            ts.bind();
            body(&ts);
            ts
        })
    });
    for thread in started {
        runtime.delete_thread(thread.join());
    }
}

/// Runs `body` in a thread state of the calling thread's own, before any worker runs.
pub(super) fn alone(runtime: &Arc<Runtime>, body: impl FnOnce(&ThreadState)) {
    // SAFETY: `finish` comes after the deletion, and the caller keeps the runtime.
    let ts = unsafe { runtime.create_thread(None) };
    ts.bind();
    body(&ts);
    runtime.delete_thread(ts);
}

/// Runs `body` inside, in a thread that may use objects, and ends the thread's work.
pub(super) fn with_objects(ts: &ThreadState, body: impl FnOnce(&ThreadState)) {
    // SAFETY: the hooks are static.
    let part = unsafe { objects::Local::new(&NoCode, 7) };
    ts.set_extension(Some(NonNull::from(&part).cast()));
    ts.attach();
    body(ts);
    objects::end_thread(ts);
    ts.set_extension(None);
}

/// Two locks, and a count that each of them protects.
#[derive(Clone)]
pub(super) struct TwoLocks {
    pub(super) locks: [Block<ObjectLock>; 2],
    counts: Arc<[Plain; 2]>,
}

impl TwoLocks {
    /// Adds one to what a lock protects.
    pub(super) fn add(&self, which: usize) {
        self.counts[which].add(1);
    }

    /// Runs two threads inside, each with the locks, and says what was counted.
    pub(super) fn run<F, S>(first: F, second: S) -> [u64; 2]
    where
        F: FnOnce(&ThreadState, &Self) + Send + 'static,
        S: FnOnce(&ThreadState, &Self) + Send + 'static,
    {
        let runtime = runtime(2);
        let heap = || runtime.heap.local();
        let two = Self {
            locks: ["a", "b"].map(|name| Block::new(heap(), name, ObjectLock::new())),
            counts: Arc::new([Plain::new(0), Plain::new(0)]),
        };
        let bodies = [two.inside(first), two.inside(second)];
        run(&runtime, bodies);
        for lock in two.locks {
            lock.free(heap());
        }
        finish(&runtime);
        [two.counts[0].get(), two.counts[1].get()]
    }

    fn inside(&self, body: impl FnOnce(&ThreadState, &Self) + Send + 'static) -> Body {
        let two = self.clone();
        Box::new(move |ts| {
            ts.attach();
            body(ts, &two);
            ts.detach();
        })
    }
}

/// A safepoint of a thread that may use objects.
pub(super) fn safepoint(ts: &ThreadState) {
    runtime::safepoint(ts, |_| objects::drain_merge_queue(ts));
}

/// Ends a runtime without threads.
pub(super) fn finish(runtime: &Arc<Runtime>) {
    // SAFETY: every scenario deletes its threads before this, its last, call.
    unsafe { runtime.finish() };
}

/// A value in a heap block of its own.
#[derive(Debug)]
pub(super) struct Block<T>(NonNull<T>);

impl<T> Clone for Block<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Block<T> {}

// SAFETY: whoever may use a shared reference to the value may use the block.
unsafe impl<T: Sync> Send for Block<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Block<T> {}

impl<T> Block<T> {
    pub(super) fn new(heap: Local, name: &'static str, value: T) -> Self {
        let block = heap.alloc(Layout::new::<T>(), Kind::Memory(name)).cast();
        // SAFETY: the block is new and has the layout.
        unsafe { block.write(value) };
        Self(block)
    }

    /// The block that a shared pointer leads to.
    pub(super) fn at(pointer: *mut T) -> Option<Self> {
        NonNull::new(pointer).map(Self)
    }

    pub(super) fn pointer(self) -> *mut T {
        self.0.as_ptr()
    }

    pub(super) fn raw(self) -> NonNull<u8> {
        self.0.cast()
    }

    /// Frees the block; the scenario shows that nobody uses it any more.
    pub(super) fn free(self, heap: Local) {
        // SAFETY: the block came from this heap; that nobody uses it is the scenario's question.
        unsafe { heap.free(self.raw()) };
    }
}

impl<T> Deref for Block<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the value was written when the block was made; that it lives is the scenario's question.
        unsafe { self.0.as_ref() }
    }
}

/// A plain number that some protocol must protect; the models watch it.
#[derive(Debug)]
pub(super) struct Plain(Cell<u64>);

impl Plain {
    pub(super) fn new(value: u64) -> Self {
        Self(Cell::new("plain", value))
    }

    pub(super) fn get(&self) -> u64 {
        // SAFETY: that the access is ordered is the scenario's question.
        self.0.with(|value| unsafe { *value })
    }

    pub(super) fn add(&self, more: u64) {
        // SAFETY: as above.
        self.0.with_mut(|value| unsafe { *value += more });
    }
}

/// A lock of Python programs that is taken: one worker frees it, the other does `wants`. Says whether it is held in the end.
pub(super) fn beside_release(
    wants: impl Fn(&ParkingLot, &ThreadLock) + Clone + Send + 'static,
) -> bool {
    let shared = Arc::new((ParkingLot::new(), ThreadLock::new()));
    let taken = shared.1.try_take(&shared.0);
    assert!(taken, "nobody else is there");
    let all = Arc::clone(&shared);
    workers(2, move |index| {
        let (lot, lock) = &*all;
        if index == 0 {
            lock.release(lot);
        } else {
            wants(lot, lock);
        }
    });
    shared.1.is_held(&shared.0)
}

/// What a main thread sleeps at, and what others ask it to do.
#[derive(Clone)]
pub(super) struct Main(Arc<MainParts>);

pub(super) struct MainParts {
    pub(super) lot: ParkingLot,
    pub(super) gate: Gate,
    pub(super) pending: Pending,
}

impl Main {
    pub(super) fn new() -> Self {
        Self(Arc::new(MainParts {
            lot: ParkingLot::new(),
            gate: Gate::new("gate", true),
            pending: Pending::new(),
        }))
    }

    /// Sleeps while the gate is closed, unless it is asked.
    pub(super) fn sleep(&self) -> Slept {
        let seen = self.gate.look();
        let stays = || self.gate.keeps(seen);
        self.pending.sleep(&self.lot, self.gate.key(), None, &stays)
    }
}

impl Deref for Main {
    type Target = MainParts;

    fn deref(&self) -> &MainParts {
        &self.0
    }
}
