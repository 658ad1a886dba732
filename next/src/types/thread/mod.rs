//! The threads of an interpreter: how they start and end, and who is running.

mod object;

use std::collections::BTreeMap;
use std::ptr::NonNull;

use crate::current;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::hooks::PythonHooks;
use crate::eval::shared::Shared;
use crate::objects::end_thread;
use crate::objects::local::{self, Local};
use crate::protocols::mutex::Mutex;
use crate::protocols::refcount::ThreadId;
use crate::protocols::runtime::Handle;
use crate::protocols::thread_state::ThreadState;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::thread::JoinHandle;
use crate::types::TypeId;
use crate::types::exception::traceback;
use crate::types::payload::{self};

pub(crate) use object::*;

/// Native stack of a Python thread; Python calls take none of it.
const STACK: usize = 8 << 20;

/// The threads that run.
struct Running {
    all: Vec<(u64, Owned)>,
    /// Set when the main thread has ended: no object may be left here.
    closed: bool,
}

/// The threads of an interpreter.
pub(crate) struct Threads {
    pub(crate) seed: u64,
    main: ThreadId,
    running: Mutex<Running>,
    /// The system's handles of threads that nobody joined yet, daemons left out.
    handles: Mutex<BTreeMap<u64, JoinHandle<()>>>,
    named: AtomicU64,
}

impl Threads {
    pub(crate) fn new(seed: u64, main: ThreadId) -> Self {
        let running = Running {
            all: Vec::new(),
            closed: false,
        };
        Self {
            seed,
            main,
            running: Mutex::new("threads", running),
            handles: Mutex::new("thread handles", BTreeMap::new()),
            named: AtomicU64::new("thread names", 0),
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
}

/// The number of the calling thread.
pub(crate) fn ident(cx: &Cx) -> u64 {
    u64::from(cx.ts.id().get())
}

/// A pointer to what the threads share.
struct SharedPointer(NonNull<Shared>);

// SAFETY: the interpreter keeps the shared part until its last thread has ended.
unsafe impl Send for SharedPointer {}

fn start(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let thread = this.payload::<Thread>().expect("a thread");
    thread.ready(cx)?;
    let is_new = thread.state.with(cx.lot(), |state| {
        let is_new = *state == Progress::New;
        *state = if is_new { Progress::Started } else { *state };
        is_new
    });
    if !is_new {
        return Err(cx.error(TypeId::RuntimeError, "threads can only be started once"));
    }
    let runtime = &cx.shared.runtime;
    // SAFETY: the interpreter keeps the runtime until its last thread has ended.
    let handle = unsafe { runtime.create_thread(Some(cx.ts)) };
    let ident = u64::from(handle.id().get());
    thread.set_ident(ident);
    enlist(cx, ident, this.own());
    let shared = SharedPointer(NonNull::from(cx.shared));
    // The system takes no NUL in a name.
    let name = thread.name(cx).replace('\0', "");
    let value = this.own();
    let main = move || thread_main(shared, handle, value);
    match crate::sync::thread::spawn(&name, STACK, main) {
        Ok(joiner) if !thread.is_daemon() => {
            let handles = &cx.world().threads.handles;
            handles.with(cx.lot(), |all| all.insert(ident, joiner));
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(_) => {
            delist(cx, ident);
            Err(cx.error(TypeId::RuntimeError, "can't start new thread"))
        }
    }
}

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
    let gone = cx.world().threads.running.with(cx.lot(), |running| {
        let place = running
            .all
            .iter()
            .position(|(number, _)| *number == ident)?;
        Some(running.all.swap_remove(place))
    });
    drop(gone);
}

/// Everything that a thread does.
fn thread_main(shared: SharedPointer, handle: Handle, value: Owned) {
    // SAFETY: the interpreter keeps the shared part until its last thread has ended.
    let shared = unsafe { shared.0.as_ref() };
    let seed = shared.world().threads.seed;
    attached(shared, handle, seed, |cx| {
        drop(cx.thread.replace(Some(value.clone())));
        run_method(cx, value.borrow());
        if let Some(thread) = value.borrow().payload::<Thread>() {
            thread.set_state(cx, Progress::Ended);
            delist(cx, ident(cx));
            thread.done.set(cx.lot());
        }
        drop(value);
    });
}

fn run_method(cx: &Cx, this: Ref<'_>) {
    let Err(raised) = cx.call_method(this, "run", &[]) else {
        return;
    };
    if raised.is(cx, TypeId::SystemExit) {
        return;
    }
    let name = this.payload::<Thread>().map(|thread| thread.name(cx));
    let name = name.unwrap_or_default();
    let heading = format!("Exception in thread {name}:\n");
    traceback::report(cx, raised.0.borrow(), &heading);
}

/// The object of the thread that runs the program, made when somebody asks.
pub(crate) fn main_thread(cx: &Cx) -> Owned {
    let number = u64::from(cx.world().threads.main().get());
    let found = |running: &mut Running| {
        let entry = running.all.iter().find(|(ident, _)| *ident == number);
        entry.map(|(_, value)| value.clone())
    };
    let running = &cx.world().threads.running;
    if let Some(main) = running.with(cx.lot(), found) {
        return main;
    }
    let thread = Thread::bare();
    thread.rename(cx, "MainThread".to_owned());
    thread.set_ident(number);
    thread.set_state(cx, Progress::Started);
    let made = payload::new(cx, thread);
    let spare = made.clone();
    let (main, unused) = running.with(cx.lot(), |running| match found(running) {
        Some(main) => (main, Some(spare)),
        None if running.closed => (made.clone(), Some(spare)),
        None => {
            running.all.push((number, spare));
            (made.clone(), None)
        }
    });
    drop(unused);
    main
}

/// The object of the calling thread.
pub(crate) fn current_thread(cx: &Cx) -> Owned {
    let current = cx.thread.borrow().clone();
    match current {
        Some(thread) => thread,
        None => main_thread(cx),
    }
}

/// Objects of the threads that run.
pub(crate) fn running(cx: &Cx) -> Vec<Owned> {
    drop(main_thread(cx));
    cx.world().threads.running.with(cx.lot(), |running| {
        running
            .all
            .iter()
            .map(|(_, thread)| thread.clone())
            .collect()
    })
}

/// Waits for every thread that is not a daemon; says whether daemons are left.
pub(crate) fn join_all(cx: &Cx) -> bool {
    let threads = &cx.world().threads;
    while let Some((_, handle)) = threads.handles.with(cx.lot(), BTreeMap::pop_first) {
        cx.blocking(|| handle.join());
    }
    delist(cx, u64::from(threads.main().get()));
    threads.running.with(cx.lot(), |running| {
        running.closed = true;
        !running.all.is_empty()
    })
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
    let part = unsafe { Local::new(&hooks, seed) };
    handle.bind();
    handle.set_extension(Some(NonNull::from(&part).cast()));
    handle.attach();
    let before = current::set(std::ptr::from_ref::<ThreadState>(&handle).cast());
    if let Some(heads) = shared.heads() {
        // SAFETY: the world outlives its threads.
        unsafe { local::use_classes(&handle, heads) };
    }
    let result = body(&cx);
    cx.end();
    end_thread(&handle);
    current::set(before);
    drop(cx);
    shared.runtime.delete_thread(handle);
    result
}
