//! Functions of integers.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::eval::cx::Cx;
use crate::eval::ops::number;
use crate::eval::{Outcome, Raised};
use crate::objects::tuple::Tuple;
use crate::refs::{Ref, items};
use crate::types::TypeId;

/// Folds the arguments of `gcd` and `lcm`.
fn fold(
    cx: &Cx,
    integers: Ref<'_>,
    start: u32,
    step: impl Fn(&BigInt, &BigInt) -> BigInt,
) -> Outcome<BigInt> {
    let mut result = BigInt::from(start);
    for integer in integers.downcast::<Tuple>().map_or(&[][..], items) {
        result = step(&result, &number::integer(cx, *integer)?);
    }
    Ok(result)
}

pub(super) fn gcd(cx: &Cx, integers: Ref<'_>) -> Outcome {
    let small = integers.downcast::<Tuple>().map_or(&[][..], items);
    if let [left, right] = small
        && let (Some(left), Some(right)) = (left.as_small(), right.as_small())
    {
        return Ok(cx.int(left.gcd(&right)));
    }
    Ok(cx.big(fold(cx, integers, 0, Integer::gcd)?))
}

pub(super) fn lcm(cx: &Cx, integers: Ref<'_>) -> Outcome<BigInt> {
    fold(cx, integers, 1, |left, right| left.lcm(right).abs())
}

pub(super) fn isqrt(cx: &Cx, n: BigInt) -> Outcome<BigInt> {
    match n.is_negative() {
        true => Err(cx.value_error("isqrt() argument must be nonnegative")),
        false => Ok(n.sqrt()),
    }
}

/// The product of all integers from `first` to `last`. Factors of a like size are multiplied with each other.
pub(super) fn product(first: u64, last: u64) -> BigUint {
    /// So few are multiplied one after the other.
    const FEW: u64 = 16;
    if first > last {
        return BigUint::one();
    }
    if last - first < FEW {
        return (first..=last).map(BigUint::from).product();
    }
    let middle = first + (last - first) / 2;
    product(first, middle) * product(middle + 1, last)
}

pub(super) fn factorial(cx: &Cx, n: BigInt) -> Outcome<BigInt> {
    if n.is_negative() {
        return Err(cx.value_error("factorial() not defined for negative values"));
    }
    match n.to_i64() {
        Some(n) => Ok(product(2, n.unsigned_abs()).into()),
        None => {
            let limit = i64::MAX;
            let message = format!("factorial() argument should not exceed {limit}");
            Err(cx.error(TypeId::OverflowError, message))
        }
    }
}

/// The arguments of `comb` and `perm`, which are not negative.
fn counts(cx: &Cx, n: &BigInt, k: &BigInt) -> Outcome<()> {
    for (name, value) in [("n", n), ("k", k)] {
        if value.is_negative() {
            return Err(cx.value_error(format!("{name} must be a non-negative integer")));
        }
    }
    Ok(())
}

fn too_many(cx: &Cx, what: &str) -> Raised {
    let message = format!("{what} must not exceed {}", i64::MAX);
    cx.error(TypeId::OverflowError, message)
}

/// `n * (n - 1) * ..`, so many factors.
fn falling(n: &BigInt, count: u64) -> BigInt {
    match n.to_u64() {
        Some(n) => product(n - count + 1, n).into(),
        None if count <= 8 => (0..count).map(|index| n - index).product(),
        None => {
            let half = count / 2;
            falling(n, half) * falling(&(n - half), count - half)
        }
    }
}

pub(super) fn perm(cx: &Cx, n: BigInt, k: Option<BigInt>) -> Outcome<BigInt> {
    let Some(k) = k else {
        return factorial(cx, n);
    };
    counts(cx, &n, &k)?;
    if k > n {
        return Ok(BigInt::zero());
    }
    match k.to_i64() {
        Some(k) => Ok(falling(&n, k.unsigned_abs())),
        None => Err(too_many(cx, "k")),
    }
}

pub(super) fn comb(cx: &Cx, n: BigInt, k: BigInt) -> Outcome<BigInt> {
    counts(cx, &n, &k)?;
    if k > n {
        return Ok(BigInt::zero());
    }
    let fewer = k.clone().min(&n - &k);
    match fewer.to_i64() {
        Some(fewer) => Ok(choose(&n, fewer.unsigned_abs())),
        None => Err(too_many(cx, "min(n - k, k)")),
    }
}

/// So many of `n`, by halves, so that the numbers in between stay small.
fn choose(n: &BigInt, k: u64) -> BigInt {
    match k {
        0 => BigInt::one(),
        1..=32 => falling(n, k) / BigInt::from(product(2, k)),
        _ => {
            let half = k / 2;
            let rest = choose(&(n - half), k - half);
            choose(n, half) * rest / choose(&BigInt::from(k), half)
        }
    }
}
