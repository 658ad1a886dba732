//! Ending an execution, and turning what was caught into a report.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use reports::failure::{Failure, FailureKind, Replay};
use reports::scenario::Broken;
use reports::trace::Source;

use crate::At;
use crate::execution;
use crate::inferred;
use crate::knowledge::Knowledge;
use crate::names;
use crate::render;

/// The point at which an execution broke.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    pub(crate) thread: usize,
    pub(crate) at: Source,
}

thread_local! {
    /// Where the panic that failed the execution was raised; the hook sees it, the payload does not carry it.
    static POINT: RefCell<Option<Point>> = const { RefCell::new(None) };
    /// A check runs whose panic is an answer.
    static ASKING: Cell<bool> = const { Cell::new(false) };
}

/// Fails the execution: `claim` does not hold, `detail` says what was found instead.
///
/// # Panics
/// Always, with a [`Broken`].
#[track_caller]
pub fn fail(kind: FailureKind, claim: impl Into<String>, detail: impl Into<String>) -> ! {
    raise(Broken {
        kind,
        claim: claim.into(),
        detail: detail.into(),
    })
}

/// What `invariant!` does when its condition does not hold.
///
/// # Panics
/// Always, with a [`Broken`].
#[track_caller]
pub fn invariant(name: &'static str, detail: std::fmt::Arguments<'_>) -> ! {
    fail(FailureKind::Invariant, name, detail.to_string())
}

/// Fails the execution when a rule was found broken, outside of the recorder's state.
#[track_caller]
pub(crate) fn unless<T>(checked: Result<T, Broken>) -> T {
    match checked {
        Ok(value) => value,
        Err(broken) => raise(broken),
    }
}

#[track_caller]
pub(crate) fn raise(broken: Broken) -> ! {
    panic::panic_any(broken)
}

/// Runs a check of the checker's own, whose panic is an answer and not yet the failure.
///
/// # Errors
/// What the check panicked with.
pub fn ask<R>(check: impl FnOnce() -> R) -> std::thread::Result<R> {
    ASKING.set(true);
    let answer = panic::catch_unwind(AssertUnwindSafe(check));
    ASKING.set(false);
    answer
}

/// The message of a panic.
#[must_use]
pub fn message(payload: &(dyn Any + Send)) -> &str {
    let fixed = payload.downcast_ref::<&'static str>().copied();
    fixed
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without a message")
}

/// Installs, once for the process, a panic hook that prints nothing for panics inside executions.
///
/// Instead it marks the execution as failed, before anything unwinds, and notes where. Every other panic is passed on
/// to the hook that was there before.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if execution::inside() {
                note(info);
            } else {
                before(info);
            }
        }));
    });
}

/// Only the first panic of an execution counts: others follow from it.
fn note(info: &PanicHookInfo<'_>) {
    if execution::failed() || ASKING.get() {
        return;
    }
    let thread = execution::current();
    execution::give_up();
    let at = info.location().map(names::source).unwrap_or_default();
    POINT.set(Some(Point { thread, at }));
}

/// The failure that a caught panic stands for, with the trace of the execution that it ended.
///
/// `known` recognises the checker's own messages.
pub fn caught(
    payload: &(dyn Any + Send),
    known: impl FnOnce(&str) -> Option<Broken>,
    replay: Replay,
) -> Failure {
    caught_with(payload, known, replay, &inferred::knowledge())
}

/// As [`caught`], for a checker that has more to tell of the events of the log.
pub fn caught_with(
    payload: &(dyn Any + Send),
    known: impl FnOnce(&str) -> Option<Broken>,
    replay: Replay,
    knowledge: &Knowledge,
) -> Failure {
    let broken = classify(payload, known);
    let trace = render::trace(&broken, POINT.take(), knowledge);
    Failure {
        kind: broken.kind,
        claim: broken.claim,
        detail: broken.detail,
        trace,
        replay,
        minimal: Vec::new(),
    }
}

/// The failure that a checker found by itself, in a thread and at a line.
#[must_use]
pub fn found(
    broken: &Broken,
    (thread, at): (usize, Option<At>),
    replay: Replay,
    knowledge: &Knowledge,
) -> Failure {
    let at = at.map(names::source).unwrap_or_default();
    POINT.set(Some(Point { thread, at }));
    caught_with(broken, |_| None, replay, knowledge)
}

fn classify(payload: &(dyn Any + Send), known: impl FnOnce(&str) -> Option<Broken>) -> Broken {
    if let Some(broken) = payload.downcast_ref::<Broken>() {
        return broken.clone();
    }
    let text = message(payload);
    known(text).unwrap_or_else(|| Broken {
        kind: FailureKind::Panic,
        claim: "the code does not panic".to_owned(),
        detail: text.to_owned(),
    })
}
