//! Rich comparison: `<`, `<=`, `==`, `!=`, `>`, `>=`.

use std::cmp::Ordering;

use crate::compile::Comparison;
use crate::eval::Outcome;
use crate::eval::context::Context;
use crate::eval::other::Other;
use crate::eval::types::type_name;
use crate::objects::compare;
use crate::objects::list::{self, List};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

/// Two small integers.
#[inline(always)]
pub(crate) fn small(comparison: Comparison, left: Value, right: Value) -> Option<bool> {
    let (left, right) = (left.as_small()?, right.as_small()?);
    Some(match comparison {
        Comparison::Lt => left < right,
        Comparison::Le => left <= right,
        Comparison::Eq => left == right,
        Comparison::Ne => left != right,
        Comparison::Gt => left > right,
        Comparison::Ge => left >= right,
    })
}

/// Borrows both.
pub(crate) fn rich(
    cx: &mut Context<'_>,
    comparison: Comparison,
    left: Value,
    right: Value,
) -> Outcome<bool> {
    if let Some(outcome) = small(comparison, left, right) {
        return Ok(outcome);
    }
    match comparison {
        Comparison::Eq => equal(cx, left, right),
        Comparison::Ne => equal(cx, left, right).map(|equal| !equal),
        _ => {
            let order = cx.nested(|cx| order(cx, comparison, left, right))?;
            Ok(order.is_some_and(|order| holds(comparison, order)))
        }
    }
}

/// `left == right`
pub(crate) fn equal(cx: &mut Context<'_>, left: Value, right: Value) -> Outcome<bool> {
    match (Other::of(&left), Other::of(&right)) {
        (Some(Other::Bytes(left)), Some(Other::Bytes(right))) => Ok(left == right),
        (Some(Other::Slice { .. }), Some(Other::Slice { .. })) => slices_equal(cx, left, right),
        _ => {
            let equal = compare::equal(cx.ts, left, right);
            cx.lift(equal)
        }
    }
}

fn slices_equal(cx: &mut Context<'_>, left: Value, right: Value) -> Outcome<bool> {
    let parts = |value: &Value| match Other::of(value) {
        Some(Other::Slice { start, stop, step }) => [*start, *stop, *step],
        _ => [Value::NONE; 3],
    };
    for (left, right) in parts(&left).into_iter().zip(parts(&right)) {
        if !equal(cx, left, right)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn holds(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    }
}

/// The order of two values; `None` when one is not-a-number.
fn order(
    cx: &mut Context<'_>,
    comparison: Comparison,
    left: Value,
    right: Value,
) -> Outcome<Option<Ordering>> {
    if let Some(order) = compare::compare_numbers(&left, &right) {
        return Ok(order);
    }
    if let (Some(left), Some(right)) = (left.downcast::<Str>(), right.downcast::<Str>()) {
        return Ok(Some(left.as_str().cmp(right.as_str())));
    }
    if let (Some(left), Some(right)) = (left.downcast::<Tuple>(), right.downcast::<Tuple>()) {
        return rows(cx, comparison, left.items(), right.items());
    }
    if let (Some(left), Some(right)) = (left.downcast::<List>(), right.downcast::<List>()) {
        let (left, right) = (list::snapshot(cx.ts, left), list::snapshot(cx.ts, right));
        let order = rows(cx, comparison, &left, &right);
        cx.drop_all(left.into_iter().chain(right));
        return order;
    }
    if let (Some(Other::Bytes(left)), Some(Other::Bytes(right))) =
        (Other::of(&left), Other::of(&right))
    {
        return Ok(Some(left.cmp(right)));
    }
    let message = format!(
        "'{}' not supported between instances of '{}' and '{}'",
        comparison.symbol(),
        type_name(&left),
        type_name(&right)
    );
    Err(cx.type_error(message))
}

/// The order of the first items that differ, or of the lengths.
fn rows(
    cx: &mut Context<'_>,
    comparison: Comparison,
    left: &[Value],
    right: &[Value],
) -> Outcome<Option<Ordering>> {
    for (&left, &right) in left.iter().zip(right) {
        let same = compare::same(cx.ts, left, right);
        if !cx.lift(same)? {
            return order(cx, comparison, left, right);
        }
    }
    Ok(Some(left.len().cmp(&right.len())))
}

/// A comparison as a value.
pub(in crate::eval) fn value(
    cx: &mut Context<'_>,
    comparison: Comparison,
    left: Value,
    right: Value,
) -> Outcome {
    rich(cx, comparison, left, right).map(Value::bool)
}

/// As [`rich`], on a pair of operands.
pub(in crate::eval) fn pair(
    cx: &mut Context<'_>,
    comparison: Comparison,
    pair: &[Value],
) -> Outcome<bool> {
    rich(cx, comparison, pair[0], pair[1])
}

/// `left is right`, or the opposite.
pub(in crate::eval) fn identity(
    _cx: &mut Context<'_>,
    inverted: bool,
    left: Value,
    right: Value,
) -> Outcome {
    Ok(Value::bool((left == right) != inverted))
}
