//! `_thread._ThreadHandle`: what `start_joinable_thread` gives.

use super::exception::report_function;
use super::launch::join_handle;
use super::life::call_target;
use super::{Job, Start, ident, reserve, sharing};
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome};
use crate::protocols::mutex::Mutex;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::event::Event;
use crate::types::lock::refuse;
use crate::types::payload::{self, Boxed, payload};
use crate::types::wait::optional_timeout;

/// Stands for the number of a thread that is about to get one.
const STARTING: u64 = u64::MAX;

/// `_thread._ThreadHandle`
pub(crate) struct ThreadHandle {
    /// The number of the thread; zero before it has started.
    ident: Mutex<u64>,
    pub(super) done: Event,
}

payload!(
    ThreadHandle as ThreadHandle,
    "_ThreadHandle",
    |_this, _visit| {}
);

class! {
    pub(crate) HANDLE: Boxed<ThreadHandle> = "_ThreadHandle" (Object) {
        sealed;
        module "_thread";
        slots { new: new, init: accept, repr: repr }
        get ident as ident_of;
        /// Wait until the thread has ended, or for so many seconds.
        method join(self, timeout = None, /);
        /// Whether the thread has ended.
        method is_done(self, /);
        /// Let everybody believe that the thread has ended.
        method _set_done as set_done(self, /);
    }
}

fn bare() -> ThreadHandle {
    ThreadHandle {
        ident: Mutex::new("thread handle", 0),
        done: Event::new(),
    }
}

fn new(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    refuse(cx, "_ThreadHandle", args)?;
    Ok(payload::new(cx, bare()))
}

fn accept(_cx: &Cx, _this: Ref<'_>, _args: Args<'_>) -> Outcome<()> {
    Ok(())
}

impl ThreadHandle {
    fn ident(&self, cx: &Cx) -> u64 {
        let ident = self.ident.with(cx.lot(), |ident| *ident);
        if ident == STARTING { 0 } else { ident }
    }

    /// Puts a number in place of another; says whether it was that one.
    fn change_ident(&self, cx: &Cx, from: u64, to: u64) -> bool {
        self.ident.with(cx.lot(), |ident| {
            let is_same = *ident == from;
            *ident = if is_same { to } else { *ident };
            is_same
        })
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let handle = this.payload::<ThreadHandle>().expect("a handle");
    let ident = handle.ident(cx);
    Ok(cx.str(&format!("<_thread._ThreadHandle object: ident={ident}>")))
}

fn ident_of(cx: &Cx, handle: &ThreadHandle) -> i64 {
    handle.ident(cx) as i64
}

fn is_done(cx: &Cx, handle: &ThreadHandle) -> bool {
    handle.done.is_set(cx)
}

fn set_done(cx: &Cx, handle: &ThreadHandle) {
    handle.done.set(cx);
}

fn join(cx: &Cx, handle: &ThreadHandle, timeout: Option<f64>) -> Outcome<()> {
    let patience = optional_timeout(cx, timeout.filter(|timeout| *timeout >= 0.0))?;
    match handle.ident(cx) {
        0 => Err(cx.error(TypeId::RuntimeError, "thread not started")),
        number if number == ident(cx) => {
            Err(cx.error(TypeId::RuntimeError, "Cannot join current thread"))
        }
        number => {
            if handle.done.wait(cx, patience)? {
                join_handle(cx, number);
            }
            Ok(())
        }
    }
}

/// `_thread.start_joinable_thread`
pub(crate) fn start_joinable(
    cx: &Cx,
    function: Ref<'_>,
    handle: Option<Ref<'_>>,
    daemon: bool,
) -> Outcome {
    if cx.class_of(function).slot(|slots| slots.call.is_none()) {
        return Err(cx.type_error("thread function must be callable"));
    }
    let handle = match handle {
        None => payload::new(cx, bare()),
        Some(given) if given.payload::<ThreadHandle>().is_some() => given.own(),
        Some(_) => return Err(cx.type_error("'handle' must be a _ThreadHandle")),
    };
    let fields = handle.borrow().payload::<ThreadHandle>().expect("a handle");
    if !fields.change_ident(cx, 0, STARTING) {
        return Err(cx.error(TypeId::RuntimeError, "thread already started"));
    }
    let start = reserve(cx, daemon).inspect_err(|_| {
        fields.change_ident(cx, STARTING, 0);
    })?;
    fields.change_ident(cx, STARTING, start.ident());
    let job = Job {
        target: function.own(),
        args: cx.tuple(Vec::new()),
        kwargs: Owned::NONE,
    };
    launch_function(cx, start, job, Some(handle.clone()))?;
    Ok(handle)
}

/// `_thread.start_new_thread`
pub(crate) fn start_new(
    cx: &Cx,
    function: Ref<'_>,
    args: Ref<'_>,
    kwargs: Option<Ref<'_>>,
) -> Outcome<i64> {
    if cx.class_of(function).slot(|slots| slots.call.is_none()) {
        return Err(cx.type_error("first arg must be callable"));
    }
    if !cx.is_instance(args, TypeId::Tuple) {
        return Err(cx.type_error("2nd arg must be a tuple"));
    }
    if kwargs.is_some_and(|kwargs| !cx.is_instance(kwargs, TypeId::Dict)) {
        return Err(cx.type_error("optional 3rd arg must be a dictionary"));
    }
    let start = reserve(cx, true)?;
    let number = start.ident();
    let job = Job {
        target: function.own(),
        args: args.own(),
        kwargs: kwargs.map_or(Owned::NONE, Ref::own),
    };
    launch_function(cx, start, job, None)?;
    Ok(number as i64)
}

/// Runs a function in a new thread; nobody gets its exceptions.
fn launch_function(cx: &Cx, start: Start, job: Job, handle: Option<Owned>) -> Outcome<()> {
    sharing::hand_over(cx, job.target.borrow());
    start.launch(cx, "", move |cx| {
        if let Err(raised) = call_target(cx, &job) {
            report_function(cx, job.target.borrow(), raised);
        }
        drop(job);
        handle
    })
}
