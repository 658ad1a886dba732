//! `threading.Thread`: what a thread runs, what it is called, how far it is.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, text, truth};
use crate::eval::{Args, Outcome, Raised};
use crate::protocols::mutex::Mutex;
use crate::protocols::thread_life::{Stage, ThreadLife};
use crate::refs::{Owned, Ref};
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicU8, AtomicU64};
use crate::types::TypeId;
use crate::types::args;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::event::Event;
use crate::types::exception::warn::deprecated;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};
use crate::types::wait::Patience;

use super::life::{join, run, start};

/// What `Thread.__init__` was given.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) target: Owned,
    pub(super) args: Owned,
    pub(super) kwargs: Owned,
}

/// `threading.Thread`
pub(crate) struct Thread {
    job: Guarded<Option<Job>>,
    name: Mutex<String>,
    daemon: AtomicU8,
    pub(super) life: ThreadLife,
    ident: AtomicU64,
    /// The system's number, once the thread has begun.
    native: AtomicU64,
    begun: Event,
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
        doc "A function that runs beside the others.";
        slots { new: new, init: init, repr: repr }
        /// Begin to run; once only.
        method start(self, /);
        /// What the thread does: call its target.
        method run(self, /);
        /// Wait for the end, at most timeout seconds.
        method join(self, timeout = None);
        /// Whether it has begun and not ended.
        method is_alive(self, /);
        /// The name.
        method getName as get_name(self, /);
        /// Gives the thread a name.
        method setName as put_name(self, name);
        /// Whether the program may end while the thread runs.
        method isDaemon as get_daemon(self, /);
        /// Says whether the program may end while the thread runs.
        method setDaemon as put_daemon(self, daemonic);
        get name, set_name;
        get daemon, set_daemon;
        get ident as ident_of;
        get native_id as native_ident_of;
        get _target as target, set_target;
        get _args as args_of, set_args;
        get _kwargs as kwargs_of, set_kwargs;
    }
}

impl Thread {
    pub(super) fn bare() -> Self {
        Self {
            job: Guarded::new("thread job", None),
            name: Mutex::new("thread name", String::new()),
            daemon: AtomicU8::new("daemon", 0),
            life: ThreadLife::new(),
            ident: AtomicU64::new("ident", 0),
            native: AtomicU64::new("native ident", 0),
            begun: Event::new(),
        }
    }

    pub(super) fn name(&self, cx: &Cx) -> String {
        self.name.with(cx.lot(), |name| name.clone())
    }

    pub(super) fn rename(&self, cx: &Cx, new: String) {
        self.name.with(cx.lot(), |name| *name = new);
    }

    pub(super) fn is_daemon(&self) -> bool {
        // ORDERING: relaxed: about nothing but itself.
        self.daemon.load(Relaxed) != 0
    }

    pub(super) fn mark_daemon(&self, daemon: bool) {
        // ORDERING: relaxed: about nothing but itself.
        self.daemon.store(u8::from(daemon), Relaxed);
    }

    pub(super) fn stage(&self, cx: &Cx) -> Stage {
        self.life.stage(cx.lot())
    }

    /// The number of the thread, once it has started.
    pub(super) fn ident(&self) -> Option<u64> {
        // ORDERING: relaxed: about nothing but itself.
        Some(self.ident.load(Relaxed)).filter(|ident| *ident != 0)
    }

    pub(super) fn set_ident(&self, ident: u64) {
        // ORDERING: relaxed: about nothing but itself.
        self.ident.store(ident, Relaxed);
    }

    /// Notes that the thread, which has this number in the system, has begun.
    pub(super) fn begin(&self, cx: &Cx, native: u64) {
        // ORDERING: relaxed: who waits for the event sees it.
        self.native.store(native, Relaxed);
        self.begun.set(cx);
    }

    /// That `__init__` was called.
    pub(super) fn ready(&self, cx: &Cx, error: TypeId, what: &str) -> Outcome<()> {
        match self.stage(cx) {
            Stage::Raw => Err(cx.error(error, what)),
            _ => Ok(()),
        }
    }
}

/// What most methods say of a thread whose `__init__` was not called.
pub(super) const NOT_CALLED: &str = "Thread.__init__() not called";

fn new(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(payload::new_in(cx, class, Thread::bare()))
}

const INIT: &Function = &function!(
    true,
    "Thread.__init__",
    "",
    fill,
    (self, group = None, target = Ref::NONE, name = None, args = None, kwargs = None, *, daemon = None, context = None)
);

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    let mut positional = vec![this];
    positional.extend_from_slice(args.positional);
    let args = Args {
        positional: &positional,
        names: args.names,
        keywords: args.keywords,
    };
    args::call(cx, INIT, Some("Thread"), args).map(drop)
}

#[expect(clippy::too_many_arguments, reason = "they are Python's")]
fn fill(
    cx: &Cx,
    this: Ref<'_>,
    group: Option<Ref<'_>>,
    target: Ref<'_>,
    name: Option<Ref<'_>>,
    args: Option<Ref<'_>>,
    kwargs: Option<Ref<'_>>,
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
        kwargs: kwargs.map_or_else(|| cx.dict(), Ref::own),
    };
    thread.rename(cx, name);
    thread.mark_daemon(daemon);
    drop(set_job(cx, this, Some(job)));
    // Who initialises it again changes what it is, and not how far it is.
    let _ = thread.life.advance(cx.lot(), Stage::Raw, Stage::New);
    Ok(())
}

pub(super) fn set_job(cx: &Cx, this: Ref<'_>, new: Option<Job>) -> Option<Job> {
    let (header, thread) = (this.header()?, this.payload::<Thread>()?);
    let swap = |job: &mut Option<Job>| std::mem::replace(job, new);
    thread.job.with(cx.ts, header, swap)
}

