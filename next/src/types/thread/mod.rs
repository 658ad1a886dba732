//! The threads of an interpreter: how they start and end, and who is running.
//!
//! # Invariants
//! 1. A thread departs before it gives up its half of the interpreter, and the system's handle of it is kept until somebody
//!    has joined it: the interpreter goes when no thread runs and every handle was joined.
//! 2. The gate is closed exactly while `awaited` is not zero; both change under the mutex.

mod exception;
mod handle;
mod launch;
mod local;
mod object;
mod special;

use std::collections::BTreeMap;
use std::ptr::NonNull;

use crate::current;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::hooks::PythonHooks;
use crate::eval::shared::Shared;
use crate::objects::end_thread;
use crate::objects::local as objects_local;
use crate::protocols::mutex::Mutex;
use crate::protocols::refcount::ThreadId;
use crate::protocols::runtime::Handle;
use crate::protocols::thread_state::ThreadState;
use crate::refs::Owned;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicU64, AtomicUsize};
use crate::sync::thread::JoinHandle;
use crate::types::wait::{Gate, Interrupts, Slept};

pub(crate) use exception::{EXCEPT_HOOK_ARGS, report, shut_down};
pub(crate) use handle::{HANDLE, ThreadHandle, start_joinable, start_new};
use launch::{Start, reserve};
pub(crate) use local::{LOCAL, forget_thread};
pub(crate) use object::*;
pub(crate) use special::{current_thread, main_thread};

/// Native stack of a Python thread that was given no size; Python calls take none of it.
const STACK: usize = 8 << 20;

/// The threads that run, and those that have left something behind.
struct Running {
    /// Objects of threads that run, by the threads' numbers.
    all: Vec<(u64, Owned)>,
    /// The system's handles of threads that nobody joined yet.
    handles: BTreeMap<u64, JoinHandle<()>>,
    /// Those of them that have departed.
    departed: Vec<u64>,
    /// How many run beside the main thread.
    count: usize,
    /// How many of them the end of the program waits for.
    awaited: usize,
    /// Set when the main thread has ended: no object may be left here.
    closed: bool,
}

/// The threads of an interpreter.
pub(crate) struct Threads {
    pub(crate) seed: u64,
    main: ThreadId,
    running: Mutex<Running>,
    ended: Gate,
    pub(super) locals: local::Registry,
    named: AtomicU64,
    stack: AtomicUsize,
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
            running: Mutex::new("threads", running),
            ended: Gate::new("threads have ended", false),
            locals: local::Registry::new(),
            named: AtomicU64::new("thread names", 0),
            stack: AtomicUsize::new("stack size", 0),
        }
    }

    /// The thread that runs the program.
    pub(crate) fn main(&self) -> ThreadId {
        self.main
    }

    /// The next number for a thread without a name.
    fn next_name(&self) -> u64 {
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
    pub(crate) fn count(&self, cx: &Cx) -> usize {
        self.running.with(cx.lot(), |running| running.count)
    }
}

impl Running {
    /// The object of a thread that runs.
    fn object(&self, ident: u64) -> Option<&Owned> {
        let entry = self.all.iter().find(|(number, _)| *number == ident);
        entry.map(|(_, value)| value)
    }

    fn take_object(&mut self, ident: u64) -> Option<Owned> {
        let place = self.all.iter().position(|(number, _)| *number == ident)?;
        Some(self.all.swap_remove(place).1)
    }

    /// The handle of a thread that is joined now.
    fn take_handle(&mut self, ident: u64) -> Option<JoinHandle<()>> {
        self.departed.retain(|number| *number != ident);
        self.handles.remove(&ident)
    }

    /// The handles of all threads that have departed.
    fn reap(&mut self) -> Vec<JoinHandle<()>> {
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

/// The number of the calling thread.
pub(crate) fn ident(cx: &Cx) -> u64 {
    u64::from(cx.ts.id().get())
}

/// Objects of the threads that run.
pub(crate) fn running(cx: &Cx) -> Vec<Owned> {
    drop(main_thread(cx));
    cx.world().threads.running.with(cx.lot(), |running| {
        let all = running.all.iter();
        all.map(|(_, thread)| thread.clone()).collect()
    })
}

/// Notes the object of a thread that runs; gives it back when the interpreter is at its end.
fn enlist(cx: &Cx, ident: u64, value: Owned) {
    let back = cx.world().threads.running.with(cx.lot(), |running| {
        if running.closed {
            return Some(value);
        }
        running.all.push((ident, value));
        None
    });
    drop(back);
}

fn delist(cx: &Cx, ident: u64) {
    let take = |running: &mut Running| running.take_object(ident);
    drop(cx.world().threads.running.with(cx.lot(), take));
}

/// Waits for every thread that is not a daemon; the main thread is about to end.
pub(crate) fn join_all(cx: &Cx) -> Outcome<()> {
    let threads = &cx.world().threads;
    loop {
        let slept = cx.blocking(|| {
            let seen = threads.ended.look();
            threads.ended.sleep(cx, seen, None, Interrupts::Heeded)
        });
        match slept {
            Slept::InTime | Slept::TooLate if threads.ended.is_closed() => {}
            Slept::InTime | Slept::TooLate => return Ok(()),
            Slept::Interrupted => cx.check_interrupt()?,
        }
    }
}

/// Lets no thread begin any more; says whether some still run.
pub(crate) fn close(cx: &Cx) -> bool {
    let threads = &cx.world().threads;
    let (objects, handles) = threads.running.with(cx.lot(), |running| {
        running.closed = true;
        let handles = if running.count == 0 {
            std::mem::take(&mut running.handles)
        } else {
            BTreeMap::new()
        };
        let objects = std::mem::take(&mut running.all);
        (objects, handles)
    });
    drop(objects);
    cx.blocking(|| handles.into_values().for_each(JoinHandle::join));
    threads.count(cx) > 0
}

/// Makes the calling thread's half of the interpreter, runs `body` with it, and takes it apart.
pub(crate) fn attached<R>(
    shared: &Shared,
    handle: Handle,
    seed: u64,
    body: impl FnOnce(&Cx) -> R,
) -> R {
    let cx = Cx::new(shared, &handle);
    // SAFETY: the evaluator stays here until the thread has ended.
    let hooks = unsafe { PythonHooks::new(&cx) };
    // SAFETY: the hooks stay here as long.
    let part = unsafe { objects_local::Local::new(&hooks, seed) };
    handle.bind();
    handle.set_extension(Some(NonNull::from(&part).cast()));
    handle.attach();
    let before = current::set(std::ptr::from_ref::<ThreadState>(&handle).cast());
    if let Some(heads) = shared.heads() {
        // SAFETY: the world outlives its threads.
        unsafe { objects_local::use_classes(&handle, heads) };
    }
    let result = body(&cx);
    drop(cx.set_handled(None));
    drop(cx.thread.take());
    forget_thread(&cx);
    end_thread(&handle);
    current::set(before);
    drop(cx);
    shared.runtime.delete_thread(handle);
    result
}
