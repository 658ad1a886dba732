//! The module `threading`: threads, locks, events.

use core::time::Duration;

use crate::eval::context::Context;
use crate::eval::other::{Native, Other};
use crate::eval::synchronize::{EventObject, LockObject, Patience, RLockObject};
use crate::eval::thread::{self, ThreadObject};
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Args, Outcome, convert, text};
use crate::objects::list;
use crate::objects::value::Value;

use super::arguments::{allow, count, either};
use super::tables::{function, method, property, with_keywords};

pub(super) const LOCK_METHODS: &[Native] = &[
    with_keywords(method("acquire", 0, 2, acquire)),
    method("release", 0, 0, release),
    method("locked", 0, 0, locked),
    method("__enter__", 0, 0, acquire),
    method("__exit__", 3, 3, exit),
];

pub(super) const RLOCK_METHODS: &[Native] = LOCK_METHODS;

pub(super) const EVENT_METHODS: &[Native] = &[
    method("is_set", 0, 0, is_set),
    method("set", 0, 0, set_event),
    method("clear", 0, 0, clear_event),
    with_keywords(method("wait", 0, 1, wait)),
];

pub(super) const THREAD_METHODS: &[Native] = &[
    method("start", 0, 0, start),
    method("run", 0, 0, run),
    with_keywords(method("join", 0, 1, join)),
    method("is_alive", 0, 0, is_alive),
    property("name", name),
    property("daemon", daemon),
    property("ident", ident),
    property("native_id", ident),
];

/// Functions of the module.
pub(super) const FUNCTIONS: &[Native] = &[
    function("current_thread", 0, 0, current_thread),
    function("main_thread", 0, 0, main_thread),
    function("get_ident", 0, 0, get_ident),
    function("get_native_id", 0, 0, get_ident),
    function("active_count", 0, 0, active_count),
    function("enumerate", 0, 0, enumerate),
];

pub(super) fn new_lock(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "lock", args, 0, 0)?;
    Ok(Other::Lock(LockObject::new()).alloc(cx.ts))
}

pub(super) fn new_rlock(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "RLock", args, 0, 0)?;
    Ok(Other::RLock(RLockObject::new()).alloc(cx.ts))
}

pub(super) fn new_event(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    count(cx, "Event", args, 0, 0)?;
    Ok(Other::Event(EventObject::new()).alloc(cx.ts))
}

pub(super) fn new_thread(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    const NAMES: &[&str] = &[
        "group", "target", "name", "args", "kwargs", "daemon", "context",
    ];
    allow(cx, "Thread.__init__", args, NAMES)?;
    count(cx, "Thread", args, 0, 5)?;
    let given = |index, name| either(args, index, name).filter(|value| !value.is_none());
    if given(0, "group").is_some() {
        return Err(cx.error(
            TypeId::AssertionError,
            "group argument must be None for now",
        ));
    }
    let target = given(1, "target").unwrap_or(Value::NONE);
    let name = match given(2, "name") {
        Some(name) => text::str(cx, name)?,
        None => thread::default_name(cx, target),
    };
    let daemon = match given(5, "daemon") {
        Some(daemon) => convert::is_true(cx, daemon)?,
        None => cx
            .thread
            .as_ref()
            .and_then(thread::of)
            .is_some_and(ThreadObject::is_daemon),
    };
    let arguments = match given(3, "args") {
        Some(arguments) => cx.new_ref(arguments),
        None => cx.tuple(&[]),
    };
    let keywords = given(4, "kwargs").map_or(Value::NONE, |keywords| cx.new_ref(keywords));
    let target = cx.new_ref(target);
    let thread = ThreadObject::new(target, arguments, keywords, name, daemon);
    Ok(Other::Thread(Box::new(thread)).alloc(cx.ts))
}

/// How long `blocking` and `timeout` allow to wait.
fn patience(cx: &mut Context<'_>, args: Args<'_>) -> Outcome<Patience> {
    allow(cx, "acquire", args, &["blocking", "timeout"])?;
    let blocking = match either(args, 1, "blocking") {
        Some(blocking) => convert::is_true(cx, blocking)?,
        None => true,
    };
    let timeout = match either(args, 2, "timeout") {
        Some(timeout) => convert::real(cx, timeout)?,
        None => -1.0,
    };
    match (blocking, timeout) {
        (false, -1.0) => Ok(Patience::None),
        (false, _) => Err(cx.value_error("can't specify a timeout for a non-blocking call")),
        (true, -1.0) => Ok(Patience::Forever),
        (true, timeout) if timeout < 0.0 => {
            Err(cx.value_error("timeout value must be a non-negative number"))
        }
        (true, timeout) => seconds(cx, timeout).map(Patience::For),
    }
}

/// A number of seconds as a duration.
pub(super) fn seconds(cx: &mut Context<'_>, seconds: f64) -> Outcome<Duration> {
    /// CPython's limit, about 292 years.
    const LIMIT: f64 = 9_223_372_036.0;
    if seconds.is_nan() {
        return Err(cx.value_error("Invalid value NaN (not a number)"));
    }
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if seconds <= LIMIT => Ok(duration),
        _ => Err(cx.error(TypeId::OverflowError, "timeout value is too large")),
    }
}

