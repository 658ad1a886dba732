//! `yield from`, `await`, and what asynchronous generators, loops and managers add.

use crate::compile::Execution;
use crate::eval::call::generator::Resumption;
use crate::eval::code::CodeRef;
use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::ops::{attribute, iterate};
use crate::eval::{Args, Outcome, Raised};
use crate::refs::{Owned, Ref};
use crate::types::generator::{self, Generator, Step};
use crate::types::slots::Dunder;
use crate::types::{TypeId, awaitable, exception};

/// The iterator of `yield from`.
pub(in crate::eval) fn yield_from_iterator(cx: &Cx, code: CodeRef, value: Ref<'_>) -> Outcome {
    let sort = value.payload::<Generator>().map(|generator| generator.sort);
    match sort {
        Some(TypeId::Coroutine)
            if code.code.execution != Execution::Coroutine && !code.code.is_iterable_coroutine =>
        {
            Err(cx
                .type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"))
        }
        Some(TypeId::Coroutine | TypeId::Generator) => Ok(value.own()),
        _ => iterate::iter(cx, value),
    }
}

/// The iterator of `await`; `operand` says what is awaited.
pub(in crate::eval) fn awaitable(cx: &Cx, operand: u32, value: Ref<'_>) -> Outcome {
    if let Some(generator) = value.payload::<Generator>()
        && generator.sort == TypeId::Coroutine
    {
        if generator::yield_from(cx, value).is_some() {
            return Err(cx.error(TypeId::RuntimeError, "coroutine is being awaited already"));
        }
        return Ok(value.own());
    }
    if generator::is_iterable_coroutine(value) {
        return Ok(value.own());
    }
    let kind = cx.type_name(value);
    let Some(await_) = cx.class_of(value).slot(|slots| slots.await_) else {
        return Err(cx.type_error(match operand {
            0 => format!("'{kind}' object can't be awaited"),
            1 => format!(
                "'async with' received an object from __aenter__ that does not implement __await__: {kind}"
            ),
            _ => format!(
                "'async with' received an object from __aexit__ that does not implement __await__: {kind}"
            ),
        }));
    };
    let result = await_(cx, value)?;
    let class = cx.class_of(result.borrow());
    let is_coroutine = result
        .borrow()
        .payload::<Generator>()
        .is_some_and(|one| one.sort == TypeId::Coroutine);
    if is_coroutine || generator::is_iterable_coroutine(result.borrow()) {
        return Err(cx.type_error("__await__() returned a coroutine"));
    }
    match class.slot(|slots| slots.next.is_some()) {
        true => Ok(result),
        false => {
            let kind = class.name(cx);
            Err(cx.type_error(format!(
                "__await__() returned non-iterator of type '{kind}'"
            )))
        }
    }
}

/// `__aiter__`
pub(in crate::eval) fn async_iterator(cx: &Cx, value: Ref<'_>) -> Outcome {
    let Some(aiter) = cx.class_of(value).slot(|slots| slots.aiter) else {
        let kind = cx.type_name(value);
        return Err(cx.type_error(format!(
            "'async for' requires an object with __aiter__ method, got {kind}"
        )));
    };
    let result = aiter(cx, value)?;
    if cx
        .class_of(result.borrow())
        .slot(|slots| slots.anext.is_some())
    {
        return Ok(result);
    }
    let kind = cx.type_name(result.borrow());
    Err(cx.type_error(format!(
        "'async for' received an object from __aiter__ that does not implement __anext__: {kind}"
    )))
}

/// What is to be awaited for the next item.
pub(in crate::eval) fn async_next(cx: &Cx, iterator: Ref<'_>) -> Outcome {
    let Some(anext) = cx.class_of(iterator).slot(|slots| slots.anext) else {
        let kind = cx.type_name(iterator);
        return Err(cx.type_error(format!(
            "'async for' requires an iterator with __anext__ method, got {kind}"
        )));
    };
    let next = anext(cx, iterator)?;
    let kind = cx.type_name(next.borrow());
    match awaitable(cx, 0, next.borrow()) {
        Ok(iterator) => Ok(iterator),
        Err(cause) => {
            let raised = cx.type_error(format!(
                "'async for' received an invalid object from __anext__: {kind}"
            ));
            exception::set_cause(cx, raised.0.borrow(), Some(cause.0));
            Err(raised)
        }
    }
}

/// What a receiver did with what it was sent.
pub(in crate::eval) enum Sent {
    Yielded(Owned),
    Returned(Owned),
}

/// Pushes it, and goes on where each belongs.
pub(in crate::eval) fn push_sent(at: &mut Cursor, sent: Sent, code: CodeRef, target: u32) {
    match sent {
        Sent::Yielded(value) => at.push(value),
        Sent::Returned(value) => {
            at.push(value);
            at.jump(code, target);
        }
    }
}

/// Sends a value into a receiver.
pub(in crate::eval) fn send(cx: &Cx, receiver: Ref<'_>, value: Ref<'_>) -> Outcome<Sent> {
    if receiver.payload::<Generator>().is_some() {
        let step = generator::resume(cx, receiver, Resumption::Value(value.own()))?;
        return Ok(match step {
            Step::Yielded(value) => Sent::Yielded(value),
            Step::Returned(value) => Sent::Returned(value),
        });
    }
    let result = match value.is_none() {
        // A class of the program's tells what it returns by the exception that its slot takes for the end.
        true if !cx.class_of(receiver).is_builtin() => {
            let name = cx.world().names.dunder(Dunder::Next);
            match attribute::special(cx, receiver, name)? {
                Some(next) => cx.call(next.borrow(), Args::NONE),
                None => return Err(not_an_iterator(cx, receiver)),
            }
        }
        true => match iterate::step(cx, receiver) {
            Ok(Some(item)) => Ok(item),
            Ok(None) => return Ok(Sent::Returned(Owned::NONE)),
            Err(raised) => Err(raised),
        },
        false => cx.call_method(receiver, "send", &[value]),
    };
    returned(cx, result)
}

#[cold]
fn not_an_iterator(cx: &Cx, receiver: Ref<'_>) -> Raised {
    let kind = cx.type_name(receiver);
    cx.type_error(format!("'{kind}' object is not an iterator"))
}

/// A StopIteration is what a receiver returned.
fn returned(cx: &Cx, result: Outcome) -> Outcome<Sent> {
    match result {
        Ok(value) => Ok(Sent::Yielded(value)),
        Err(raised) if raised.is(cx, TypeId::StopIteration) => {
            let value = exception::more(cx, raised.0.borrow(), "value");
            Ok(Sent::Returned(value.unwrap_or(Owned::NONE)))
        }
        Err(raised) => Err(raised),
    }
}

/// Hands an exception that was thrown in on to the receiver.
pub(in crate::eval) fn throw_into(cx: &Cx, receiver: Ref<'_>, thrown: Ref<'_>) -> Outcome<Sent> {
    let names = &cx.world().names;
    if cx.is_instance(thrown, TypeId::GeneratorExit) {
        match receiver.payload::<Generator>() {
            Some(_) => drop(generator::close(cx, receiver)?),
            None => {
                if let Some(close) = attribute::find(cx, receiver, names.close())? {
                    cx.call(close.borrow(), Args::NONE)?;
                }
            }
        }
        return Err(Raised(thrown.own()));
    }
    match attribute::find(cx, receiver, names.throw())? {
        Some(throw) => returned(cx, cx.call(throw.borrow(), Args::positional(&[thrown]))),
        None => Err(Raised(thrown.own())),
    }
}

/// Marks what an asynchronous generator yields, apart from what it awaits.
pub(in crate::eval) fn wrap_yield(cx: &Cx, value: Ref<'_>) -> Outcome {
    Ok(awaitable::mark(cx, value.own()))
}

/// PEP 479: a StopIteration must not end a generator by mistake.
pub(in crate::eval) fn stop_iteration_error(cx: &Cx, code: CodeRef, raised: Ref<'_>) -> Outcome {
    let noun = match code.code.execution {
        Execution::Coroutine => "coroutine",
        Execution::AsyncGenerator => "async generator",
        _ => "generator",
    };
    let is_async = code.code.execution == Execution::AsyncGenerator;
    let what = if cx.is_instance(raised, TypeId::StopIteration) {
        "StopIteration"
    } else if is_async && cx.is_instance(raised, TypeId::StopAsyncIteration) {
        "StopAsyncIteration"
    } else {
        return Ok(raised.own());
    };
    let error = cx.error(TypeId::RuntimeError, format!("{noun} raised {what}"));
    exception::set_cause(cx, error.0.borrow(), Some(raised.own()));
    exception::set_context(cx, error.0.borrow(), Some(raised.own()));
    Ok(error.0)
}
