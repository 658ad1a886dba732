//! Signs, exponents, neighbours: functions of how a float is written.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use super::real::range;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::number;
use crate::objects::float::Float;
use crate::refs::{Owned, Ref};

pub(super) fn copysign(_cx: &Cx, x: f64, y: f64) -> f64 {
    x.copysign(y)
}

pub(super) fn isfinite(_cx: &Cx, x: f64) -> bool {
    x.is_finite()
}

pub(super) fn isinf(_cx: &Cx, x: f64) -> bool {
    x.is_infinite()
}

pub(super) fn isnan(_cx: &Cx, x: f64) -> bool {
    x.is_nan()
}

pub(super) fn frexp(cx: &Cx, x: f64) -> Owned {
    let (mantissa, exponent) = match x.is_finite() {
        true => libm::frexp(x),
        false => (x, 0),
    };
    cx.tuple(vec![cx.float(mantissa), cx.int(exponent.into())])
}

pub(super) fn ldexp(cx: &Cx, x: f64, exponent: Ref<'_>) -> Outcome<f64> {
    let Some(exponent) = number::exact_integer(exponent) else {
        return Err(cx.type_error("Expected an int as second argument to ldexp."));
    };
    if x == 0.0 || !x.is_finite() {
        return Ok(x);
    }
    // Beyond these the result is certain.
    let exponent = exponent.clamp(BigInt::from(-5000), BigInt::from(5000));
    let result = libm::ldexp(x, exponent.to_i32().unwrap_or_default());
    match result.is_infinite() {
        true => Err(range(cx)),
        false => Ok(result),
    }
}

pub(super) fn modf(cx: &Cx, x: f64) -> Owned {
    let (fraction, whole) = match x {
        x if x.is_infinite() => (0.0_f64.copysign(x), x),
        x if x.is_nan() => (x, x),
        x => ((x - x.trunc()).copysign(x), x.trunc()),
    };
    cx.tuple(vec![cx.float(fraction), cx.float(whole)])
}

pub(super) fn ulp(_cx: &Cx, x: f64) -> f64 {
    match x.abs() {
        x if !x.is_finite() => x,
        x if x == f64::MAX => x - x.next_down(),
        x => x.next_up() - x,
    }
}

pub(super) fn nextafter(cx: &Cx, x: f64, y: f64, steps: Option<BigInt>) -> Outcome<f64> {
    let steps_given = steps.is_some();
    let steps = match steps {
        Some(steps) if steps.is_negative() => {
            return Err(cx.value_error("steps must be a non-negative integer"));
        }
        Some(ref steps) => steps.to_u64().unwrap_or(u64::MAX),
        None => 1,
    };
    if steps == 0 || x == y && !(x == 0.0 && y == 0.0) {
        return Ok(x);
    }
    if x.is_nan() || y.is_nan() {
        return Ok(if x.is_nan() { x } else { y });
    }
    if x == y {
        return Ok(y);
    }
    let (from, to) = (place(x), place(y));
    let distance = (i128::from(to) - i128::from(from)).unsigned_abs();
    if steps_given && u128::from(steps) >= distance {
        return Ok(y);
    }
    // Less than the distance, so the sum is a place between both.
    let step = if to > from {
        i128::from(steps)
    } else {
        -i128::from(steps)
    };
    Ok(at_place((i128::from(from) + step) as i64, x))
}

/// Where a float stands in the order of all floats, both zeros at the same place.
fn place(x: f64) -> i64 {
    let magnitude = (x.to_bits() & !(1 << 63)) as i64;
    if x.is_sign_negative() {
        -magnitude
    } else {
        magnitude
    }
}

/// The float at a place; zero has the sign of where it was reached from.
fn at_place(place: i64, from: f64) -> f64 {
    let magnitude = f64::from_bits(place.unsigned_abs());
    match place {
        0 => 0.0_f64.copysign(from),
        1.. => magnitude,
        _ => -magnitude,
    }
}

pub(super) fn isclose(cx: &Cx, a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> Outcome<bool> {
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(cx.value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let difference = (b - a).abs();
    let allowed = (rel_tol * b).abs().max((rel_tol * a).abs()).max(abs_tol);
    Ok(difference <= allowed)
}

/// The float that a value is, if its class is `float`.
pub(super) fn exact_float(value: Ref<'_>) -> Option<f64> {
    value.exact::<Float>().map(Float::get)
}
