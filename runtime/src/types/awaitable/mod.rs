//! What coroutines and asynchronous generators give to be awaited.

pub(crate) mod send;
pub(crate) mod throw;

use crate::eval::Outcome;
use crate::eval::call::generator::Resumption;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::iterator::itself;
use crate::types::payload::{self, Boxed, payload};
use crate::types::{exception, generator};

pub(crate) use send::ASYNC_SEND;
pub(crate) use throw::ASYNC_THROW;

/// What `coroutine.__await__()` gives.
pub(crate) struct CoroutineWrapper {
    coroutine: Owned,
}

payload!(
    CoroutineWrapper as CoroutineWrapper,
    "coroutine_wrapper",
    |this, visit| visit(this.coroutine.borrow())
);

class! {
    pub(crate) COROUTINE_WRAPPER: Boxed<CoroutineWrapper> = "coroutine_wrapper" (Object) {
        sealed;
        doc "What a coroutine is awaited through.";
        slots { iter: itself, next: next }
        /// Resume with this value; what is awaited next is returned, the end raises StopIteration.
        method send(self, value, /);
        /// Goes on with an exception that the await raises, up to the next pause.
        method throw(self, typ, val = Ref::NONE, tb = Ref::NONE, /);
        /// End it: GeneratorExit is raised where it waits.
        method close(self, /);
    }
}

/// `coroutine.__await__()`
pub(crate) fn of_coroutine(cx: &Cx, coroutine: Ref<'_>) -> Outcome {
    let coroutine = coroutine.own();
    Ok(payload::new(cx, CoroutineWrapper { coroutine }))
}

fn next(cx: &Cx, this: Ref<'_>) -> Outcome<Option<Owned>> {
    let wrapper = this.payload::<CoroutineWrapper>().expect("a wrapper");
    send(cx, wrapper, Owned::NONE).map(Some)
}

fn send(cx: &Cx, this: &CoroutineWrapper, value: Owned) -> Outcome {
    let step = generator::resume(cx, this.coroutine.borrow(), Resumption::Value(value))?;
    generator::answer(cx, step)
}

fn throw(
    cx: &Cx,
    this: &CoroutineWrapper,
    kind: Ref<'_>,
    value: Ref<'_>,
    traceback: Ref<'_>,
) -> Outcome {
    let raised = generator::thrown(cx, kind, value, traceback)?;
    let with = Resumption::Exception(raised);
    let step = generator::resume(cx, this.coroutine.borrow(), with)?;
    generator::answer(cx, step)
}

fn close(cx: &Cx, this: &CoroutineWrapper) -> Outcome {
    generator::close(cx, this.coroutine.borrow())
}

/// An item of an asynchronous generator, marked so that it is not taken for what the generator awaits.
pub(crate) struct Marked {
    item: Owned,
}

payload!(
    Marked as AsyncWrapped,
    "async_generator_wrapped_value",
    |this, visit| visit(this.item.borrow())
);

class! {
    pub(crate) ASYNC_WRAPPED: Boxed<Marked> = "async_generator_wrapped_value" (Object) {
        sealed;
    }
}

/// Marks what an asynchronous generator yields.
pub(crate) fn mark(cx: &Cx, item: Owned) -> Owned {
    payload::new(cx, Marked { item })
}

/// The item that was marked; nothing for anything else.
pub(super) fn unmark(value: Ref<'_>) -> Option<Owned> {
    value.payload::<Marked>().map(|marked| marked.item.clone())
}

/// How far an awaitable is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nobody awaited it yet.
    New,
    Running,
    /// It had its result.
    Done,
}

/// The end of a `close`: what a coroutine that was told to exit may do.
fn closed(cx: &Cx, result: Outcome) -> Outcome<()> {
    use crate::types::TypeId as T;
    match result {
        Ok(_) => Err(cx.error(T::RuntimeError, "coroutine ignored GeneratorExit")),
        Err(raised) => {
            let ends = [T::StopIteration, T::StopAsyncIteration, T::GeneratorExit];
            match ends.iter().any(|end| raised.is(cx, *end)) {
                true => Ok(()),
                false => Err(raised),
            }
        }
    }
}

/// Tells of an awaitable that dies before it was awaited.
fn never_awaited(cx: &Cx, method: &str, generator: Ref<'_>) -> Outcome<()> {
    let name = generator::qualname(cx, generator);
    let name = cx.text_of(name.borrow());
    let message = format!("coroutine method '{method}' of '{name}' was never awaited");
    exception::warn::never_awaited(cx, &message)
}
