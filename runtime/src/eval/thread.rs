//! Python threads: their objects, how they start and end, and who is running.

use std::collections::BTreeMap;
use std::ptr::NonNull;

use crate::eval::context::Context;
use crate::eval::iterator;
use crate::eval::other::{Function, Other};
use crate::eval::shared::Shared;
use crate::eval::synchronize::Patience;
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Args, Outcome, convert, payload, traceback};
use crate::objects::dict::{self, Dict};
use crate::objects::end_thread;
use crate::objects::local::{Local, NoCode};
use crate::objects::str::Str;
use crate::objects::value::Value;
use crate::protocols::event::{Event, Waited};
use crate::protocols::mutex::Mutex;
use crate::protocols::runtime::Handle;
use crate::sync;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicU8, AtomicU64};
use crate::sync::thread::JoinHandle;

/// Native stack of a Python thread; Python calls take none of it.
const STACK: usize = 8 << 20;

/// How far a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    New,
    Started,
    Ended,
}

/// `threading.Thread`
pub(crate) struct ThreadObject {
    pub(crate) target: Value,
    /// A tuple.
    pub(crate) args: Value,
    /// A dict or `None`.
    pub(crate) kwargs: Value,
    name: Mutex<String>,
    daemon: AtomicU8,
    state: Mutex<Progress>,
    ident: AtomicU64,
    done: Event,
}

impl ThreadObject {
    /// A thread that has not started; takes over the references.
    pub(crate) fn new(
        target: Value,
        args: Value,
        kwargs: Value,
        name: String,
        daemon: bool,
    ) -> Self {
        Self {
            target,
            args,
            kwargs,
            name: Mutex::new("thread name", name),
            daemon: AtomicU8::new("daemon", u8::from(daemon)),
            state: Mutex::new("thread", Progress::New),
            ident: AtomicU64::new("ident", 0),
            done: Event::new(),
        }
    }

    /// The object of the thread that is running the program.
    pub(crate) fn main(cx: &Context<'_>) -> Self {
        let main = Self::new(
            Value::NONE,
            cx.tuple(&[]),
            Value::NONE,
            "MainThread".into(),
            false,
        );
        main.set_started(ident(cx));
        main.set_state(cx, Progress::Started);
        main
    }

    pub(in crate::eval) fn references(&self, visit: &mut dyn FnMut(Value)) {
        [self.target, self.args, self.kwargs]
            .into_iter()
            .for_each(visit);
    }

    pub(crate) fn name(&self, cx: &Context<'_>) -> String {
        self.name.with(cx.lot(), |name| name.clone())
    }

    pub(crate) fn is_daemon(&self) -> bool {
        // ORDERING: relaxed: about nothing but itself.
        self.daemon.load(Relaxed) != 0
    }

    fn state(&self, cx: &Context<'_>) -> Progress {
        self.state.with(cx.lot(), |state| *state)
    }

    fn set_state(&self, cx: &Context<'_>, new: Progress) -> Progress {
        self.state
            .with(cx.lot(), |state| std::mem::replace(state, new))
    }

    pub(crate) fn is_alive(&self, cx: &Context<'_>) -> bool {
        self.state(cx) == Progress::Started
    }

    /// The number of the thread, once it has started.
    pub(crate) fn ident(&self) -> Option<u64> {
        // ORDERING: relaxed: about nothing but itself.
        Some(self.ident.load(Relaxed)).filter(|ident| *ident != 0)
    }

    fn set_started(&self, ident: u64) {
        // ORDERING: relaxed: about nothing but itself.
        self.ident.store(ident, Relaxed);
    }

    /// `repr` of the thread.
    pub(in crate::eval) fn describe(&self, cx: &Context<'_>) -> String {
        let state = match self.state(cx) {
            Progress::New => "initial",
            Progress::Started => "started",
            Progress::Ended => "stopped",
        };
        let daemon = if self.is_daemon() { " daemon" } else { "" };
        let ident = self
            .ident()
            .map_or(String::new(), |ident| format!(" {ident}"));
        format!("<Thread({}, {state}{daemon}{ident})>", self.name(cx))
    }

