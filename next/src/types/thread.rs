//! `threading.Thread`: what a thread runs, what it is called, how far it is; how threads start and end.

use std::collections::BTreeMap;
use std::ptr::NonNull;

use crate::current;
use crate::eval::cx::Cx;
use crate::eval::hooks::PythonHooks;
use crate::eval::ops::{attribute, iterate, text, truth};
use crate::eval::shared::Shared;
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::objects::end_thread;
use crate::objects::local::{self, Local};
use crate::protocols::event::{Event, Waited};
use crate::protocols::mutex::Mutex;
use crate::protocols::refcount::ThreadId;
use crate::protocols::runtime::Handle;
use crate::protocols::thread_state::ThreadState;
use crate::refs::{Owned, Ref, lend};
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicU8, AtomicU64};
use crate::sync::thread::JoinHandle;
use crate::types::args;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::exception::traceback;
use crate::types::guarded::Guarded;
use crate::types::lock::optional_timeout;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, store};

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

/// How far a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// `Thread.__init__` was not called.
    Raw,
    New,
    Started,
    Ended,
}

/// What `Thread.__init__` was given.
#[derive(Clone)]
struct Job {
    target: Owned,
    args: Owned,
    kwargs: Owned,
}

/// `threading.Thread`
pub(crate) struct Thread {
    job: Guarded<Option<Job>>,
    name: Mutex<String>,
    daemon: AtomicU8,
    state: Mutex<Progress>,
    ident: AtomicU64,
    done: Event,
}

payload!(
    Thread as Thread,
    "Thread",
    |this, visit| this.job.alone(|job| {
        if let Some(job) = job {
            visit(job.target.borrow());
            visit(job.args.borrow());
            visit(job.kwargs.borrow());
        }
    }),
    |gone, ts, object| drop(gone.job.with(ts, object, Option::take))
);

class! {
    pub(crate) THREAD: Boxed<Thread> = "Thread" (Object) {
        with_dict;
        with_weak;
        module "threading";
        doc "A class that represents a thread of control.";
        slots { new: new, init: init, repr: repr }
        /// Start the thread's activity.
        method start(self, /);
        /// Method representing the thread's activity.
        method run(self, /);
        /// Wait until the thread terminates.
        method join(self, timeout = None);
        /// Return whether the thread is alive.
        method is_alive(self, /);
        get name, set_name;
        get daemon, set_daemon;
        get ident as ident_of;
        get native_id as ident_of;
    }
}

impl Thread {
    fn bare() -> Self {
        Self {
            job: Guarded::new("thread job", None),
            name: Mutex::new("thread name", String::new()),
            daemon: AtomicU8::new("daemon", 0),
            state: Mutex::new("thread", Progress::Raw),
            ident: AtomicU64::new("ident", 0),
            done: Event::new(),
        }
    }

    fn name(&self, cx: &Cx) -> String {
        self.name.with(cx.lot(), |name| name.clone())
    }

    fn rename(&self, cx: &Cx, new: String) {
        self.name.with(cx.lot(), |name| *name = new);
    }

    fn is_daemon(&self) -> bool {
        // ORDERING: relaxed: about nothing but itself.
        self.daemon.load(Relaxed) != 0
    }

    fn mark_daemon(&self, daemon: bool) {
        // ORDERING: relaxed: about nothing but itself.
        self.daemon.store(u8::from(daemon), Relaxed);
    }

    fn state(&self, cx: &Cx) -> Progress {
        self.state.with(cx.lot(), |state| *state)
    }

    fn set_state(&self, cx: &Cx, new: Progress) {
        self.state.with(cx.lot(), |state| *state = new);
    }

    /// The number of the thread, once it has started.
    fn ident(&self) -> Option<u64> {
        // ORDERING: relaxed: about nothing but itself.
        Some(self.ident.load(Relaxed)).filter(|ident| *ident != 0)
    }

    fn set_ident(&self, ident: u64) {
        // ORDERING: relaxed: about nothing but itself.
        self.ident.store(ident, Relaxed);
    }

