//! `async_generator`: its methods give awaitables, which run it one after the other.

use super::peek::{code, frame, is_suspended, name, qualname, set_name, set_qualname, yield_from};
use super::{Generator, Resumption, Step, finalize, parts, repr, resume};
use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::awaitable::{self, throw};
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::Boxed;
use crate::types::{TypeId, exception};

/// What an asynchronous generator has beside its frame.
#[derive(Default)]
pub(super) struct Asynchronous {
    /// Whether an awaitable is running it, or waits in the middle of that.
    pub(super) running: bool,
    /// Whether it has ended, or is being closed.
    pub(super) closed: bool,
    /// Whether the hooks of its first iteration were called.
    pub(super) hooked: bool,
    /// What is called instead of closing it when it dies.
    pub(super) finalizer: Option<Owned>,
}

class! {
    pub(crate) ASYNC_GENERATOR: Boxed<Generator> = "async_generator" (Object) {
        sealed;
        with_weak;
        slots { aiter: itself, anext: anext, repr: repr, finalize: finalize }
        /// An awaitable that resumes with this value.
        method asend(self, value, /);
        /// Goes on with an exception that the yield raises, once this is awaited.
        method athrow(self, typ, val = Owned::NONE, tb = Owned::NONE, /);
        /// An awaitable that ends it by GeneratorExit.
        method aclose(self, /);
        class __class_getitem__ as class_getitem(self, item, /);
        get __name__ as name, set_name;
        get __qualname__ as qualname, set_qualname;
        get ag_running as is_running;
        get ag_suspended as is_suspended;
        get ag_code as code;
        get ag_frame as frame;
        /// What it waits for, or None.
        get ag_await as yield_from;
    }
}

fn with<R>(cx: &Cx, this: Ref<'_>, body: impl FnOnce(&mut Asynchronous) -> R) -> Option<R> {
    let (header, generator) = parts(this)?;
    Some(generator.asynchronous.with(cx.ts, header, body))
}

fn is_running(cx: &Cx, this: Ref<'_>) -> bool {
    with(cx, this, |state| state.running).unwrap_or(false)
}

/// Claims the generator for an awaitable; says whether no other has it.
pub(crate) fn start(cx: &Cx, this: Ref<'_>) -> bool {
    let started = with(cx, this, |state| {
        !std::mem::replace(&mut state.running, true)
    });
    started.unwrap_or(false)
}

/// The awaitable that had claimed it is done.
pub(crate) fn stop(cx: &Cx, this: Ref<'_>) {
    with(cx, this, |state| state.running = false);
}

pub(crate) fn is_closed(cx: &Cx, this: Ref<'_>) -> bool {
    with(cx, this, |state| state.closed).unwrap_or(true)
}

pub(crate) fn set_closed(cx: &Cx, this: Ref<'_>) {
    with(cx, this, |state| state.closed = true);
}

/// What is called instead of closing a generator that dies, unless it is closed.
pub(super) fn finalizer(cx: &Cx, this: Ref<'_>) -> Option<Owned> {
    with(cx, this, |state| {
        state.finalizer.clone().filter(|_| !state.closed)
    })?
}

/// Calls the hook of the first iteration, once.
fn hook(cx: &Cx, this: Ref<'_>) -> Outcome<()> {
    let hooks = cx.asyncgen_hooks.borrow().clone();
    let finalizer = hooks.finalizer;
    let is_first = with(cx, this, |state| {
        let is_first = !std::mem::replace(&mut state.hooked, true);
        if is_first {
            state.finalizer = finalizer;
        }
        is_first
    });
    match hooks.first {
        Some(first) if is_first == Some(true) => {
            drop(cx.call(first.borrow(), Args::positional(&[this]))?);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn anext(cx: &Cx, this: Ref<'_>) -> Outcome {
    hook(cx, this)?;
    Ok(awaitable::send::new(cx, this.own(), None))
}

fn asend(cx: &Cx, this: Ref<'_>, value: Owned) -> Outcome {
    hook(cx, this)?;
    Ok(awaitable::send::new(cx, this.own(), Some(value)))
}

fn athrow(cx: &Cx, this: Ref<'_>, kind: Owned, value: Owned, traceback: Owned) -> Outcome {
    hook(cx, this)?;
    Ok(throw::new(cx, this.own(), Some([kind, value, traceback])))
}

fn aclose(cx: &Cx, this: Ref<'_>) -> Outcome {
    hook(cx, this)?;
    Ok(throw::new(cx, this.own(), None))
}

/// Lets it go on: what it yields, marked or awaited, or StopAsyncIteration at its end.
pub(crate) fn advance(cx: &Cx, this: Ref<'_>, with: Resumption) -> Outcome {
    match resume(cx, this, with)? {
        Step::Yielded(value) => Ok(value),
        Step::Returned(_) => Err(cx.error_with(TypeId::StopAsyncIteration, Vec::new())),
    }
}

/// What an awaitable gives: what is awaited inside passes; an item, or the end, is its result.
pub(crate) fn unwrap(cx: &Cx, this: Ref<'_>, result: Outcome) -> Outcome {
    match result {
        Ok(value) => match awaitable::unmark(value.borrow()) {
            Some(item) => {
                stop(cx, this);
                Err(exception::stop_iteration(cx, Some(item)))
            }
            None => Ok(value),
        },
        Err(raised) => {
            if is_end(cx, &raised) {
                set_closed(cx, this);
            }
            stop(cx, this);
            Err(raised)
        }
    }
}

/// Whether an exception says that the generator has ended.
pub(crate) fn is_end(cx: &Cx, raised: &Raised) -> bool {
    raised.is(cx, TypeId::StopAsyncIteration) || raised.is(cx, TypeId::GeneratorExit)
}
