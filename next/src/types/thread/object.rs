//! `threading.Thread`: what a thread runs, what it is called, how far it is.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate, text, truth};
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::protocols::event::{Event, Waited};
use crate::protocols::mutex::Mutex;
use crate::refs::{Owned, Ref, lend};
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::atomic::{AtomicU8, AtomicU64};
use crate::sync::thread::JoinHandle;
use crate::types::args;
use crate::types::class::Class;
use crate::types::define::{Function, class, function};
use crate::types::guarded::Guarded;
use crate::types::lock::optional_timeout;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{TypeId, store};

use super::*;

/// How far a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// `Thread.__init__` was not called.
    Raw,
    New,
    Started,
    Ended,
}

/// What `Thread.__init__` was given.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) target: Owned,
    pub(super) args: Owned,
    pub(super) kwargs: Owned,
}

/// `threading.Thread`
pub(crate) struct Thread {
    pub(super) job: Guarded<Option<Job>>,
    pub(super) name: Mutex<String>,
    pub(super) daemon: AtomicU8,
    pub(super) state: Mutex<Progress>,
    pub(super) ident: AtomicU64,
    pub(super) done: Event,
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
    pub(super) fn bare() -> Self {
        Self {
            job: Guarded::new("thread job", None),
            name: Mutex::new("thread name", String::new()),
            daemon: AtomicU8::new("daemon", 0),
            state: Mutex::new("thread", Progress::Raw),
            ident: AtomicU64::new("ident", 0),
            done: Event::new(),
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

    pub(super) fn state(&self, cx: &Cx) -> Progress {
        self.state.with(cx.lot(), |state| *state)
    }

    pub(super) fn set_state(&self, cx: &Cx, new: Progress) {
        self.state.with(cx.lot(), |state| *state = new);
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

    /// That `__init__` was called.
    pub(super) fn ready(&self, cx: &Cx) -> Outcome<()> {
        match self.state(cx) {
            Progress::Raw => Err(cx.error(TypeId::RuntimeError, "Thread.__init__() not called")),
            _ => Ok(()),
        }
    }
}

pub(super) fn new(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(payload::new_in(cx, class, Thread::bare()))
}

static INIT: Function = function!(
    true,
    "__init__",
    "",
    fill,
    (self, group = None, target = Ref::NONE, name = None, args = None, kwargs = Ref::NONE, *, daemon = None, context = None)
);

pub(super) fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
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
pub(super) fn fill(
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
pub(super) fn default_name(cx: &Cx, target: Ref<'_>) -> Outcome<String> {
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

pub(super) fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
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

pub(super) fn is_main(cx: &Cx, thread: &Thread) -> bool {
    thread.ident() == Some(u64::from(cx.world().threads.main().get()))
}

pub(super) fn name(cx: &Cx, thread: &Thread) -> Outcome<String> {
    thread.ready(cx)?;
    Ok(thread.name(cx))
}

pub(super) fn set_name(cx: &Cx, thread: &Thread, value: Option<Ref<'_>>) -> Outcome<()> {
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

pub(super) fn daemon(cx: &Cx, thread: &Thread) -> Outcome<bool> {
    thread.ready(cx)?;
    Ok(thread.is_daemon())
}

pub(super) fn set_daemon(cx: &Cx, thread: &Thread, value: Option<Ref<'_>>) -> Outcome<()> {
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

pub(super) fn ident_of(cx: &Cx, thread: &Thread) -> Option<Owned> {
    thread.ident().map(|ident| cx.int(ident as i64))
}

pub(super) fn is_alive(cx: &Cx, thread: &Thread) -> Outcome<bool> {
    thread.ready(cx)?;
    Ok(thread.state(cx) == Progress::Started)
}

/// Calls the target, once: the references go afterwards.
pub(super) fn run(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
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

pub(super) fn call_target(cx: &Cx, target: Ref<'_>, job: &Job) -> Outcome<()> {
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

pub(super) fn join(cx: &Cx, thread: &Thread, timeout: Option<f64>) -> Outcome<()> {
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
