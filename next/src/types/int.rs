//! `int` and `bool`.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::number;
use crate::objects::int::Int;
use crate::refs::{Owned, Ref};
use crate::types::define::class;

class! {
    pub(crate) INT: Int = "int" (Object) {
        slots { repr: repr, add: add, hash: super::object::hash, compare: compare }
    }
}

class! {
    pub(crate) BOOL: Int = "bool" (Int) {
        sealed;
        slots { repr: repr }
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    if let Some(truth) = this.as_bool() {
        return Ok(cx.str(if truth { "True" } else { "False" }));
    }
    let number = number::exact_integer(this).unwrap_or_default();
    Ok(cx.str(&number.to_string()))
}

fn add(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match (number::exact_integer(left), number::exact_integer(right)) {
        (Some(left), Some(right)) => Ok(cx.big(left + right)),
        _ => Ok(Owned::not_implemented()),
    }
}

fn compare(
    cx: &Cx,
    comparison: crate::compile::Comparison,
    left: Ref<'_>,
    right: Ref<'_>,
) -> Outcome {
    match crate::objects::compare::compare_numbers(&left.value(), &right.value()) {
        Some(Some(order)) => Ok(Owned::bool(crate::eval::ops::compare::holds(
            comparison, order,
        ))),
        Some(None) => Ok(Owned::bool(comparison == crate::compile::Comparison::Ne)),
        None => {
            let _ = cx;
            Ok(Owned::not_implemented())
        }
    }
}
