//! Attributes and methods of exceptions.

use crate::eval::context::Context;
use crate::eval::exception;
use crate::eval::other::Native;
use crate::eval::{Args, Outcome, convert};
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

use super::tables::{method, property};

pub(super) const METHODS: &[Native] = &[
    property("args", args),
    property("__cause__", cause),
    property("__context__", context),
    property("__suppress_context__", suppress_context),
    property("__traceback__", traceback),
    method("with_traceback", 1, 1, with_traceback),
    method("add_note", 1, 1, add_note),
];

pub(super) const STOP_ITERATION: &[Native] = &[property("value", first_argument)];

pub(super) const SYSTEM_EXIT: &[Native] = &[property("code", first_argument)];

fn args(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(exception::args(cx.ts, &args.positional[0]).unwrap_or(Value::NONE))
}

fn cause(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let (cause, context, _) = exception::links(cx.ts, &args.positional[0]);
    cx.drop_all(context);
    Ok(cause.unwrap_or(Value::NONE))
}

fn context(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let (cause, context, _) = exception::links(cx.ts, &args.positional[0]);
    cx.drop_all(cause);
    Ok(context.unwrap_or(Value::NONE))
}

fn suppress_context(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let suppressed = exception::with(cx.ts, &args.positional[0], |state| state.suppress_context);
    Ok(Value::bool(suppressed.unwrap_or(false)))
}

/// Tracebacks are no objects here.
fn traceback(_cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(Value::NONE)
}

fn with_traceback(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    exception::with(cx.ts, &args.positional[0], |state| state.traceback.clear());
    Ok(cx.new_ref(args.positional[0]))
}

fn add_note(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let note = convert::text(cx, &args.positional[1], "note")?;
    exception::with(cx.ts, &args.positional[0], |state| {
        state.notes.push(note.into())
    });
    Ok(Value::NONE)
}

fn first_argument(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    Ok(first(cx, args.positional[0]))
}

/// The first argument of an exception, or `None`; a new reference.
pub(crate) fn first(cx: &Context<'_>, value: Value) -> Value {
    let Some(args) = exception::args(cx.ts, &value) else {
        return Value::NONE;
    };
    let items = args.downcast::<Tuple>().map_or(&[][..], Tuple::items);
    let first = items
        .first()
        .map_or(Value::NONE, |first| cx.new_ref(*first));
    cx.drop(args);
    first
}
