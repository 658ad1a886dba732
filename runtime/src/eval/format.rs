//! The format mini-language of `format(value, specification)` and f-strings, and the old `%` formatting.

mod number;
mod printf;
mod specification;

use crate::eval::Outcome;
use crate::eval::context::Context;
use crate::eval::text;
use crate::eval::types::{TypeId, type_name, type_of};
use crate::objects::str::Str;
use crate::objects::value::Value;

pub(crate) use printf::printf;
use specification::{Align, Specification};

/// `format(value, specification)` with the specification as a value. Borrows both.
pub(crate) fn format_value(cx: &mut Context<'_>, value: Value, specification: Value) -> Outcome {
    match specification.downcast::<Str>() {
        Some(specification) => format(cx, value, specification.as_str()),
        None => {
            let message = format!(
                "format() argument 2 must be str, not {}",
                type_name(&specification)
            );
            Err(cx.type_error(message))
        }
    }
}

/// `format(value, specification)`. Borrows the value.
pub(crate) fn format(cx: &mut Context<'_>, value: Value, specification: &str) -> Outcome {
    if specification.is_empty() {
        return text::convert(cx, crate::compile::Conversion::Str, value);
    }
    let kind = type_of(&value);
    let is_number = matches!(kind, TypeId::Int | TypeId::Bool | TypeId::Float);
    if !is_number && kind != TypeId::Str {
        let message = format!(
            "unsupported format string passed to {}.__format__",
            kind.name()
        );
        return Err(cx.type_error(message));
    }
    let parsed = match Specification::parse(specification) {
        Ok(parsed) => parsed,
        Err(problem) => return Err(cx.value_error(problem.message(specification, kind.name()))),
    };
    let formatted = match kind {
        TypeId::Str => format_text(cx, value, &parsed)?,
        TypeId::Float => number::float(cx, value, &parsed)?,
        TypeId::Bool if parsed.kind.is_none() => {
            let name = text::str(cx, value)?;
            parsed.pad(&name, Align::Left)
        }
        _ => number::integer(cx, value, &parsed)?,
    };
    Ok(cx.str(&formatted))
}

fn format_text(
    cx: &mut Context<'_>,
    value: Value,
    specification: &Specification,
) -> Outcome<String> {
    if let Some(problem) = specification.text_problem() {
        return Err(cx.value_error(problem));
    }
    let text = value.downcast::<Str>().map_or("", Str::as_str);
    let cut: String = match specification.precision {
        Some(precision) => text.chars().take(precision).collect(),
        None => text.to_owned(),
    };
    Ok(specification.pad(&cut, Align::Left))
}

/// `format(value)`
pub(in crate::eval) fn format_plain(cx: &mut Context<'_>, value: Value) -> Outcome {
    format(cx, value, "")
}
