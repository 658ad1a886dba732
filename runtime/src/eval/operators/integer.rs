//! Arithmetic on integers.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::compile::BinaryOperator as Op;
use crate::eval::context::Context;
use crate::eval::types::TypeId;
use crate::eval::{Outcome, Raised};
use crate::objects::value::Value;
use crate::objects::{float, int};

/// Shifts and powers whose result would need more bits are refused.
const MAX_BITS: u64 = 1 << 33;

#[cold]
fn division_by_zero(cx: &mut Context<'_>, operator: Op) -> Raised {
    let message = match operator {
        Op::Divide => "division by zero",
        Op::Modulo => "integer modulo by zero",
        _ => "integer division or modulo by zero",
    };
    cx.error(TypeId::ZeroDivisionError, message)
}

/// Operators on two small integers; nothing when the result may not fit in 64 bits.
pub(super) fn small(
    cx: &mut Context<'_>,
    operator: Op,
    left: i64,
    right: i64,
) -> Outcome<Option<Value>> {
    let result = match operator {
        Op::Add => left.checked_add(right),
        Op::Subtract => left.checked_sub(right),
        Op::Multiply => left.checked_mul(right),
        Op::FloorDivide | Op::Modulo | Op::Divide if right == 0 => {
            return Err(division_by_zero(cx, operator));
        }
        Op::FloorDivide => Some(Integer::div_floor(&left, &right)),
        Op::Modulo => Some(Integer::mod_floor(&left, &right)),
        Op::And => Some(left & right),
        Op::Or => Some(left | right),
        Op::Xor => Some(left ^ right),
        Op::LeftShift if (0..62).contains(&right) => left.checked_mul(1 << right),
        Op::RightShift if right >= 0 => Some(left >> right.min(63)),
        Op::Divide if is_exact(left) && is_exact(right) => {
            return Ok(Some(float::new(cx.ts, left as f64 / right as f64)));
        }
        Op::Power if (0..=i64::from(u32::MAX)).contains(&right) => left.checked_pow(right as u32),
        _ => None,
    };
    Ok(result.map(|result| int::from_i64(cx.ts, result)))
}

/// Whether an integer is exactly a float.
fn is_exact(value: i64) -> bool {
    value.unsigned_abs() <= 1 << 53
}

/// Operators on integers of any size; nothing for operators that integers do not have.
pub(super) fn big(
    cx: &mut Context<'_>,
    operator: Op,
    left: &BigInt,
    right: &BigInt,
) -> Outcome<Option<Value>> {
    let result = match operator {
        Op::Add => left + right,
        Op::Subtract => left - right,
        Op::Multiply => left * right,
        Op::FloorDivide | Op::Modulo | Op::Divide if right.is_zero() => {
            return Err(division_by_zero(cx, operator));
        }
        Op::FloorDivide => left.div_floor(right),
        Op::Modulo => left.mod_floor(right),
        Op::And => left & right,
        Op::Or => left | right,
        Op::Xor => left ^ right,
        Op::LeftShift => shift_left(cx, left, right)?,
        Op::RightShift => shift_right(cx, left, right)?,
        Op::Divide => return divide(cx, left, right).map(Some),
        Op::Power => return power(cx, left, right).map(Some),
        Op::MatrixMultiply => return Ok(None),
    };
    Ok(Some(int::from_big(cx.ts, result)))
}

fn shift_left(cx: &mut Context<'_>, left: &BigInt, right: &BigInt) -> Outcome<BigInt> {
    if right.is_negative() {
        return Err(cx.value_error("negative shift count"));
    }
    match right.to_u64() {
        _ if left.is_zero() => Ok(BigInt::ZERO),
        Some(count) if count < MAX_BITS => Ok(left << count),
        _ => Err(cx.error(TypeId::OverflowError, "too many digits in integer")),
    }
}

fn shift_right(cx: &mut Context<'_>, left: &BigInt, right: &BigInt) -> Outcome<BigInt> {
    if right.is_negative() {
        return Err(cx.value_error("negative shift count"));
    }
    Ok(match right.to_u64() {
        Some(count) => left >> count,
        None if left.is_negative() => BigInt::from(-1),
        None => BigInt::ZERO,
    })
}