    /// Sets `name` or `daemon`.
    pub(in crate::eval) fn set_attribute(
        &self,
        cx: &mut Context<'_>,
        name: Value,
        value: Option<Value>,
    ) -> Outcome<()> {
        let text = name.downcast::<Str>().map_or("", Str::as_str);
        match (text, value) {
            ("name", Some(value)) => {
                let new = super::text::str(cx, value)?;
                self.name.with(cx.lot(), |name| *name = new);
                Ok(())
            }
            ("daemon", Some(value)) => {
                if self.state(cx) == Progress::Started {
                    let message = "cannot set daemon status of active thread";
                    return Err(cx.error(TypeId::RuntimeError, message));
                }
                let daemon = convert::is_true(cx, value)?;
                // ORDERING: relaxed: about nothing but itself.
                self.daemon.store(u8::from(daemon), Relaxed);
                Ok(())
            }
            _ => {
                let message = format!("'Thread' object has no attribute '{text}'");
                Err(cx.error(TypeId::AttributeError, message))
            }
        }
    }

    /// Waits for the thread's end; says whether it came in time.
    pub(crate) fn join(&self, cx: &mut Context<'_>, patience: Patience) -> Outcome<bool> {
        if self.state(cx) == Progress::New {
            return Err(cx.error(
                TypeId::RuntimeError,
                "cannot join thread before it is started",
            ));
        }
        if self.ident() == Some(ident(cx)) {
            return Err(cx.error(TypeId::RuntimeError, "cannot join current thread"));
        }
        let deadline = patience.deadline();
        let (lot, heap) = (cx.lot(), cx.ts.local());
        if cx.blocking(|| self.done.wait(lot, heap, deadline)) == Waited::TimedOut {
            return Ok(false);
        }
        // The system keeps a thread's stack until somebody joins it.
        let ident = self.ident().unwrap_or_default();
        let handle = cx
            .world()
            .threads
            .handles
            .with(lot, |handles| handles.remove(&ident));
        cx.blocking(|| handle.into_iter().for_each(JoinHandle::join));
        Ok(true)
    }
}

/// The number of the calling thread.
pub(crate) fn ident(cx: &Context<'_>) -> u64 {
    u64::from(cx.ts.id().get())
}

/// The threads of an interpreter.
pub(crate) struct Threads {
    /// Threads that run, each a reference, with their numbers.
    running: Mutex<Vec<(u64, Value)>>,
    /// The system's handles of threads that nobody joined yet, daemons left out.
    handles: Mutex<BTreeMap<u64, JoinHandle<()>>>,
    named: AtomicU64,
    seed: u64,
}

impl Threads {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            running: Mutex::new("threads", Vec::new()),
            handles: Mutex::new("thread handles", BTreeMap::new()),
            named: AtomicU64::new("thread names", 0),
            seed,
        }
    }

    /// The next number for a thread without a name.
    fn next_name(&self) -> u64 {
        // ORDERING: relaxed: only uniqueness matters.
        1 + self.named.fetch_add(1, Relaxed)
    }

    /// Objects of the threads that run, new references.
    pub(crate) fn running(&self, cx: &Context<'_>) -> Vec<Value> {
        self.running.with(cx.lot(), |running| {
            running
                .iter()
                .map(|(_, thread)| cx.new_ref(*thread))
                .collect()
        })
    }
}

/// The thread, when the value is one.
pub(crate) fn of(value: &Value) -> Option<&ThreadObject> {
    match Other::of(value)? {
        Other::Thread(thread) => Some(thread),
        _ => None,
    }
}

/// The name of a thread that was given none.
pub(crate) fn default_name(cx: &Context<'_>, target: Value) -> String {
    let number = cx.world().threads.next_name();
    match target_name(&target) {
        Some(name) => format!("Thread-{number} ({name})"),
        None => format!("Thread-{number}"),
    }
}

fn target_name(target: &Value) -> Option<String> {
    if let Some(function) = payload::of::<Function>(target) {
        return Some(function.code.code.name.to_string());
    }
    match Other::of(target)? {
        Other::Native(native) => Some(native.name.to_owned()),
        Other::Method { function, .. } => target_name(function),
        _ => None,
    }
}

/// A pointer to what the threads share.
struct SharedPointer(NonNull<Shared>);

// SAFETY: the interpreter keeps the shared part until its last thread has ended.
unsafe impl Send for SharedPointer {}

