//! Conversions that the language makes by itself: truth, index, float, text of arguments.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::eval::Outcome;
use crate::eval::context::Context;
use crate::eval::other::Other;
use crate::eval::types::type_name;
use crate::objects::dict::Dict;
use crate::objects::float::Float;
use crate::objects::int;
use crate::objects::list::List;
use crate::objects::range::Range;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::{Unpacked, Value};

/// Whether a condition takes the value for true. Borrows it.
pub(crate) fn is_true(_cx: &mut Context<'_>, value: Value) -> Outcome<bool> {
    Ok(match value.unpack() {
        Unpacked::Int(number) => number != 0,
        Unpacked::None => false,
        Unpacked::Bool(truth) => truth,
        Unpacked::NotImplemented | Unpacked::Ellipsis => true,
        Unpacked::Object(_) => {
            length(&value) != Some(0)
                && value
                    .downcast::<Float>()
                    .is_none_or(|float| float.get() != 0.0)
        }
    })
}

/// How many items a container has; ranges that are too long count as long.
fn length(value: &Value) -> Option<usize> {
    if let Some(text) = value.downcast::<Str>() {
        return Some(text.len());
    }
    if let Some(tuple) = value.downcast::<Tuple>() {
        return Some(tuple.items().len());
    }
    if let Some(list) = value.downcast::<List>() {
        return Some(list.len());
    }
    if let Some(dict) = value.downcast::<Dict>() {
        return Some(dict.len());
    }
    if let Some(range) = value.downcast::<Range>() {
        return Some(range.count().to_usize().unwrap_or(usize::MAX));
    }
    match Other::of(value)? {
        Other::Bytes(bytes) => Some(bytes.len()),
        Other::View { dict, .. } => length(dict),
        _ => None,
    }
}

/// `len(value)`
pub(crate) fn len(cx: &mut Context<'_>, value: Value) -> Outcome<usize> {
    match length(&value) {
        Some(length) if length <= i64::MAX as usize => Ok(length),
        Some(_) => Err(cx.error(
            super::types::TypeId::OverflowError,
            "Python int too large to convert to C ssize_t",
        )),
        None => Err(cx.type_error(format!(
            "object of type '{}' has no len()",
            type_name(&value)
        ))),
    }
}

/// An integer of at most 64 bits, for positions and counts.
pub(crate) fn index(cx: &mut Context<'_>, value: Value) -> Outcome<i64> {
    if let Some(small) = int::to_i64(&value) {
        return Ok(small);
    }
    match int::to_big(&value) {
        Some(_) => Err(cx.error(
            super::types::TypeId::OverflowError,
            "Python int too large to convert to C ssize_t",
        )),
        None => {
            let message = format!(
                "'{}' object cannot be interpreted as an integer",
                type_name(&value)
            );
            Err(cx.type_error(message))
        }
    }
}

/// An integer of any size.
pub(crate) fn integer(cx: &mut Context<'_>, value: Value) -> Outcome<BigInt> {
    match int::to_big(&value) {
        Some(big) => Ok(big.into_owned()),
        None => {
            let message = format!(
                "'{}' object cannot be interpreted as an integer",
                type_name(&value)
            );
            Err(cx.type_error(message))
        }
    }
}

/// A float or an integer as a float.
pub(crate) fn real(cx: &mut Context<'_>, value: Value) -> Outcome<f64> {
    match try_real(&value) {
        Some(float) if float.is_finite() || value.downcast::<Float>().is_some() => Ok(float),
        Some(_) => Err(cx.error(
            super::types::TypeId::OverflowError,
            "int too large to convert to float",
        )),
        None => {
            let message = format!("must be real number, not {}", type_name(&value));
            Err(cx.type_error(message))
        }
    }
}

/// A float or an integer as a float; an integer that is too large becomes infinite.
pub(crate) fn try_real(value: &Value) -> Option<f64> {
    if let Some(float) = value.downcast::<Float>() {
        return Some(float.get());
    }
    match int::to_i64(value) {
        Some(small) => Some(small as f64),
        None => int::to_big(value)?.to_f64(),
    }
}

/// The text of a string argument.
pub(crate) fn text<'a>(cx: &mut Context<'_>, value: &'a Value, what: &str) -> Outcome<&'a str> {
    match value.downcast::<Str>() {
        Some(text) => Ok(text.as_str()),
        None => {
            let message = format!("{what} must be str, not {}", type_name(value));
            Err(cx.type_error(message))
        }
    }
}

/// `not value`
pub(in crate::eval) fn negated(cx: &mut Context<'_>, value: Value) -> Outcome {
    is_true(cx, value).map(|truth| Value::bool(!truth))
}
