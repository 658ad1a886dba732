//! `sum`, which loses less than adding one after the other when the items are floats or complex.

use crate::compile::BinaryOperator;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{binary, iterate, number};
use crate::objects::float::Float;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::complex::{self, Complex};
use crate::types::convert::Given;
use crate::types::payload::Boxed;

/// A sum of floats with what rounding lost so far, by Neumaier's method.
#[derive(Clone, Copy, Debug)]
struct Compensated {
    total: f64,
    lost: f64,
}

impl Compensated {
    fn new(total: f64) -> Self {
        Self { total, lost: 0.0 }
    }

    fn add(&mut self, value: f64) {
        let sum = self.total + value;
        self.lost += match self.total.abs() >= value.abs() {
            true => (self.total - sum) + value,
            false => (value - sum) + self.total,
        };
        self.total = sum;
    }

    /// An infinite or undefined loss would spoil an infinite sum; no loss at all must not change the sign of zero.
    fn result(self) -> f64 {
        match self.lost.is_finite() && self.lost != 0.0 {
            true => self.total + self.lost,
            false => self.total,
        }
    }
}

/// A sum, by what it is so far.
enum Sum {
    Any(Owned),
    Real(Compensated),
    Complex(Compensated, Compensated),
}

impl Sum {
    /// A value that was given or that came of an addition.
    fn of(value: Owned) -> Self {
        let real = value.borrow().exact::<Float>().map(Float::get);
        if let Some(real) = real {
            return Sum::Real(Compensated::new(real));
        }
        match exact_complex(value.borrow()) {
            Some((real, imaginary)) => {
                Sum::Complex(Compensated::new(real), Compensated::new(imaginary))
            }
            None => Sum::Any(value),
        }
    }

    fn value(self, cx: &Cx) -> Owned {
        match self {
            Sum::Any(value) => value,
            Sum::Real(sum) => cx.float(sum.result()),
            Sum::Complex(real, imaginary) => complex::new(cx, real.result(), imaginary.result()),
        }
    }

    fn add(self, cx: &Cx, item: Ref<'_>) -> Outcome<Self> {
        match self {
            Sum::Any(total) => match binary::add_small(total.borrow(), item) {
                Some(sum) => Ok(Sum::Any(sum)),
                None => plain(cx, total.borrow(), item),
            },
            Sum::Real(mut sum) => match real(cx, item)? {
                Some(value) => {
                    sum.add(value);
                    Ok(Sum::Real(sum))
                }
                None => match exact_complex(item) {
                    Some((real, imaginary)) => {
                        sum.add(real);
                        Ok(Sum::Complex(sum, Compensated::new(imaginary)))
                    }
                    None => plain(cx, Sum::Real(sum).value(cx).borrow(), item),
                },
            },
            Sum::Complex(mut first, mut second) => match (real(cx, item)?, exact_complex(item)) {
                (Some(value), _) => {
                    first.add(value);
                    Ok(Sum::Complex(first, second))
                }
                (None, Some((real, imaginary))) => {
                    first.add(real);
                    second.add(imaginary);
                    Ok(Sum::Complex(first, second))
                }
                (None, None) => plain(cx, Sum::Complex(first, second).value(cx).borrow(), item),
            },
        }
    }
}

fn plain(cx: &Cx, total: Ref<'_>, item: Ref<'_>) -> Outcome<Sum> {
    binary::apply(cx, BinaryOperator::Add, total, item).map(Sum::of)
}

/// A float, or an integer as one.
fn real(cx: &Cx, value: Ref<'_>) -> Outcome<Option<f64>> {
    if let Some(float) = value.exact::<Float>() {
        return Ok(Some(float.get()));
    }
    let integer = number::exact_integer(value);
    integer
        .map(|integer| number::integer_to_float(cx, &integer))
        .transpose()
}

/// The parts of a complex number whose class adds as numbers do.
fn exact_complex(value: Ref<'_>) -> Option<(f64, f64)> {
    value.exact::<Boxed<Complex>>()?;
    let number = value.payload::<Complex>()?;
    Some((number.real, number.imaginary))
}

pub(super) fn sum(cx: &Cx, iterable: Ref<'_>, start: Given<'_>) -> Outcome {
    let iterator = iterate::iter(cx, iterable)?;
    let mut sum = match start.0 {
        Some(start) => Sum::of(summable(cx, start)?.own()),
        None => Sum::Any(cx.int(0)),
    };
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        sum = sum.add(cx, item.borrow())?;
    }
    Ok(sum.value(cx))
}

/// Strings are joined, not summed.
fn summable<'a>(cx: &Cx, start: Ref<'a>) -> Outcome<Ref<'a>> {
    let message = [
        (
            TypeId::Str,
            "sum() can't sum strings [use ''.join(seq) instead]",
        ),
        (
            TypeId::Bytes,
            "sum() can't sum bytes [use b''.join(seq) instead]",
        ),
        (
            TypeId::Bytearray,
            "sum() can't sum bytearray [use b''.join(seq) instead]",
        ),
    ]
    .into_iter()
    .find(|(id, _)| cx.is_instance(start, *id));
    match message {
        Some((_, message)) => Err(cx.type_error(message)),
        None => Ok(start),
    }
}