/// `timeout=None` of `join` and `wait`; negative times do not wait.
fn optional_timeout(cx: &mut Context<'_>, args: Args<'_>) -> Outcome<Patience> {
    allow(cx, "wait", args, &["timeout"])?;
    match either(args, 1, "timeout").filter(|timeout| !timeout.is_none()) {
        None => Ok(Patience::Forever),
        Some(timeout) => {
            let timeout = convert::real(cx, timeout)?;
            match timeout <= 0.0 {
                true => Ok(Patience::None),
                false => seconds(cx, timeout).map(Patience::For),
            }
        }
    }
}

fn acquire(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let patience = patience(cx, args)?;
    let acquired = match Other::of(&args.positional[0]) {
        Some(Other::Lock(lock)) => lock.acquire(cx, patience),
        Some(Other::RLock(lock)) => lock.acquire(cx, patience),
        _ => return Err(not_a(cx, args, "lock")),
    };
    Ok(Value::bool(acquired))
}

fn release(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let (released, complaint) = match Other::of(&args.positional[0]) {
        Some(Other::Lock(lock)) => (lock.release(cx), "release unlocked lock"),
        Some(Other::RLock(lock)) => (lock.release(cx), "cannot release un-acquired lock"),
        _ => return Err(not_a(cx, args, "lock")),
    };
    match released {
        true => Ok(Value::NONE),
        false => Err(cx.error(TypeId::RuntimeError, complaint)),
    }
}

fn exit(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    release(cx, Args::positional(&args.positional[..1]))
}

fn locked(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match Other::of(&args.positional[0]) {
        Some(Other::Lock(lock)) => Ok(Value::bool(lock.is_locked(cx))),
        Some(Other::RLock(lock)) => Ok(Value::bool(lock.count(cx) > 0)),
        _ => Err(not_a(cx, args, "lock")),
    }
}

#[cold]
fn not_a(cx: &mut Context<'_>, args: Args<'_>, wanted: &str) -> crate::eval::Raised {
    let kind = type_name(&args.positional[0]);
    cx.type_error(format!(
        "descriptor requires a '{wanted}' object but received '{kind}'"
    ))
}

/// The receiver's event.
fn event<'a>(cx: &mut Context<'_>, args: &'a Args<'_>) -> Outcome<&'a EventObject> {
    match Other::of(&args.positional[0]) {
        Some(Other::Event(event)) => Ok(event),
        _ => Err(not_a(cx, *args, "Event")),
    }
}

fn is_set(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(Value::bool(event(cx, &args)?.is_set(cx)))
}

fn set_event(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    event(cx, &args)?.set(cx);
    Ok(Value::NONE)
}

fn clear_event(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    event(cx, &args)?.clear(cx);
    Ok(Value::NONE)
}

fn wait(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let patience = optional_timeout(cx, args)?;
    Ok(Value::bool(event(cx, &args)?.wait(cx, patience)))
}

/// The receiver's thread.
fn thread_of<'a>(cx: &mut Context<'_>, args: &'a Args<'_>) -> Outcome<&'a ThreadObject> {
    match thread::of(&args.positional[0]) {
        Some(thread) => Ok(thread),
        None => Err(not_a(cx, *args, "Thread")),
    }
}

fn start(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    thread::start(cx, args.positional[0])?;
    Ok(Value::NONE)
}

fn run(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let thread = thread_of(cx, &args)?;
    thread::call_target(cx, thread)
}

fn join(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let patience = optional_timeout(cx, args)?;
    thread_of(cx, &args)?.join(cx, patience)?;
    Ok(Value::NONE)
}

fn is_alive(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(Value::bool(thread_of(cx, &args)?.is_alive(cx)))
}

fn name(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let name = thread_of(cx, &args)?.name(cx);
    Ok(cx.str(&name))
}

fn daemon(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(Value::bool(thread_of(cx, &args)?.is_daemon()))
}

fn ident(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let ident = thread_of(cx, &args)?.ident();
    Ok(ident.map_or(Value::NONE, |ident| cx.int(ident as i64)))
}

fn current_thread(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(cx.thread.map_or(Value::NONE, |thread| cx.new_ref(thread)))
}

fn main_thread(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    let running = cx.world().threads.running(cx);
    let number = |thread: &&Value| thread::of(thread).and_then(ThreadObject::ident);
    let main = running.iter().min_by_key(number).copied();
    let main = main.map_or(Value::NONE, |main| cx.new_ref(main));
    cx.drop_all(running);
    Ok(main)
}

fn get_ident(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(cx.int(thread::ident(cx) as i64))
}

fn active_count(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    let running = cx.world().threads.running(cx);
    let count = running.len();
    cx.drop_all(running);
    Ok(cx.int(count as i64))
}

fn enumerate(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    let running = cx.world().threads.running(cx);
    Ok(list::new(cx.ts, &running))
}

/// Fills the module.
pub(super) fn module(cx: &mut Context<'_>, namespace: Value) {
    for native in FUNCTIONS {
        super::install(cx.shared, cx.ts, namespace, *native);
    }
    let classes = [
        ("Thread", TypeId::Thread),
        ("Lock", TypeId::Lock),
        ("RLock", TypeId::RLock),
        ("Event", TypeId::Event),
    ];
    for (name, id) in classes {
        super::define(cx, namespace, name, cx.world().types.get(id));
    }
    let limit = crate::objects::float::new(cx.ts, 9_223_372_036.0);
    super::define(cx, namespace, "TIMEOUT_MAX", limit);
}
