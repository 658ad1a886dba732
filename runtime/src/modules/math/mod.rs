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
        doc "Functions of floats and integers, and some constants.";
        constant pi = |cx| cx.float(std::f64::consts::PI);
        constant e = |cx| cx.float(std::f64::consts::E);
        constant tau = |cx| cx.float(std::f64::consts::TAU);
        constant inf = |cx| cx.float(f64::INFINITY);
        constant nan = |cx| cx.float(f64::NAN);

        /// Arc cosine, in radians.
        static acos(x, /);
        /// Inverse of cosh.
        static acosh(x, /);
        /// Arc sine, in radians.
        static asin(x, /);
        /// Inverse of sinh.
        static asinh(x, /);
        /// Arc tangent, in radians.
        static atan(x, /);
        /// Angle of the point (x, y), in radians; the signs choose the quadrant.
        static atan2(y, x, /);
        /// Inverse of tanh.
        static atanh(x, /);
        /// Cube root.
        static cbrt(x, /);
        /// Cosine of an angle in radians.
        static cos(x, /);
        /// Hyperbolic cosine.
        static cosh(x, /);
        /// Radians to degrees.
        static degrees(x, /);
        /// Error function.
        static erf(x, /);
        /// 1 - erf(x), exact for large x too.
        static erfc(x, /);
        /// e to the power x.
        static exp(x, /);
        /// 2 to the power x.
        static exp2(x, /);
        /// exp(x) - 1, exact near zero too.
        static expm1(x, /);
        /// Absolute value, as a float.
        static fabs(x, /);
        /// x * y + z, rounded once.
        static fma(x, y, z, /);
        /// What is left of x after taking whole y's away, with the sign of x.
        static fmod(x, y, /);
        /// Gamma function.
        static gamma(x, /);
        /// log(abs(gamma(x))), without overflow between.
        static lgamma(x, /);
        /// The logarithm to a base, which is e unless one is given.
        static log(x, base = Ref::NONE, /);
        /// Logarithm to base 10.
        static log10(x, /);
        /// log(1 + x), exact near zero too.
        static log1p(x, /);
        /// Logarithm to base 2.
        static log2(x, /);
        /// x to the power y, as floats.
        static pow(x, y, /);
        /// Degrees to radians.
        static radians(x, /);
        /// What is left of x after the nearest multiple of y.
        static remainder(x, y, /);
        /// Sine of an angle in radians.
        static sin(x, /);
        /// Hyperbolic sine.
        static sinh(x, /);
        /// Square root.
        static sqrt(x, /);
        /// Tangent of an angle in radians.
        static tan(x, /);
        /// Hyperbolic tangent.
        static tanh(x, /);

        /// The least integer that is not below x.
        static ceil(x, /);
        /// x with the sign of y.
        static copysign(x, y, /);
        /// The greatest integer that is not above x.
        static floor(x, /);
        /// The pair (m, e) with x == m * 2**e and 0.5 <= abs(m) < 1.
        static frexp(x, /);
        /// Whether a and b differ by no more than the tolerances allow.
        static isclose(a, b, *, rel_tol = 1e-9, abs_tol = 0.0);
        /// Whether x is a finite number.
        static isfinite(x, /);
        /// Whether x is infinite, of either sign.
        static isinf(x, /);
        /// Whether x is not a number.
        static isnan(x, /);
        /// x times 2 to the power i.
        static ldexp(x, i, /);
        /// The part after the point and the part before it, both with x's sign.
        static modf(x, /);
        /// The float that lies so many steps from x on the way to y.
        static nextafter(x, y, /, *, steps = None);
        /// x without what stands after the point.
        static trunc(x, /);
        /// How far the next float is from x.
        static ulp(x, /);

        /// How many sets of k items n items have.
        static comb(n, k, /);
        /// The product of 1 to n.
        static factorial(n, /);
        /// The largest integer that divides all arguments.
        static gcd(*integers);
        /// The largest integer whose square is not above n.
        static isqrt(n, /);
        /// The smallest positive integer that all arguments divide.
        static lcm(*integers);
        /// How many rows of k different items n items have.
        static perm(n, k = None, /);

        /// How far p is from q; both are sequences of coordinates.
        static dist(p, q, /);
        /// The sum of floats, rounded once at the end.
        static fsum(seq, /);
        /// How far a point is from the origin.
        static hypot(*coordinates);
        /// All items multiplied, beginning with start.
        static prod(iterable, /, *, start = Ref::NONE);
        /// The products of items at the same place, added up.
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
