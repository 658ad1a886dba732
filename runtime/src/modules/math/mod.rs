//! `math`: functions of real numbers and of integers.
//!
//! The elementary functions are those of the system, as in CPython, so that results agree to the last bit.

mod integers;
mod parts;
mod real;
mod sums;

use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, number};
use crate::eval::{Args, Outcome};
use crate::objects::float::Float;
use crate::refs::{Owned, Ref};
use crate::types::define::module;
use num_bigint::BigInt;
use num_traits::FromPrimitive;

use integers::*;
use parts::*;
use real::*;
use sums::*;

module! {
    pub(crate) MATH = "math" {
        doc "This module provides access to the mathematical functions\ndefined by the C standard.";
        constant pi = |cx| cx.float(std::f64::consts::PI);
        constant e = |cx| cx.float(std::f64::consts::E);
        constant tau = |cx| cx.float(std::f64::consts::TAU);
        constant inf = |cx| cx.float(f64::INFINITY);
        constant nan = |cx| cx.float(f64::NAN);

        /// Return the arc cosine (measured in radians) of x.
        static acos(x, /);
        /// Return the inverse hyperbolic cosine of x.
        static acosh(x, /);
        /// Return the arc sine (measured in radians) of x.
        static asin(x, /);
        /// Return the inverse hyperbolic sine of x.
        static asinh(x, /);
        /// Return the arc tangent (measured in radians) of x.
        static atan(x, /);
        /// Return the arc tangent (measured in radians) of y/x.
        static atan2(y, x, /);
        /// Return the inverse hyperbolic tangent of x.
        static atanh(x, /);
        /// Return the cube root of x.
        static cbrt(x, /);
        /// Return the cosine of x (measured in radians).
        static cos(x, /);
        /// Return the hyperbolic cosine of x.
        static cosh(x, /);
        /// Convert angle x from radians to degrees.
        static degrees(x, /);
        /// Error function at x.
        static erf(x, /);
        /// Complementary error function at x.
        static erfc(x, /);
        /// Return e raised to the power of x.
        static exp(x, /);
        /// Return 2 raised to the power of x.
        static exp2(x, /);
        /// Return exp(x)-1.
        static expm1(x, /);
        /// Return the absolute value of the float x.
        static fabs(x, /);
        /// Fused multiply-add operation.
        static fma(x, y, z, /);
        /// Return the remainder of x / y with the sign of x.
        static fmod(x, y, /);
        /// Gamma function at x.
        static gamma(x, /);
        /// Natural logarithm of absolute value of Gamma function at x.
        static lgamma(x, /);
        /// Return the logarithm of x to the given base, which is e by default.
        static log(x, base = Ref::NONE, /);
        /// Return the base 10 logarithm of x.
        static log10(x, /);
        /// Return the natural logarithm of 1+x (base e).
        static log1p(x, /);
        /// Return the base 2 logarithm of x.
        static log2(x, /);
        /// Return x**y (x to the power of y).
        static pow(x, y, /);
        /// Convert angle x from degrees to radians.
        static radians(x, /);
        /// Difference between x and the closest integer multiple of y.
        static remainder(x, y, /);
        /// Return the sine of x (measured in radians).
        static sin(x, /);
        /// Return the hyperbolic sine of x.
        static sinh(x, /);
        /// Return the square root of x.
        static sqrt(x, /);
        /// Return the tangent of x (measured in radians).
        static tan(x, /);
        /// Return the hyperbolic tangent of x.
        static tanh(x, /);

        /// Return the ceiling of x as an Integral.
        static ceil(x, /);
        /// Return a float with the magnitude (absolute value) of x but the sign of y.
        static copysign(x, y, /);
        /// Return the floor of x as an Integral.
        static floor(x, /);
        /// Return the mantissa and exponent of x, as pair (m, e).
        static frexp(x, /);
        /// Determine whether two floating-point numbers are close in value.
        static isclose(a, b, *, rel_tol = 1e-9, abs_tol = 0.0);
        /// Return True if x is neither an infinity nor a NaN, and False otherwise.
        static isfinite(x, /);
        /// Return True if x is a positive or negative infinity, and False otherwise.
        static isinf(x, /);
        /// Return True if x is a NaN (not a number), and False otherwise.
        static isnan(x, /);
        /// Return x * (2**i).
        static ldexp(x, i, /);
        /// Return the fractional and integer parts of x.
        static modf(x, /);
        /// Return the floating-point value the given number of steps after x towards y.
        static nextafter(x, y, /, *, steps = None);
        /// Truncates the Real x to the nearest Integral toward 0.
        static trunc(x, /);
        /// Return the value of the least significant bit of the float x.
        static ulp(x, /);

        /// Number of ways to choose k items from n items without repetition and without order.
        static comb(n, k, /);
        /// Find n!.
        static factorial(n, /);
        /// Greatest Common Divisor.
        static gcd(*integers);
        /// Return the integer part of the square root of the input.
        static isqrt(n, /);
        /// Least Common Multiple.
        static lcm(*integers);
        /// Number of ways to choose k items from n items without repetition and with order.
        static perm(n, k = None, /);

        /// Return the Euclidean distance between two points p and q.
        static dist(p, q, /);
        /// Return an accurate floating-point sum of values in the iterable seq.
        static fsum(seq, /);
        /// Return the Euclidean norm of the coordinates.
        static hypot(*coordinates);
        /// Calculate the product of all the elements in the input iterable.
        static prod(iterable, /, *, start = Ref::NONE);
        /// Return the sum of products of values from two iterables p and q.
        static sumprod(p, q, /);
    }
}

/// Rounds to an integer by the value's own method, or else as a float.
fn rounded(cx: &Cx, x: Ref<'_>, method: Ref<'_>, round: fn(f64) -> f64) -> Outcome {
    if let Some(float) = x.exact::<Float>() {
        return to_integer(cx, round(float.get()));
    }
    match attribute::special(cx, x, method)? {
        Some(method) => cx.call(method.borrow(), Args::NONE),
        None => to_integer(cx, round(number::real(cx, x)?)),
    }
}

fn floor(cx: &Cx, x: Ref<'_>) -> Outcome {
    rounded(cx, x, cx.world().names.floor(), f64::floor)
}

fn ceil(cx: &Cx, x: Ref<'_>) -> Outcome {
    rounded(cx, x, cx.world().names.ceil(), f64::ceil)
}

fn trunc(cx: &Cx, x: Ref<'_>) -> Outcome {
    if let Some(float) = x.exact::<Float>() {
        return to_integer(cx, float.get().trunc());
    }
    match attribute::special(cx, x, cx.world().names.trunc())? {
        Some(method) => cx.call(method.borrow(), Args::NONE),
        None => {
            let kind = cx.type_name(x);
            Err(cx.type_error(format!("type {kind} doesn't define __trunc__ method")))
        }
    }
}

/// A float without a fraction as an integer.
fn to_integer(cx: &Cx, whole: f64) -> Outcome<Owned> {
    match BigInt::from_f64(whole) {
        Some(number) => Ok(cx.big(number)),
        None if whole.is_nan() => Err(cx.value_error("cannot convert float NaN to integer")),
        None => Err(cx.error(
            crate::types::TypeId::OverflowError,
            "cannot convert float infinity to integer",
        )),
    }
}
