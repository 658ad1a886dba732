//! Rich comparison: `<`, `<=`, `==`, `!=`, `>`, `>=`, and hashes.

use crate::compile::Comparison;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::compare as objects;
use crate::objects::float::Float;
use crate::refs::{Owned, Ref};

/// What a RecursionError says of its place.
pub(crate) const PLACE: &str = " in comparison";

/// Two small integers.
#[inline(always)]
pub(crate) fn small(comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Option<bool> {
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

/// Two small integers, or two floats.
#[inline]
fn plain(comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Option<bool> {
    let (Some(one), Some(other)) = (left.exact::<Float>(), right.exact::<Float>()) else {
        return small(comparison, left, right);
    };
    let (left, right) = (one.get(), other.get());
    Some(match comparison {
        Comparison::Lt => left < right,
        Comparison::Le => left <= right,
        Comparison::Eq => left == right,
        Comparison::Ne => left != right,
        Comparison::Gt => left > right,
        Comparison::Ge => left >= right,
    })
}

/// Whether an order satisfies a comparison.
pub(crate) fn holds(comparison: Comparison, order: std::cmp::Ordering) -> bool {
    match comparison {
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Eq => order.is_eq(),
        Comparison::Ne => order.is_ne(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    }
}

/// The comparison with its sides exchanged.
fn swapped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Lt => Comparison::Gt,
        Comparison::Le => Comparison::Ge,
        Comparison::Gt => Comparison::Lt,
        Comparison::Ge => Comparison::Le,
        same => same,
    }
}

/// `left < right` and so on, as a value.
pub(crate) fn rich(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    if let Some(outcome) = plain(comparison, left, right) {
        return Ok(Owned::bool(outcome));
    }
    let (left_class, right_class) = (cx.class_of(left), cx.class_of(right));
    let (first, second) = (
        left_class.slot(|slots| slots.compare),
        right_class.slot(|slots| slots.compare),
    );
    let right_first =
        !left_class.same(right_class) && right_class.derives_from(left_class) && second.is_some();
    if let (true, Some(compare)) = (right_first, second) {
        let result = compare(cx, swapped(comparison), right, left)?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    if let Some(compare) = first {
        let result = compare(cx, comparison, left, right)?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    if let (false, Some(compare)) = (right_first, second) {
        let result = compare(cx, swapped(comparison), right, left)?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    match comparison {
        Comparison::Eq => Ok(Owned::bool(left == right)),
        Comparison::Ne => Ok(Owned::bool(left != right)),
        _ => Err(cx.type_error(format!(
            "'{}' not supported between instances of '{}' and '{}'",
            comparison.symbol(),
            cx.type_name(left),
            cx.type_name(right)
        ))),
    }
}

/// The same as a condition.
#[inline]
pub(crate) fn holds_for(
    cx: &Cx,
    comparison: Comparison,
    left: Ref<'_>,
    right: Ref<'_>,
) -> Outcome<bool> {
    if let Some(outcome) = plain(comparison, left, right) {
        return Ok(outcome);
    }
    let result = rich(cx, comparison, left, right)?;
    super::truth::is_true(cx, result.borrow())
}

/// `left == right`
pub(crate) fn equal(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome<bool> {
    holds_for(cx, Comparison::Eq, left, right)
}

/// `left is right or left == right`: how containers look for items.
pub(crate) fn same(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome<bool> {
    cx.lift(objects::same(cx.ts, left.value(), right.value()))
}

/// `hash(value)`
pub(crate) fn hash(cx: &Cx, value: Ref<'_>) -> Outcome<i64> {
    match cx.class_of(value).slot(|slots| slots.hash) {
        Some(hash) => hash(cx, value),
        None => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!("unhashable type: '{kind}'")))
        }
    }
}

/// The order of the first items that differ, or of the lengths, as a comparison of two rows.
pub(crate) fn rows(
    cx: &Cx,
    comparison: Comparison,
    left: &[Ref<'_>],
    right: &[Ref<'_>],
) -> Outcome {
    let only_equality = matches!(comparison, Comparison::Eq | Comparison::Ne);
    if only_equality && left.len() != right.len() {
        return Ok(Owned::bool(comparison == Comparison::Ne));
    }
    for (&left, &right) in left.iter().zip(right) {
        if !cx.nested_in(PLACE, || same(cx, left, right))? {
            return match comparison {
                Comparison::Eq => Ok(Owned::bool(false)),
                Comparison::Ne => Ok(Owned::bool(true)),
                _ => rich(cx, comparison, left, right),
            };
        }
    }
    Ok(Owned::bool(holds(comparison, left.len().cmp(&right.len()))))
}

/// `==` and `!=` of what is equal only when it is the same: not implemented for the rest.
pub(crate) fn identity(comparison: Comparison, same: bool) -> Owned {
    match comparison {
        Comparison::Eq => Owned::bool(same),
        Comparison::Ne => Owned::bool(!same),
        _ => Owned::not_implemented(),
    }
}
