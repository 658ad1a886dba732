//! Python threads: their objects, how they start and end, and who is running.

mod object;

use std::collections::BTreeMap;
use std::ptr::NonNull;

use crate::eval::context::Context;
use crate::eval::iterator;
use crate::eval::other::{Function, Other};
use crate::eval::shared::Shared;
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Args, Outcome, payload, traceback};
use crate::objects::dict::{self, Dict};
use crate::objects::end_thread;
use crate::objects::local::{Local, NoCode};
use crate::objects::value::Value;
use crate::protocols::mutex::Mutex;
use crate::protocols::runtime::Handle;
use crate::sync;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::thread::JoinHandle;

use object::Progress;
pub(crate) use object::ThreadObject;

/// Native stack of a Python thread; Python calls take none of it.
const STACK: usize = 8 << 20;

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
