//! A `Thread` as it starts, runs and is joined.

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, iterate};
use crate::eval::{Args, Outcome};
use crate::objects::dict::Dict;
use crate::protocols::thread_life::Stage;
use crate::refs::{Owned, Ref, lend};
use crate::types::wait::optional_timeout;
use crate::types::{TypeId, event, store};

use super::launch::{join_handle, reserve};
use super::object::{Job, NOT_CALLED, Thread, job, set_job};
use super::{enlist, exception, ident, native_ident, sharing};

/// Calls the target, once: the references go afterwards.
pub(super) fn run(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let Some(job) = job(cx, this) else {
        return Err(attribute::missing(cx, this, cx.intern("_target")));
    };
    let result = match job.target.borrow().is_none() {
        false => call_target(cx, &job),
        true => Ok(()),
    };
    drop(set_job(cx, this, None));
    result
}

pub(super) fn call_target(cx: &Cx, job: &Job) -> Outcome<()> {
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
    cx.call(job.target.borrow(), args).map(drop)
}

pub(super) fn start(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let thread = this.payload::<Thread>().expect("a thread");
    thread.ready(cx, TypeId::RuntimeError, "thread.__init__() not called")?;
    if !(thread.life).advance(cx.lot(), Stage::New, Stage::Started) {
        return Err(cx.error(TypeId::RuntimeError, "threads can only be started once"));
    }
    launch(cx, this, thread).inspect_err(|_| {
        thread.set_ident(0);
        let _ = (thread.life).advance(cx.lot(), Stage::Started, Stage::New);
    })
}

fn launch(cx: &Cx, this: Ref<'_>, thread: &Thread) -> Outcome<()> {
    let start = reserve(cx, thread.is_daemon())?;
    if let Some(job) = job(cx, this) {
        sharing::hand_over(cx, job.target.borrow());
    }
    thread.set_ident(start.ident());
    enlist(cx, start.ident(), this.own());
    let value = this.own();
    start.launch(cx, &thread.name(cx), move |cx| {
        drop(cx.thread.replace(Some(value.clone())));
        if let Some(thread) = value.borrow().payload::<Thread>() {
            thread.begin(cx, native_ident());
        }
        if let Err(raised) = cx.call_method(value.borrow(), "run", &[]) {
            exception::tell(cx, value.borrow(), raised);
        }
        if let Some(thread) = value.borrow().payload::<Thread>() {
            thread.life.end(cx.lot());
        }
        Some(value)
    })
}

pub(super) fn join(cx: &Cx, thread: &Thread, timeout: Option<f64>) -> Outcome<()> {
    let patience = optional_timeout(cx, timeout)?;
    thread.ready(cx, TypeId::RuntimeError, NOT_CALLED)?;
    if thread.stage(cx) == Stage::New {
        let message = "cannot join thread before it is started";
        return Err(cx.error(TypeId::RuntimeError, message));
    }
    if thread.ident() == Some(ident(cx)) {
        return Err(cx.error(TypeId::RuntimeError, "cannot join current thread"));
    }
    if event::wait_for_good(cx, thread.life.ended(), patience)? {
        join_handle(cx, thread.ident().unwrap_or_default());
    }
    Ok(())
}