pub(super) fn job(cx: &Cx, this: Ref<'_>) -> Option<Job> {
    let (header, thread) = (this.header()?, this.payload::<Thread>()?);
    thread.job.with(cx.ts, header, |job| job.clone())
}

/// The name of a thread that was given none.
fn default_name(cx: &Cx, target: Ref<'_>) -> Outcome<String> {
    let number = cx.world().threads.next_name();
    let name = match target.not_none() {
        Some(target) => attribute::find(cx, target, cx.world().names.name())?,
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
    let state = match thread.stage(cx) {
        Stage::Raw => {
            let message = "Thread.__init__() was not called";
            return Err(cx.error(TypeId::AssertionError, message));
        }
        Stage::New => "initial",
        Stage::Started => "started",
        Stage::Ended => "stopped",
    };
    let daemon = if thread.is_daemon() { " daemon" } else { "" };
    let ident = thread.ident();
    let ident = ident.map_or(String::new(), |ident| format!(" {ident}"));
    let (kind, name) = (cx.type_name(this), thread.name(cx));
    Ok(cx.str(&format!("<{kind}({name}, {state}{daemon}{ident})>")))
}

fn name(cx: &Cx, thread: &Thread) -> Outcome<String> {
    thread.ready(cx, TypeId::AssertionError, NOT_CALLED)?;
    Ok(thread.name(cx))
}

fn rename(cx: &Cx, thread: &Thread, name: Ref<'_>) -> Outcome<()> {
    thread.ready(cx, TypeId::AssertionError, NOT_CALLED)?;
    thread.rename(cx, text::str_text(cx, name)?);
    Ok(())
}

fn set_name(cx: &Cx, thread: &Thread, value: Option<Ref<'_>>) -> Outcome<()> {
    match value {
        Some(value) => rename(cx, thread, value),
        None => Err(no_deleter(cx, "name")),
    }
}

#[cold]
fn no_deleter(cx: &Cx, name: &str) -> Raised {
    let message = format!("property '{name}' of 'Thread' object has no deleter");
    cx.error(TypeId::AttributeError, message)
}

fn daemon(cx: &Cx, thread: &Thread) -> Outcome<bool> {
    thread.ready(cx, TypeId::AssertionError, NOT_CALLED)?;
    Ok(thread.is_daemon())
}

fn mark(cx: &Cx, thread: &Thread, daemonic: bool) -> Outcome<()> {
    thread.ready(cx, TypeId::RuntimeError, NOT_CALLED)?;
    if thread.stage(cx) != Stage::New {
        let message = "cannot set daemon status of active thread";
        return Err(cx.error(TypeId::RuntimeError, message));
    }
    thread.mark_daemon(daemonic);
    Ok(())
}

fn set_daemon(cx: &Cx, thread: &Thread, value: Option<Ref<'_>>) -> Outcome<()> {
    match value {
        Some(value) => mark(cx, thread, truth::is_true(cx, value)?),
        None => Err(no_deleter(cx, "daemon")),
    }
}

fn ident_of(cx: &Cx, thread: &Thread) -> Outcome<Option<Owned>> {
    thread.ready(cx, TypeId::AssertionError, NOT_CALLED)?;
    Ok(thread.ident().map(|ident| cx.int(ident as i64)))
}

/// A thread that was started is about to begin.
fn native_ident_of(cx: &Cx, thread: &Thread) -> Outcome<Option<Owned>> {
    thread.ready(cx, TypeId::AssertionError, NOT_CALLED)?;
    if thread.stage(cx) == Stage::New {
        return Ok(None);
    }
    thread.begun.wait(cx, Patience::Forever)?;
    // ORDERING: relaxed: the event orders it.
    Ok(Some(cx.int(thread.native.load(Relaxed) as i64)))
}

fn is_alive(cx: &Cx, thread: &Thread) -> Outcome<bool> {
    thread.ready(cx, TypeId::AssertionError, NOT_CALLED)?;
    Ok(thread.stage(cx) == Stage::Started)
}

fn get_name(cx: &Cx, thread: &Thread) -> Outcome<String> {
    deprecated(cx, "getName", "get the name attribute")?;
    name(cx, thread)
}

fn put_name(cx: &Cx, thread: &Thread, new: Ref<'_>) -> Outcome<()> {
    deprecated(cx, "setName", "set the name attribute")?;
    rename(cx, thread, new)
}

fn get_daemon(cx: &Cx, thread: &Thread) -> Outcome<bool> {
    deprecated(cx, "isDaemon", "get the daemon attribute")?;
    daemon(cx, thread)
}

fn put_daemon(cx: &Cx, thread: &Thread, daemonic: bool) -> Outcome<()> {
    deprecated(cx, "setDaemon", "set the daemon attribute")?;
    mark(cx, thread, daemonic)
}

/// What `_target`, `_args` and `_kwargs` are until the thread has run.
macro_rules! job_parts {
    ($($get:ident $set:ident $field:ident $name:literal;)*) => {
        $(
            fn $get(cx: &Cx, this: Ref<'_>) -> Outcome {
                match job(cx, this) {
                    Some(job) => Ok(job.$field),
                    None => Err(attribute::missing(cx, this, cx.intern($name))),
                }
            }

            fn $set(cx: &Cx, this: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
                let new = job(cx, this).zip(value);
                let new = new.map(|(old, value)| Job { $field: value.own(), ..old });
                drop(set_job(cx, this, new));
                Ok(())
            }
        )*
    };
}

job_parts! {
    target set_target target "_target";
    args_of set_args args "_args";
    kwargs_of set_kwargs kwargs "_kwargs";
}
