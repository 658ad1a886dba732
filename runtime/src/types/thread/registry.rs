//! What an interpreter keeps of its threads.

use std::collections::BTreeMap;
use std::ptr::NonNull;

use crate::objects::header::Header;
use crate::protocols::gate::Gate;
use crate::protocols::mutex::Mutex;
use crate::protocols::refcount::ThreadId;
use crate::refs::Owned;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicU64, AtomicUsize};
use crate::sync::park::ParkingLot;
use crate::sync::thread::{JoinHandle, native_id};

/// The threads that run, and those that have left something behind.
pub(super) struct Running {
    /// Objects of threads that run, by the threads' numbers.
    pub(super) all: Vec<(u64, Owned)>,
    /// The system's handles of threads that nobody joined yet.
    pub(super) handles: BTreeMap<u64, JoinHandle<()>>,
    /// Those of them that have departed.
    pub(super) departed: Vec<u64>,
    /// How many run beside the main thread.
    pub(super) count: usize,
    /// How many of them the end of the program waits for.
    pub(super) awaited: usize,
    /// Set when the main thread has ended: no object may be left here.
    pub(super) closed: bool,
}

/// The threads of an interpreter.
pub(crate) struct Threads {
    pub(crate) seed: u64,
    pub(super) main: ThreadId,
    /// The main thread's number in the system.
    pub(super) main_native: u64,
    pub(super) running: Mutex<Running>,
    pub(super) ended: Gate,
    pub(super) locals: Locals,
    pub(super) named: AtomicU64,
    pub(super) stack: AtomicUsize,
}

impl Threads {
    pub(crate) fn new(seed: u64, main: ThreadId) -> Self {
        let running = Running {
            all: Vec::new(),
            handles: BTreeMap::new(),
            departed: Vec::new(),
            count: 0,
            awaited: 0,
            closed: false,
        };
        Self {
            seed,
            main,
            main_native: native_ident(),
            running: Mutex::new("threads", running),
            ended: Gate::new("threads have ended", false),
            locals: Locals::new(),
            named: AtomicU64::new("thread names", 0),
            stack: AtomicUsize::new("stack size", 0),
        }
    }

    /// The thread that runs the program.
    pub(crate) fn main(&self) -> ThreadId {
        self.main
    }

    /// The next number for a thread without a name.
    pub(super) fn next_name(&self) -> u64 {
        // ORDERING: relaxed: only uniqueness matters.
        1 + self.named.fetch_add(1, Relaxed)
    }

    /// Native stack that new threads get; zero stands for what they get by themselves.
    pub(crate) fn stack_size(&self) -> usize {
        // ORDERING: relaxed: about nothing but itself.
        self.stack.load(Relaxed)
    }

    pub(crate) fn set_stack_size(&self, size: usize) {
        // ORDERING: relaxed: about nothing but itself.
        self.stack.store(size, Relaxed);
    }

    /// How many threads run beside the main one.
    pub(crate) fn count(&self, lot: &ParkingLot) -> usize {
        self.running.with(lot, |running| running.count)
    }
}

impl Running {
    /// The object of a thread that runs.
    pub(super) fn object(&self, ident: u64) -> Option<&Owned> {
        let entry = self.all.iter().find(|(number, _)| *number == ident);
        entry.map(|(_, value)| value)
    }

    pub(super) fn take_object(&mut self, ident: u64) -> Option<Owned> {
        let place = self.all.iter().position(|(number, _)| *number == ident)?;
        Some(self.all.swap_remove(place).1)
    }

    /// The handle of a thread that is joined now.
    pub(super) fn take_handle(&mut self, ident: u64) -> Option<JoinHandle<()>> {
        self.departed.retain(|number| *number != ident);
        self.handles.remove(&ident)
    }

    /// The handles of all threads that have departed.
    pub(super) fn reap(&mut self) -> Vec<JoinHandle<()>> {
        let Self {
            handles, departed, ..
        } = self;
        let mut reaped = Vec::new();
        departed.retain(|ident| match handles.remove(ident) {
            Some(handle) => {
                reaped.push(handle);
                false
            }
            // Whoever started it has not put its handle here yet.
            None => true,
        });
        reaped
    }
}

/// Every `threading.local` that is alive.
pub(crate) struct Locals {
    pub(super) next: AtomicU64,
    pub(super) alive: Mutex<BTreeMap<u64, NonNull<Header>>>,
}

// SAFETY: an object leaves before its block is freed, and who finds it asks under the mutex whether it is alive.
unsafe impl Send for Locals {}
// SAFETY: an object leaves before its block is freed, and who finds it asks under the mutex whether it is alive.
unsafe impl Sync for Locals {}

impl Locals {
    pub(super) fn new() -> Self {
        Self {
            next: AtomicU64::new("local number", 0),
            alive: Mutex::new("locals", BTreeMap::new()),
        }
    }
}

/// The number that the system has for the calling thread.
pub(crate) fn native_ident() -> u64 {
    native_id()
}