    /// That `__init__` was called.
    fn ready(&self, cx: &Cx) -> Outcome<()> {
        match self.state(cx) {
            Progress::Raw => Err(cx.error(TypeId::RuntimeError, "Thread.__init__() not called")),
            _ => Ok(()),
        }
    }
}

fn new(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(payload::new_in(cx, class, Thread::bare()))
}

static INIT: Function = function!(
    true,
    "__init__",
    "",
    fill,
    (self, group = None, target = Ref::NONE, name = None, args = None, kwargs = Ref::NONE, *, daemon = None, context = None)
);

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let mut positional = vec![this];
    positional.extend_from_slice(args.positional);
    let args = Args {
        positional: &positional,
        names: args.names,
        keywords: args.keywords,
    };
    args::call(cx, &INIT, Some("Thread"), args).map(drop)
}

#[expect(clippy::too_many_arguments, reason = "they are Python's")]
fn fill(
    cx: &Cx,
    this: Ref<'_>,
    group: Option<Ref<'_>>,
    target: Ref<'_>,
    name: Option<Ref<'_>>,
    args: Option<Ref<'_>>,
    kwargs: Ref<'_>,
    daemon: Option<bool>,
    _context: Option<Ref<'_>>,
) -> Outcome<()> {
    if group.is_some() {
        let message = "group argument must be None for now";
        return Err(cx.error(TypeId::AssertionError, message));
    }
    let thread = this.payload::<Thread>().expect("a thread");
    let name = match name {
        Some(name) => text::str_text(cx, name)?,
        None => default_name(cx, target)?,
    };
    let daemon = daemon.unwrap_or_else(|| {
        let current = cx.thread.borrow().clone();
        current.is_some_and(|one| one.borrow().payload().is_some_and(Thread::is_daemon))
    });
    let job = Job {
        target: target.own(),
        args: args.map_or_else(|| cx.tuple(Vec::new()), Ref::own),
        kwargs: kwargs.own(),
    };
    thread.rename(cx, name);
    thread.mark_daemon(daemon);
    drop(set_job(cx, this, Some(job)));
    thread.state.with(cx.lot(), |state| {
        if *state == Progress::Raw {
            *state = Progress::New;
        }
    });
    Ok(())
}

fn set_job(cx: &Cx, this: Ref<'_>, new: Option<Job>) -> Option<Job> {
    let (header, thread) = (this.header()?, this.payload::<Thread>()?);
    let swap = |job: &mut Option<Job>| std::mem::replace(job, new);
    thread.job.with(cx.ts, header, swap)
}

fn job(cx: &Cx, this: Ref<'_>) -> Option<Job> {
    let (header, thread) = (this.header()?, this.payload::<Thread>()?);
    thread.job.with(cx.ts, header, |job| job.clone())
}

/// The name of a thread that was given none.
fn default_name(cx: &Cx, target: Ref<'_>) -> Outcome<String> {
    let number = cx.world().threads.next_name();
    let name = match target.not_none() {
        Some(target) => attribute::find(cx, target, cx.intern("__name__"))?,
        None => None,
    };
    Ok(match name {
        Some(name) => {
            let name = text::str_text(cx, name.borrow())?;
            format!("Thread-{number} ({name})")
        }
        None => format!("Thread-{number}"),
    })
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let thread = this.payload::<Thread>().expect("a thread");
    let state = match thread.state(cx) {
        Progress::Raw => return Err(thread.ready(cx).unwrap_err()),
        Progress::New => "initial",
        Progress::Started => "started",
        Progress::Ended => "stopped",
    };
    let daemon = if thread.is_daemon() { " daemon" } else { "" };
    let ident = thread.ident();
    let ident = ident.map_or(String::new(), |ident| format!(" {ident}"));
    let kind = if is_main(cx, thread) {
        "_MainThread".to_owned()
    } else {
        cx.type_name(this)
    };
    let name = thread.name(cx);
    Ok(cx.str(&format!("<{kind}({name}, {state}{daemon}{ident})>")))
}

