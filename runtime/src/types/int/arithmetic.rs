//! Arithmetic on integers.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};

use crate::eval::cx::Cx;
use crate::eval::ops::number::integer_to_float;
use crate::eval::{Outcome, Raised};
use crate::objects::int;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;

/// Shifts and powers whose result would need more bits are refused: it would take too long to make them.
const MAX_BITS: u64 = 1 << 36;

/// Declares operators: a short cut for small integers, and the general case.
macro_rules! operators {
    ($($name:ident($left:ident, $right:ident): $small:expr, $big:expr;)*) => {
        $(pub(super) fn $name(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
            if let (Some($left), Some($right)) = (left.as_small(), right.as_small())
                && let Some(result) = $small
            {
                let result: i64 = result;
                return Ok(cx.int(result));
            }
            both(left, right, |$left, $right| {
                let result: BigInt = $big(cx, $left, $right)?;
                Ok(cx.big(result))
            })
        })*
    };
}

operators! {
    add(a, b): a.checked_add(b), |_: &Cx, a: &BigInt, b: &BigInt| plain(a + b);
    subtract(a, b): a.checked_sub(b), |_: &Cx, a: &BigInt, b: &BigInt| plain(a - b);
    multiply(a, b): a.checked_mul(b), |_: &Cx, a: &BigInt, b: &BigInt| plain(a * b);
    floor_divide(a, b): (b != 0).then(|| Integer::div_floor(&a, &b)), |cx: &Cx, a: &BigInt, b: &BigInt| {
        divide_modulo(cx, a, b, "integer division or modulo by zero").map(|pair| pair.0)
    };
    modulo(a, b): (b != 0).then(|| Integer::mod_floor(&a, &b)), |cx: &Cx, a: &BigInt, b: &BigInt| {
        divide_modulo(cx, a, b, "integer modulo by zero").map(|pair| pair.1)
    };
    left_shift(a, b): shifted(a, b), shift_left;
    right_shift(a, b): (b >= 0).then(|| a >> b.min(63)), shift_right;
    and(a, b): Some(a & b), |_: &Cx, a: &BigInt, b: &BigInt| plain(a & b);
    or(a, b): Some(a | b), |_: &Cx, a: &BigInt, b: &BigInt| plain(a | b);
    xor(a, b): Some(a ^ b), |_: &Cx, a: &BigInt, b: &BigInt| plain(a ^ b);
}

/// Whether there can be a number of so many bits.
fn room_for_bits(cx: &Cx, bits: Option<u64>) -> Outcome<()> {
    let bits = bits.filter(|bits| *bits < MAX_BITS);
    cx.room_for(bits.map(|bits| bits as usize / 8))
}

fn plain(number: BigInt) -> Outcome<BigInt> {
    Ok(number)
}

/// A shift to the left that loses no bit.
fn shifted(number: i64, count: i64) -> Option<i64> {
    let count = u32::try_from(count).ok().filter(|count| *count < 63)?;
    let result = number << count;
    (result >> count == number).then_some(result)
}

/// What two integers give; not implemented for anything else.
fn both(left: Ref<'_>, right: Ref<'_>, body: impl FnOnce(&BigInt, &BigInt) -> Outcome) -> Outcome {
    match (int::to_big(&left.value()), int::to_big(&right.value())) {
        (Some(left), Some(right)) => body(&left, &right),
        _ => Ok(Owned::not_implemented()),
    }
}

#[cold]
fn by_zero(cx: &Cx, message: &str) -> Raised {
    cx.error(TypeId::ZeroDivisionError, message)
}

fn divide_modulo(
    cx: &Cx,
    left: &BigInt,
    right: &BigInt,
    message: &str,
) -> Outcome<(BigInt, BigInt)> {
    match right.is_zero() {
        true => Err(by_zero(cx, message)),
        false => Ok(left.div_mod_floor(right)),
    }
}

pub(super) fn divmod(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    both(left, right, |left, right| {
        let (quotient, rest) =
            divide_modulo(cx, left, right, "integer division or modulo by zero")?;
        Ok(cx.tuple(vec![cx.big(quotient), cx.big(rest)]))
    })
}

fn shift_left(cx: &Cx, left: &BigInt, right: &BigInt) -> Outcome<BigInt> {
    if right.is_negative() {
        return Err(cx.value_error("negative shift count"));
    }
    match right.to_i64() {
        _ if left.is_zero() => Ok(BigInt::ZERO),
        Some(count) => {
            let bits = left.bits().checked_add(count as u64);
            room_for_bits(cx, bits)?;
            Ok(left << count)
        }
        None => Err(cx.error(TypeId::OverflowError, "too many digits in integer")),
    }
}

fn shift_right(cx: &Cx, left: &BigInt, right: &BigInt) -> Outcome<BigInt> {
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
pub(super) fn divide(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    both(left, right, |left, right| {
        if right.is_zero() {
            return Err(by_zero(cx, "division by zero"));
        }
        let quotient = divide_exactly(left, right);
        if quotient.is_infinite() {
            let message = "integer division result too large for a float";
            return Err(cx.error(TypeId::OverflowError, message));
        }
        Ok(cx.float(quotient))
    })
}

/// Divides with 66 bits of quotient and lets the last one stand for whatever is left over.
pub(crate) fn divide_exactly(left: &BigInt, right: &BigInt) -> f64 {
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
pub(super) fn power(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    both(left, right, |left, right| {
        if right.is_negative() {
            let (base, exponent) = (integer_to_float(cx, left)?, integer_to_float(cx, right)?);
            return crate::types::float::power_of(cx, base, exponent);
        }
        raise(cx, left, right)
    })
}

fn raise(cx: &Cx, left: &BigInt, right: &BigInt) -> Outcome {
    if left.magnitude().bits() <= 1 {
        let same: u32 = match (right.is_zero(), right.is_odd()) {
            (true, _) => 0,
            (_, true) => 1,
            (_, false) => 2,
        };
        return Ok(cx.big(Pow::pow(left, same)));
    }
    let exponent = right.to_u64();
    let bits = exponent.and_then(|exponent| exponent.checked_mul(left.bits()));
    room_for_bits(cx, bits)?;
    Ok(cx.big(Pow::pow(left, exponent.unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_is_correctly_rounded() {
        let big = |text: &str| text.parse::<BigInt>().unwrap();
        assert_eq!(divide_exactly(&big("1"), &big("3")), 1.0 / 3.0);
        assert_eq!(divide_exactly(&big("-7"), &big("2")), -3.5);
        let huge = BigInt::from(10).pow(400_u32);
        assert!(divide_exactly(&huge, &big("1")).is_infinite());
        assert_eq!(
            divide_exactly(&big("1"), &BigInt::from(2).pow(1074_u32)),
            5e-324
        );
    }
}
