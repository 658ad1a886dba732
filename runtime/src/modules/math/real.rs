//! Functions of real numbers, and what is said when there is no result.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use crate::compile::BinaryOperator;
use crate::eval::cx::Cx;
use crate::eval::ops::{binary, number};
use crate::eval::{Outcome, Raised};
use crate::refs::Ref;
use crate::types::TypeId;

pub(super) fn domain(cx: &Cx) -> Raised {
    cx.value_error("math domain error")
}

pub(super) fn range(cx: &Cx) -> Raised {
    cx.error(TypeId::OverflowError, "math range error")
}

/// How a float is shown in a message.
fn shown(cx: &Cx, x: f64) -> String {
    let value = cx.float(x);
    crate::eval::ops::text::repr_text(cx, value.borrow()).unwrap_or_default()
}

/// The result of a function: one that is no number though the argument is, or an infinity out of nothing, is an error.
fn checked(cx: &Cx, x: f64, result: f64, can_overflow: bool, wanted: Option<&str>) -> Outcome<f64> {
    let wrong = result.is_nan() && !x.is_nan();
    let infinite = result.is_infinite() && x.is_finite();
    match (wrong || infinite && !can_overflow, infinite) {
        (true, _) => Err(match wanted {
            Some(wanted) => cx.value_error(format!("expected {wanted}, got {}", shown(cx, x))),
            None => domain(cx),
        }),
        (false, true) => Err(range(cx)),
        _ => Ok(result),
    }
}

/// Functions that have results for some numbers only.
macro_rules! functions {
    ($($name:ident, $overflows:literal, $function:expr, $wanted:expr;)*) => {
        $(pub(super) fn $name(cx: &Cx, x: f64) -> Outcome<f64> {
            let function: fn(f64) -> f64 = $function;
            checked(cx, x, function(x), $overflows, $wanted)
        })*
    };
}

functions! {
    acos, false, f64::acos, Some("a number in range from -1 up to 1");
    acosh, false, |x| if x < 1.0 { f64::NAN } else { libm::acosh(x) }, Some("argument value not less than 1");
    asin, false, f64::asin, Some("a number in range from -1 up to 1");
    asinh, false, libm::asinh, None;
    atan, false, f64::atan, None;
    atanh, false, libm::atanh, Some("a number between -1 and 1");
    cbrt, false, f64::cbrt, None;
    cos, false, f64::cos, Some("a finite input");
    cosh, true, f64::cosh, None;
    erf, false, libm::erf, None;
    erfc, false, libm::erfc, None;
    exp, true, f64::exp, None;
    exp2, true, f64::exp2, None;
    expm1, true, f64::exp_m1, None;
    fabs, false, f64::abs, None;
    log1p, false, f64::ln_1p, Some("argument value > -1");
    sin, false, f64::sin, Some("a finite input");
    sinh, true, f64::sinh, None;
    sqrt, false, f64::sqrt, Some("a nonnegative input");
    tan, false, f64::tan, Some("a finite input");
    tanh, false, f64::tanh, None;
}

/// Integers up to this one have a factorial that is a float.
const LARGEST_GAMMA: f64 = 171.0;

pub(super) fn gamma(cx: &Cx, x: f64) -> Outcome<f64> {
    let is_pole = x == f64::NEG_INFINITY || x <= 0.0 && x.floor() == x;
    if is_pole {
        return Err(no_gamma(cx, x));
    }
    if x.floor() == x && x <= LARGEST_GAMMA {
        let factorial = super::integers::product(2, x as u64 - 1);
        return Ok(factorial.to_f64().unwrap_or(f64::INFINITY));
    }
    checked(cx, x, libm::tgamma(x), true, None)
}

fn no_gamma(cx: &Cx, x: f64) -> Raised {
    let shown = shown(cx, x);
    cx.value_error(format!(
        "expected a noninteger or positive integer, got {shown}"
    ))
}

pub(super) fn lgamma(cx: &Cx, x: f64) -> Outcome<f64> {
    if x.is_infinite() {
        return Ok(f64::INFINITY);
    }
    if x <= 0.0 && x.floor() == x {
        return Err(no_gamma(cx, x));
    }
    if x == 1.0 || x == 2.0 {
        return Ok(0.0);
    }
    checked(cx, x, libm::lgamma(x), true, None)
}

