//! Unary and binary operators on the built-in types.

mod float;
mod integer;
mod sequence;

use crate::compile::{BinaryOperator, IN_PLACE};
use crate::eval::context::Context;
use crate::eval::convert::try_real;
use crate::eval::types::type_name;
use crate::eval::{Outcome, Raised};
use crate::objects::dict::{self, Dict};
use crate::objects::float::Float;
use crate::objects::int;
use crate::objects::value::Value;

pub(crate) use float::divide_modulo as float_divide_modulo;
pub(crate) use integer::divide_modulo;
pub(crate) use sequence::range_item;

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unary {
    Negative,
    Positive,
    Invert,
}

/// The sum of two small integers, if it is one.
#[inline(always)]
pub(in crate::eval) fn add_small(left: Value, right: Value) -> Option<Value> {
    Value::small(left.as_small()? + right.as_small()?)
}

/// The difference of two small integers, if it is one.
#[inline(always)]
pub(in crate::eval) fn subtract_small(left: Value, right: Value) -> Option<Value> {
    Value::small(left.as_small()? - right.as_small()?)
}

/// A binary operator as an instruction's operand gives it. Borrows both values.
pub(crate) fn binary(cx: &mut Context<'_>, operand: u32, left: Value, right: Value) -> Outcome {
    let operator = BinaryOperator::decode(operand);
    let in_place = operand & IN_PLACE != 0;
    if let (Some(left), Some(right)) = (left.as_small(), right.as_small())
        && let Some(result) = integer::small(cx, operator, left, right)?
    {
        return Ok(result);
    }
    if let Some(result) = booleans(operator, left, right) {
        return Ok(result);
    }
    match numbers(cx, operator, &left, &right)? {
        Some(result) => Ok(result),
        None => others(cx, operator, in_place, left, right),
    }
}

/// `&`, `|` and `^` of two truth values are truth values.
fn booleans(operator: BinaryOperator, left: Value, right: Value) -> Option<Value> {
    let (left, right) = (left.as_bool()?, right.as_bool()?);
    match operator {
        BinaryOperator::And => Some(Value::bool(left & right)),
        BinaryOperator::Or => Some(Value::bool(left | right)),
        BinaryOperator::Xor => Some(Value::bool(left ^ right)),
        _ => None,
    }
}

/// Integers of any size and floats.
fn numbers(
    cx: &mut Context<'_>,
    operator: BinaryOperator,
    left: &Value,
    right: &Value,
) -> Outcome<Option<Value>> {
    if let (Some(left), Some(right)) = (int::to_big(left), int::to_big(right)) {
        return integer::big(cx, operator, &left, &right);
    }
    let has_float = left.downcast::<Float>().is_some() || right.downcast::<Float>().is_some();
    if !has_float || try_real(left).is_none() || try_real(right).is_none() {
        return Ok(None);
    }
    let (left, right) = (
        super::convert::real(cx, *left)?,
        super::convert::real(cx, *right)?,
    );
    float::binary(cx, operator, left, right)
}

/// Sequences and dicts.
fn others(
    cx: &mut Context<'_>,
    operator: BinaryOperator,
    in_place: bool,
    left: Value,
    right: Value,
) -> Outcome {
    if let Some(result) = sequence::binary(cx, operator, in_place, left, right)? {
        return Ok(result);
    }
    if let (BinaryOperator::Or, Some(first), Some(second)) =
        (operator, left.downcast::<Dict>(), right.downcast::<Dict>())
    {
        let target = if in_place {
            cx.new_ref(left)
        } else {
            dict::copy(cx.ts, first)
        };
        if let Some(target) = target.downcast::<Dict>() {
            let updated = dict::update(cx.ts, target, second);
            cx.lift(updated)?;
        }
        return Ok(target);
    }
    Err(unsupported(cx, operator, in_place, left, right))
}

#[cold]
fn unsupported(
    cx: &mut Context<'_>,
    operator: BinaryOperator,
    in_place: bool,
    left: Value,
    right: Value,
) -> Raised {
    let mut symbol = operator.symbol().to_owned();
    if in_place {
        symbol.push('=');
    } else if operator == BinaryOperator::Power {
        symbol = "** or pow()".into();
    }
    let (left, right) = (type_name(&left), type_name(&right));
    cx.type_error(format!(
        "unsupported operand type(s) for {symbol}: '{left}' and '{right}'"
    ))
}

/// A unary operator. Borrows the value.
pub(crate) fn unary(cx: &mut Context<'_>, operator: Unary, value: Value) -> Outcome {
    if let Some(number) = int::to_big(&value) {
        let number = number.into_owned();
        return Ok(int::from_big(
            cx.ts,
            match operator {
                Unary::Negative => -number,
                Unary::Positive => number,
                Unary::Invert => -number - 1,
            },
        ));
    }
    if let (Some(float), Unary::Negative | Unary::Positive) = (value.downcast::<Float>(), operator)
    {
        let float = float.get();
        let result = if operator == Unary::Negative {
            -float
        } else {
            float
        };
        return Ok(crate::objects::float::new(cx.ts, result));
    }
    let symbol = match operator {
        Unary::Negative => "-",
        Unary::Positive => "+",
        Unary::Invert => "~",
    };
    let message = format!(
        "bad operand type for unary {symbol}: '{}'",
        type_name(&value)
    );
    Err(cx.type_error(message))
}
