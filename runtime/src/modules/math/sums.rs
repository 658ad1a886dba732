//! Sums and products of many numbers, without the error of rounding each step.

use num_bigint::BigInt;
use num_traits::Zero;

use super::parts::exact_float;
use crate::compile::BinaryOperator;
use crate::eval::cx::Cx;
use crate::eval::ops::{binary, iterate, number};
use crate::eval::{Outcome, Raised};
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::TypeId;

/// An exact sum of floats: parts that do not overlap, in ascending order of magnitude (Shewchuk 1997).
#[derive(Default)]
struct Exact {
    parts: Vec<f64>,
    /// The sum of what is not finite.
    special: f64,
    /// Whether a sum of finite numbers was not.
    overflowed: bool,
}

/// A sum, and what rounding took from it. The larger addend comes first.
fn two_sum(large: f64, small: f64) -> (f64, f64) {
    let sum = large + small;
    (sum, small - (sum - large))
}

impl Exact {
    fn add(&mut self, x: f64) {
        if !x.is_finite() {
            self.special += x;
            return;
        }
        let mut x = x;
        let mut kept = 0;
        for index in 0..self.parts.len() {
            let part = self.parts[index];
            let (large, small) = if x.abs() < part.abs() {
                (part, x)
            } else {
                (x, part)
            };
            let (sum, rest) = two_sum(large, small);
            if rest != 0.0 {
                self.parts[kept] = rest;
                kept += 1;
            }
            x = sum;
        }
        self.parts.truncate(kept);
        match x.is_finite() {
            true => self.parts.push(x),
            false => self.overflowed = true,
        }
    }

    /// Adds a product of two floats, exactly unless it is too small.
    fn add_product(&mut self, x: f64, y: f64) {
        let product = x * y;
        self.add(product);
        if product.is_finite() {
            self.add(x.mul_add(y, -product));
        } else if x.is_finite() && y.is_finite() {
            self.overflowed = true;
        }
    }

    /// The sum of the parts, rounded once.
    fn total(&self) -> f64 {
        let mut parts = self.parts.iter().rev().copied();
        let mut sum = parts.next().unwrap_or(0.0);
        let mut rest = 0.0;
        for part in parts.by_ref() {
            (sum, rest) = two_sum(sum, part);
            if rest != 0.0 {
                break;
            }
        }
        // What is half a unit is rounded to even, unless something smaller decides.
        if let Some(next) = parts.next()
            && (rest < 0.0 && next < 0.0 || rest > 0.0 && next > 0.0)
        {
            let doubled = rest * 2.0;
            let shifted = sum + doubled;
            if shifted - sum == doubled {
                sum = shifted;
            }
        }
        sum
    }
}

fn overflow(cx: &Cx, message: &str) -> Raised {
    cx.error(TypeId::OverflowError, message)
}

pub(super) fn fsum(cx: &Cx, seq: Ref<'_>) -> Outcome<f64> {
    let mut sum = Exact::default();
    let mut infinities = 0.0;
    iterate::each(cx, seq, |item| {
        let x = number::real(cx, item.borrow())?;
        if x.is_infinite() {
            infinities += x;
        }
        sum.add(x);
        match sum.overflowed {
            true => Err(overflow(cx, "intermediate overflow in fsum")),
            false => Ok(()),
        }
    })?;
    // Infinities of both signs have no sum; a NaN among the items does not make this better or worse.
    if infinities.is_nan() {
        return Err(cx.value_error("-inf + inf in fsum"));
    }
    Ok(match sum.special == 0.0 {
        true => sum.total(),
        false => sum.special,
    })
}

pub(super) fn prod(cx: &Cx, iterable: Ref<'_>, start: Ref<'_>) -> Outcome {
    let mut result = match start.not_none() {
        Some(start) => start.own(),
        None => cx.int(1),
    };
    iterate::each(cx, iterable, |item| {
        let product = binary::apply(cx, BinaryOperator::Multiply, result.borrow(), item.borrow())?;
        result = product;
        Ok(())
    })?;
    Ok(result)
}

/// The length of a vector: the exact sum of the squares, scaled so that none is too large or too small.
fn norm(coordinates: &[f64]) -> f64 {
    if coordinates.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    let largest = coordinates
        .iter()
        .fold(0.0_f64, |most, x| most.max(x.abs()));
    if coordinates.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if largest == 0.0 || coordinates.len() == 1 {
        return largest;
    }
    let (_, exponent) = libm::frexp(largest);
    let mut squares = Exact::default();
    for x in coordinates {
        let x = libm::ldexp(*x, -exponent);
        squares.add_product(x, x);
    }
    let root = squares.total().sqrt();
    // One step of Newton's method with the exact remainder rounds the root correctly but for rare cases.
    squares.add_product(-root, root);
    libm::ldexp(root + squares.total() / (2.0 * root), exponent)
}