pub(super) fn atan2(_cx: &Cx, y: f64, x: f64) -> f64 {
    y.atan2(x)
}

pub(super) fn degrees(_cx: &Cx, x: f64) -> f64 {
    x * (180.0 / std::f64::consts::PI)
}

pub(super) fn radians(_cx: &Cx, x: f64) -> f64 {
    x * (std::f64::consts::PI / 180.0)
}

pub(super) fn fma(cx: &Cx, x: f64, y: f64, z: f64) -> Outcome<f64> {
    let result = x.mul_add(y, z);
    let given_nan = x.is_nan() || y.is_nan() || z.is_nan();
    if result.is_nan() && !given_nan {
        return Err(cx.value_error("invalid operation in fma"));
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(cx.error(TypeId::OverflowError, "overflow in fma"));
    }
    Ok(result)
}

pub(super) fn fmod(cx: &Cx, x: f64, y: f64) -> Outcome<f64> {
    if x.is_finite() && y.is_infinite() {
        return Ok(x);
    }
    let result = x % y;
    match result.is_nan() && !x.is_nan() && !y.is_nan() {
        true => Err(domain(cx)),
        false => Ok(result),
    }
}

pub(super) fn remainder(cx: &Cx, x: f64, y: f64) -> Outcome<f64> {
    if x.is_nan() || y.is_nan() {
        return Ok(x + y);
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain(cx));
    }
    Ok(if y.is_infinite() {
        x
    } else {
        libm::remainder(x, y)
    })
}

pub(super) fn pow(cx: &Cx, x: f64, y: f64) -> Outcome<f64> {
    let result = x.powf(y);
    if result.is_finite() || !x.is_finite() || !y.is_finite() {
        return Ok(result);
    }
    // A negative number to a fractional power, or zero to a negative one.
    match result.is_nan() || x == 0.0 {
        true => Err(domain(cx)),
        false => Err(range(cx)),
    }
}

/// A logarithm, also of integers that are too large for a float.
fn logarithm(cx: &Cx, x: Ref<'_>, log: fn(f64) -> f64) -> Outcome<f64> {
    let Some(integer) = number::exact_integer(x) else {
        let x = number::real(cx, x)?;
        if x <= 0.0 {
            let shown = shown(cx, x);
            return Err(cx.value_error(format!("expected a positive input, got {shown}")));
        }
        return Ok(if x.is_finite() { log(x) } else { x });
    };
    if !integer.is_positive() {
        return Err(cx.value_error("expected a positive input"));
    }
    Ok(match integer.to_f64().filter(|float| float.is_finite()) {
        Some(float) => log(float),
        None => log_of_large(&integer, log),
    })
}

/// The logarithm of `m * 2**e`, from both; `m` is at least a half and less than one.
fn log_of_large(integer: &BigInt, log: fn(f64) -> f64) -> f64 {
    let leading = (integer >> (integer.bits() - 64)).to_f64();
    let mantissa = leading.unwrap_or_default() / 2.0_f64.powi(64);
    log(mantissa) + log(2.0) * integer.bits() as f64
}

pub(super) fn log(cx: &Cx, x: Ref<'_>, base: Ref<'_>) -> Outcome {
    let numerator = logarithm(cx, x, f64::ln)?;
    let Some(base) = base.not_none() else {
        return Ok(cx.float(numerator));
    };
    let (numerator, denominator) = (cx.float(numerator), cx.float(logarithm(cx, base, f64::ln)?));
    binary::apply(
        cx,
        BinaryOperator::Divide,
        numerator.borrow(),
        denominator.borrow(),
    )
}

pub(super) fn log2(cx: &Cx, x: Ref<'_>) -> Outcome<f64> {
    logarithm(cx, x, f64::log2)
}

pub(super) fn log10(cx: &Cx, x: Ref<'_>) -> Outcome<f64> {
    logarithm(cx, x, f64::log10)
}