/// `thread.start()`
pub(crate) fn start(cx: &mut Context<'_>, value: Value) -> Outcome<()> {
    let Some(thread) = of(&value) else {
        return Err(cx.type_error(format!("a Thread is required, not {}", type_name(&value))));
    };
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
    thread.set_started(ident);
    enlist(cx, ident, value);
    let shared = SharedPointer(NonNull::from(cx.shared));
    let name = thread.name(cx);
    match sync::thread::spawn(&system_name(&name), STACK, move || {
        thread_main(shared, handle, value)
    }) {
        Ok(joiner) => {
            if !thread.is_daemon() {
                cx.world()
                    .threads
                    .handles
                    .with(&runtime.parking.lot, |all| all.insert(ident, joiner));
            }
            Ok(())
        }
        Err(_) => {
            delist(cx, ident);
            Err(cx.error(TypeId::RuntimeError, "can't start new thread"))
        }
    }
}

/// The system takes no NUL in a name.
fn system_name(name: &str) -> String {
    name.replace('\0', "")
}

/// Adds a running thread, with a reference.
pub(crate) fn enlist(cx: &Context<'_>, ident: u64, value: Value) {
    let value = cx.new_ref(value);
    let lot = cx.lot();
    cx.world()
        .threads
        .running
        .with(lot, |running| running.push((ident, value)));
}

fn delist(cx: &Context<'_>, ident: u64) {
    let lot = cx.lot();
    let gone = cx.world().threads.running.with(lot, |running| {
        let position = running.iter().position(|(number, _)| *number == ident)?;
        Some(running.swap_remove(position).1)
    });
    cx.drop_all(gone);
}

/// Makes the calling thread's half of the interpreter, runs `body` with it, and takes it apart.
pub(crate) fn attached<R>(
    shared: &Shared,
    handle: Handle,
    seed: u64,
    body: impl FnOnce(&mut Context<'_>) -> R,
) -> R {
    // SAFETY: `NoCode` has no lifetime.
    let local = unsafe { Local::new(&NoCode, seed) };
    handle.bind();
    handle.set_extension(Some(NonNull::from(&local).cast()));
    handle.attach();
    let mut cx = Context::new(shared, &handle);
    let result = body(&mut cx);
    drop(cx);
    end_thread(&handle);
    shared.runtime.delete_thread(handle);
    result
}

/// Everything that a thread does.
fn thread_main(shared: SharedPointer, handle: Handle, value: Value) {
    // SAFETY: the interpreter keeps the shared part until its last thread has ended.
    let shared = unsafe { shared.0.as_ref() };
    let seed = shared.world().threads.seed;
    attached(shared, handle, seed, |cx| {
        cx.thread = Some(value);
        if let Some(thread) = of(&value) {
            run_target(cx, thread);
            thread.set_state(cx, Progress::Ended);
            thread.done.set(&shared.runtime.parking.lot);
        }
        delist(cx, ident(cx));
    });
}

fn run_target(cx: &mut Context<'_>, thread: &ThreadObject) {
    if thread.target.is_none() {
        return;
    }
    let result = call_target(cx, thread);
    match result {
        Ok(value) => cx.drop(value),
        Err(raised) if raised.is(TypeId::SystemExit) => cx.drop(raised.0),
        Err(raised) => {
            let name = thread.name(cx);
            traceback::report(cx, raised.0, &format!("Exception in thread {name}:\n"));
            cx.drop(raised.0);
        }
    }
}

pub(crate) fn call_target(cx: &mut Context<'_>, thread: &ThreadObject) -> Outcome {
    let positional = iterator::collect(cx, thread.args)?;
    let entries = thread
        .kwargs
        .downcast::<Dict>()
        .map(|map| dict::entries(cx.ts, map));
    let (names, keywords): (Vec<Value>, Vec<Value>) =
        entries.unwrap_or_default().into_iter().unzip();
    let args = Args {
        positional: &positional,
        names: &names,
        keywords: &keywords,
    };
    let result = cx.call(thread.target, args);
    cx.drop_all(positional.into_iter().chain(names).chain(keywords));
    result
}

/// Waits for every thread that is not a daemon; says whether daemons are left.
pub(crate) fn join_all(cx: &mut Context<'_>) -> bool {
    let threads = &cx.world().threads;
    loop {
        let next = threads.handles.with(cx.lot(), BTreeMap::pop_first);
        match next {
            Some((_, handle)) => cx.blocking(|| handle.join()),
            None => break,
        }
    }
    let left = threads.running(cx);
    let daemons = left
        .iter()
        .filter_map(of)
        .any(|thread| thread.is_daemon() && thread.is_alive(cx));
    cx.drop_all(left);
    daemons
}