fn is_main(cx: &Cx, thread: &Thread) -> bool {
    thread.ident() == Some(u64::from(cx.world().threads.main().get()))
}

fn name(cx: &Cx, thread: &Thread) -> Outcome<String> {
    thread.ready(cx)?;
    Ok(thread.name(cx))
}

fn set_name(cx: &Cx, thread: &Thread, value: Option<Ref<'_>>) -> Outcome<()> {
    let Some(value) = value else {
        return Err(cx.error(
            TypeId::AttributeError,
            "property 'name' of 'Thread' object has no deleter",
        ));
    };
    thread.ready(cx)?;
    thread.rename(cx, text::str_text(cx, value)?);
    Ok(())
}

fn daemon(cx: &Cx, thread: &Thread) -> Outcome<bool> {
    thread.ready(cx)?;
    Ok(thread.is_daemon())
}

fn set_daemon(cx: &Cx, thread: &Thread, value: Option<Ref<'_>>) -> Outcome<()> {
    let Some(value) = value else {
        return Err(cx.error(
            TypeId::AttributeError,
            "property 'daemon' of 'Thread' object has no deleter",
        ));
    };
    thread.ready(cx)?;
    if thread.state(cx) == Progress::Started {
        let message = "cannot set daemon status of active thread";
        return Err(cx.error(TypeId::RuntimeError, message));
    }
    thread.mark_daemon(truth::is_true(cx, value)?);
    Ok(())
}

fn ident_of(cx: &Cx, thread: &Thread) -> Option<Owned> {
    thread.ident().map(|ident| cx.int(ident as i64))
}

fn is_alive(cx: &Cx, thread: &Thread) -> Outcome<bool> {
    thread.ready(cx)?;
    Ok(thread.state(cx) == Progress::Started)
}

/// Calls the target, once: the references go afterwards.
fn run(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let Some(job) = job(cx, this) else {
        return Ok(());
    };
    let result = match job.target.borrow().not_none() {
        Some(target) => call_target(cx, target, &job),
        None => Ok(()),
    };
    drop(set_job(cx, this, None));
    result
}

fn call_target(cx: &Cx, target: Ref<'_>, job: &Job) -> Outcome<()> {
    let mut positional = Vec::new();
    iterate::each(cx, job.args.borrow(), |item| {
        positional.push(item);
        Ok(())
    })?;
    let pairs = job.kwargs.borrow().downcast::<Dict>();
    let pairs = pairs.map(|dict| store::dict_entries(cx, dict));
    let (names, keywords): (Vec<Owned>, Vec<Owned>) = pairs.unwrap_or_default().into_iter().unzip();
    let args = Args {
        positional: lend(&positional),
        names: lend(&names),
        keywords: lend(&keywords),
    };
    cx.call(target, args).map(drop)
}

fn join(cx: &Cx, thread: &Thread, timeout: Option<f64>) -> Outcome<()> {
    let deadline = optional_timeout(cx, timeout)?.deadline();
    thread.ready(cx)?;
    if thread.state(cx) == Progress::New {
        let message = "cannot join thread before it is started";
        return Err(cx.error(TypeId::RuntimeError, message));
    }
    if thread.ident() == Some(ident(cx)) {
        return Err(cx.error(TypeId::RuntimeError, "cannot join current thread"));
    }
    let (lot, heap) = (cx.lot(), cx.ts.local());
    if cx.blocking(|| thread.done.wait(lot, heap, deadline)) == Waited::TimedOut {
        return Ok(());
    }
    // The system keeps a thread's stack until somebody joins it.
    let ident = thread.ident().unwrap_or_default();
    let handles = &cx.world().threads.handles;
    let handle = handles.with(lot, |handles| handles.remove(&ident));
    cx.blocking(|| handle.into_iter().for_each(JoinHandle::join));
    Ok(())
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