pub(super) fn hypot(cx: &Cx, coordinates: Ref<'_>) -> Outcome<f64> {
    let coordinates = coordinates.downcast::<Tuple>().map_or(&[][..], items);
    let coordinates: Outcome<Vec<f64>> = coordinates.iter().map(|x| number::real(cx, *x)).collect();
    Ok(norm(&coordinates?))
}

pub(super) fn dist(cx: &Cx, p: Ref<'_>, q: Ref<'_>) -> Outcome<f64> {
    let (p, q) = (iterate::collect(cx, p)?, iterate::collect(cx, q)?);
    if p.len() != q.len() {
        return Err(cx.value_error("both points must have the same number of dimensions"));
    }
    let mut differences = Vec::with_capacity(p.len());
    for (p, q) in p.iter().zip(&q) {
        differences.push(number::real(cx, p.borrow())? - number::real(cx, q.borrow())?);
    }
    Ok(norm(&differences))
}

/// A sum of products: of integers, then of floats, then of anything, each for as long as the items allow.
struct Products<'a> {
    cx: &'a Cx<'a>,
    total: Owned,
    integers: Option<BigInt>,
    floats: Option<Exact>,
}

impl Products<'_> {
    fn add(&mut self, p: Ref<'_>, q: Ref<'_>) -> Outcome<()> {
        let both = (number::exact_integer(p), number::exact_integer(q));
        if let (Some(sum), (Some(p), Some(q))) = (&mut self.integers, &both) {
            *sum += p * q;
            return Ok(());
        }
        self.end_integers()?;
        if let (Some(sum), Some((p, q))) = (&mut self.floats, as_floats(self.cx, p, q)) {
            sum.add_product(p, q);
            return Ok(());
        }
        self.end_floats()?;
        let product = binary::apply(self.cx, BinaryOperator::Multiply, p, q)?;
        self.plus(product)
    }

    fn plus(&mut self, more: Owned) -> Outcome<()> {
        let total = &self.total;
        self.total = binary::apply(self.cx, BinaryOperator::Add, total.borrow(), more.borrow())?;
        Ok(())
    }

    fn end_integers(&mut self) -> Outcome<()> {
        match self.integers.take().filter(|sum| !sum.is_zero()) {
            Some(sum) => self.plus(self.cx.big(sum)),
            None => Ok(()),
        }
    }

    fn end_floats(&mut self) -> Outcome<()> {
        match self.floats.take() {
            Some(sum) if sum.special != 0.0 => self.plus(self.cx.float(sum.special)),
            Some(sum) if sum.overflowed => self.plus(self.cx.float(f64::INFINITY)),
            Some(sum) if !sum.parts.is_empty() => self.plus(self.cx.float(sum.total())),
            _ => Ok(()),
        }
    }
}

/// Two numbers as floats, if one of them is one and the other is one or an integer.
fn as_floats(cx: &Cx, p: Ref<'_>, q: Ref<'_>) -> Option<(f64, f64)> {
    let either = exact_float(p).is_some() || exact_float(q).is_some();
    let float = |value: Ref<'_>| {
        let known = exact_float(value).is_some() || number::exact_integer(value).is_some();
        known.then(|| number::real(cx, value).ok()).flatten()
    };
    either.then_some(())?;
    Some((float(p)?, float(q)?))
}

pub(super) fn sumprod(cx: &Cx, p: Ref<'_>, q: Ref<'_>) -> Outcome {
    let (p, q) = (iterate::iter(cx, p)?, iterate::iter(cx, q)?);
    let mut products = Products {
        cx,
        total: cx.int(0),
        integers: Some(BigInt::ZERO),
        floats: Some(Exact::default()),
    };
    loop {
        let next = (
            iterate::next(cx, p.borrow())?,
            iterate::next(cx, q.borrow())?,
        );
        match next {
            (Some(p), Some(q)) => products.add(p.borrow(), q.borrow())?,
            (None, None) => break,
            _ => return Err(cx.value_error("Inputs are not the same length")),
        }
    }
    products.end_integers()?;
    products.end_floats()?;
    Ok(products.total)
}