/// True division, correctly rounded.
fn divide(cx: &mut Context<'_>, left: &BigInt, right: &BigInt) -> Outcome {
    let quotient = divide_exactly(left, right);
    if quotient.is_infinite() {
        let message = "integer division result too large for a float";
        return Err(cx.error(TypeId::OverflowError, message));
    }
    Ok(float::new(cx.ts, quotient))
}

/// Divides with 66 bits of quotient and lets the last one stand for whatever is left over.
fn divide_exactly(left: &BigInt, right: &BigInt) -> f64 {
    const BITS: i64 = 66;
    let negative = (left.sign() == Sign::Minus) != (right.sign() == Sign::Minus);
    let (left, right) = (left.abs(), right.abs());
    let shift = BITS - (left.bits() as i64 - right.bits() as i64);
    let (left, right) = match shift >= 0 {
        true => (left << shift, right),
        false => (left, right << -shift),
    };
    let (mut quotient, rest) = left.div_rem(&right);
    if !rest.is_zero() {
        quotient |= BigInt::from(1);
    }
    let magnitude = scale(quotient, -shift);
    if negative { -magnitude } else { magnitude }
}

/// `value * 2^exponent`; subnormal results are rounded once, by cutting bits before the conversion.
fn scale(value: BigInt, exponent: i64) -> f64 {
    let lowest = -1074;
    let (mut value, mut exponent) = (value, exponent);
    if exponent < lowest {
        let cut = (lowest - exponent).min(1 << 20);
        let half = value.bit(cut as u64 - 1);
        let below = value
            .trailing_zeros()
            .is_some_and(|zeros| zeros < cut as u64 - 1);
        value >>= cut;
        if half && (below || value.is_odd()) {
            value += 1;
        }
        exponent = lowest;
    }
    let mut result = value.to_f64().unwrap_or(f64::INFINITY);
    while exponent != 0 && result.is_finite() && result != 0.0 {
        let step = exponent.clamp(-1000, 1000);
        result *= 2f64.powi(step as i32);
        exponent -= step;
    }
    result
}

/// `left ** right`
pub(super) fn power(cx: &mut Context<'_>, left: &BigInt, right: &BigInt) -> Outcome {
    if right.is_negative() {
        let (Some(base), Some(exponent)) = (left.to_f64(), right.to_f64()) else {
            return Err(cx.error(TypeId::OverflowError, "int too large to convert to float"));
        };
        return super::float::power(cx, base, exponent);
    }
    let is_unit = left.magnitude().bits() <= 1;
    match right.to_u32() {
        Some(exponent) if is_unit || u64::from(exponent) * left.bits() < MAX_BITS => {
            Ok(int::from_big(cx.ts, left.pow(exponent)))
        }
        _ if is_unit => {
            let exponent = if right.is_odd() { 1 } else { 2 };
            Ok(int::from_big(cx.ts, left.pow(exponent)))
        }
        _ => Err(cx.error(TypeId::MemoryError, "")),
    }
}

/// Quotient and remainder, rounded down.
pub(crate) fn divide_modulo(
    cx: &mut Context<'_>,
    left: &BigInt,
    right: &BigInt,
) -> Outcome<(BigInt, BigInt)> {
    if right.is_zero() {
        return Err(division_by_zero(cx, Op::FloorDivide));
    }
    Ok(left.div_mod_floor(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_is_correctly_rounded() {
        let big = |text: &str| text.parse::<BigInt>().unwrap();
        assert_eq!(divide_exactly(&big("1"), &big("3")), 1.0 / 3.0);
        assert_eq!(divide_exactly(&big("-7"), &big("2")), -3.5);
        let huge = BigInt::from(10).pow(400);
        assert_eq!(divide_exactly(&huge, &BigInt::from(10).pow(399)), 10.0);
        assert!(divide_exactly(&huge, &big("1")).is_infinite());
        assert_eq!(
            divide_exactly(&big("1"), &BigInt::from(2).pow(1074)),
            5e-324
        );
        assert_eq!(divide_exactly(&big("1"), &BigInt::from(2).pow(1076)), 0.0);
    }
}
