//! Operators: slots of both sides, the more derived side first.

use crate::compile::{BinaryOperator, IN_PLACE};
use crate::eval::cx::Cx;
use crate::eval::{Outcome, Raised};
use crate::objects::float::Float;
use crate::refs::{Owned, Ref};
use crate::types::slots::{Binary, Slots};

/// The sum of two small integers.
#[inline(always)]
pub(crate) fn add_small(left: Ref<'_>, right: Ref<'_>) -> Option<Owned> {
    // Two numbers of 63 bits cannot overflow 64.
    Owned::small(left.as_small()? + right.as_small()?)
}

/// The difference of two small integers.
#[inline(always)]
pub(crate) fn subtract_small(left: Ref<'_>, right: Ref<'_>) -> Option<Owned> {
    Owned::small(left.as_small()? - right.as_small()?)
}

/// A binary operator as an instruction's operand gives it.
#[inline]
pub(crate) fn binary(cx: &Cx, operand: u32, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let operator = BinaryOperator::decode(operand);
    if let Some(result) = of_small(operator, left, right) {
        return Ok(result);
    }
    match operand & IN_PLACE != 0 {
        true => in_place(cx, operator, left, right),
        false => apply(cx, operator, left, right),
    }
}

/// What two small integers give that is one again and cannot go wrong.
#[inline(always)]
fn of_small(operator: BinaryOperator, left: Ref<'_>, right: Ref<'_>) -> Option<Owned> {
    let (left, right) = (left.as_small()?, right.as_small()?);
    let result = match operator {
        BinaryOperator::Multiply => left.checked_mul(right)?,
        BinaryOperator::And => left & right,
        BinaryOperator::Or => left | right,
        BinaryOperator::Xor => left ^ right,
        BinaryOperator::FloorDivide if right > 0 => left.div_euclid(right),
        BinaryOperator::Modulo if right > 0 => left.rem_euclid(right),
        _ => return None,
    };
    Owned::small(result)
}

/// What an operator as an instruction gives it makes of two floats, or of a float and a small integer, where that
/// cannot go wrong.
#[inline(always)]
pub(crate) fn of_floats(operand: u32, left: Ref<'_>, right: Ref<'_>) -> Option<f64> {
    let (left, right) = match (left.exact::<Float>(), right.exact::<Float>()) {
        (Some(left), Some(right)) => (left.get(), right.get()),
        (Some(left), None) => (left.get(), exactly(right)?),
        (None, Some(right)) => (exactly(left)?, right.get()),
        (None, None) => return None,
    };
    match BinaryOperator::decode(operand) {
        BinaryOperator::Add => Some(left + right),
        BinaryOperator::Subtract => Some(left - right),
        BinaryOperator::Multiply => Some(left * right),
        BinaryOperator::Divide if right != 0.0 => Some(left / right),
        _ => None,
    }
}

/// A small integer that is a float, too.
#[inline(always)]
fn exactly(value: Ref<'_>) -> Option<f64> {
    const LIMIT: i64 = 1 << f64::MANTISSA_DIGITS;
    let number = value.as_small()?;
    (-LIMIT..=LIMIT).contains(&number).then_some(number as f64)
}

/// `left + right` and so on.
pub(crate) fn apply(cx: &Cx, operator: BinaryOperator, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let result = either(cx, left, right, |slots| slots.operator(operator))?;
    match result.is_not_implemented() {
        false => Ok(result),
        true => Err(unsupported(cx, operator, false, left, right)),
    }
}

/// `left += right` and so on; the result is what is assigned.
pub(crate) fn in_place(
    cx: &Cx,
    operator: BinaryOperator,
    left: Ref<'_>,
    right: Ref<'_>,
) -> Outcome {
    if let Some(change) = cx.class_of(left).slot(|slots| slots.in_place(operator)) {
        let result = change(cx, left, right)?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    let result = either(cx, left, right, |slots| slots.operator(operator))?;
    match result.is_not_implemented() {
        false => Ok(result),
        true => Err(unsupported(cx, operator, true, left, right)),
    }
}

/// What one of the two sides makes of them, or not implemented.
pub(crate) fn either(
    cx: &Cx,
    left: Ref<'_>,
    right: Ref<'_>,
    pick: impl Fn(&Slots) -> Option<Binary>,
) -> Outcome {
    let (left_class, right_class) = (cx.class_of(left), cx.class_of(right));
    let first = left_class.slot(&pick);
    let second = match left_class.same(right_class) {
        true => None,
        false => right_class.slot(&pick),
    };
    let right_first = second.is_some() && right_class.derives_from(left_class);
    let order = if right_first {
        [second, first]
    } else {
        [first, second]
    };
    for slot in order.into_iter().flatten() {
        let result = slot(cx, left, right)?;
        if !result.is_not_implemented() {
            return Ok(result);
        }
    }
    Ok(Owned::not_implemented())
}

/// The TypeError for operands that an operator does not take.
#[cold]
pub(crate) fn unsupported(
    cx: &Cx,
    operator: BinaryOperator,
    in_place: bool,
    left: Ref<'_>,
    right: Ref<'_>,
) -> Raised {
    let mut symbol = operator.symbol().to_owned();
    if in_place {
        symbol.push('=');
    } else if operator == BinaryOperator::Power {
        symbol = "** or pow()".into();
    }
    let (left, right) = (cx.type_name(left), cx.type_name(right));
    cx.type_error(format!(
        "unsupported operand type(s) for {symbol}: '{left}' and '{right}'"
    ))
}

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Negative,
    Positive,
    Invert,
}

/// `-value`, `+value`, `~value`
pub(crate) fn unary(cx: &Cx, sign: Sign, value: Ref<'_>) -> Outcome {
    let (slot, symbol) = cx.class_of(value).slot(|slots| match sign {
        Sign::Negative => (slots.negative, "-"),
        Sign::Positive => (slots.positive, "+"),
        Sign::Invert => (slots.invert, "~"),
    });
    match slot {
        Some(slot) => slot(cx, value),
        None => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!("bad operand type for unary {symbol}: '{kind}'")))
        }
    }
}
