//! The functions about objects: identity, hash, attributes, classes.

use crate::eval::attributes;
use crate::eval::context::Context;
use crate::eval::other::{Function, Other, class};
use crate::eval::types::{TypeId, type_name, type_of};
use crate::eval::{Args, Outcome, payload};
use crate::objects::compare;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;
use crate::sync::identity;

pub(super) fn id(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let value = args.positional[0];
    let number = match value.header() {
        Some(header) => identity(header.as_ptr()) as i64,
        // Small integers and singletons are no objects; each has a number that no address has.
        None => hash_of(cx, value)?.wrapping_mul(16) | 0b1000,
    };
    Ok(cx.int(number))
}

fn hash_of(cx: &mut Context<'_>, value: Value) -> Outcome<i64> {
    if let Some(Other::Bytes(bytes)) = Other::of(&value) {
        let text = bytes
            .iter()
            .map(|byte| char::from(*byte))
            .collect::<String>();
        let text = cx.str(&text);
        let hash = compare::hash(cx.ts, text);
        cx.drop(text);
        return cx.lift(hash);
    }
    let hash = compare::hash(cx.ts, value);
    cx.lift(hash)
}

pub(super) fn hash(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let hash = hash_of(cx, args.positional[0])?;
    Ok(cx.int(hash))
}

/// The interned name of an attribute.
fn attribute_name(cx: &mut Context<'_>, value: Value) -> Outcome {
    match value.downcast::<Str>() {
        Some(text) => Ok(cx.intern(text.as_str())),
        None => {
            let message = format!("attribute name must be string, not '{}'", type_name(&value));
            Err(cx.type_error(message))
        }
    }
}

pub(super) fn getattr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let name = attribute_name(cx, args.positional[1])?;
    match (attributes::get(cx, args.positional[0], name), args.get(2)) {
        (Err(raised), Some(default)) if raised.is(TypeId::AttributeError) => {
            cx.drop(raised.0);
            Ok(cx.new_ref(default))
        }
        (result, _) => result,
    }
}

pub(super) fn setattr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let name = attribute_name(cx, args.positional[1])?;
    attributes::set(cx, args.positional[0], name, Some(args.positional[2]))?;
    Ok(Value::NONE)
}

pub(super) fn delattr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let name = attribute_name(cx, args.positional[1])?;
    attributes::set(cx, args.positional[0], name, None)?;
    Ok(Value::NONE)
}

pub(super) fn hasattr(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let name = attribute_name(cx, args.positional[1])?;
    match attributes::get(cx, args.positional[0], name) {
        Ok(value) => {
            cx.drop(value);
            Ok(Value::TRUE)
        }
        Err(raised) if raised.is(TypeId::AttributeError) => {
            cx.drop(raised.0);
            Ok(Value::FALSE)
        }
        Err(raised) => Err(raised),
    }
}

pub(super) fn isinstance(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let id = type_of(&args.positional[0]);
    derives(
        cx,
        id,
        args.positional[1],
        "isinstance() arg 2 must be a type, a tuple of types, or a union",
    )
    .map(Value::bool)
}

pub(super) fn issubclass(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match class(&args.positional[0]) {
        Some(class) => derives(
            cx,
            class.id,
            args.positional[1],
            "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        )
        .map(Value::bool),
        None => Err(cx.type_error("issubclass() arg 1 must be a class")),
    }
}

fn derives(cx: &mut Context<'_>, id: TypeId, classes: Value, complaint: &str) -> Outcome<bool> {
    if let Some(tuple) = classes.downcast::<Tuple>() {
        for class in tuple.items() {
            if derives(cx, id, *class, complaint)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match class(&classes) {
        Some(class) => Ok(id.derives_from(class.id)),
        None => Err(cx.type_error(complaint)),
    }
}

pub(super) fn callable(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let value = args.positional[0];
    let is_native = matches!(
        Other::of(&value),
        Some(Other::Native(_) | Other::Method { .. })
    );
    let is_callable =
        is_native || class(&value).is_some() || payload::of::<Function>(&value).is_some();
    Ok(Value::bool(is_callable))
}
