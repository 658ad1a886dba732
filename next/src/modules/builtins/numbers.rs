//! Functions about numbers.

use num_bigint::BigInt;
use num_traits::Signed;

use crate::compile::BinaryOperator;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, binary, iterate, number};
use crate::eval::{Args, Outcome};
use crate::objects::float::Float;
use crate::objects::str::Str;
use crate::refs::{Owned, Ref};
use crate::text::{CodePoint, Unit, Wtf8Buf};
use crate::types::TypeId;
use crate::types::convert::Given;

pub(super) fn abs(cx: &Cx, value: Ref<'_>) -> Outcome {
    match cx.class_of(value).slot(|slots| slots.absolute) {
        Some(absolute) => absolute(cx, value),
        None => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!("bad operand type for abs(): '{kind}'")))
        }
    }
}

/// Digits behind their prefix and a sign.
fn in_radix(number: &BigInt, radix: u32, prefix: &str) -> String {
    let sign = if number.is_negative() { "-" } else { "" };
    let digits = number.magnitude().to_str_radix(radix);
    format!("{sign}{prefix}{digits}")
}

pub(super) fn bin(_cx: &Cx, number: BigInt) -> String {
    in_radix(&number, 2, "0b")
}

pub(super) fn oct(_cx: &Cx, number: BigInt) -> String {
    in_radix(&number, 8, "0o")
}

pub(super) fn hex(_cx: &Cx, number: BigInt) -> String {
    in_radix(&number, 16, "0x")
}

pub(super) fn divmod(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let result = binary::either(cx, left, right, |slots| slots.divmod)?;
    if !result.is_not_implemented() {
        return Ok(result);
    }
    let (left, right) = (cx.type_name(left), cx.type_name(right));
    Err(cx.type_error(format!(
        "unsupported operand type(s) for divmod(): '{left}' and '{right}'"
    )))
}

pub(super) fn pow(cx: &Cx, base: Ref<'_>, exponent: Ref<'_>, modulus: Ref<'_>) -> Outcome {
    match modulus.not_none() {
        Some(modulus) => number::power_modulo(cx, base, exponent, modulus),
        None => binary::apply(cx, BinaryOperator::Power, base, exponent),
    }
}

pub(super) fn round(cx: &Cx, value: Ref<'_>, digits: Ref<'_>) -> Outcome {
    let name = cx.world().names.round();
    let Some(round) = attribute::special(cx, value, name)? else {
        let kind = cx.type_name(value);
        return Err(cx.type_error(format!("type {kind} doesn't define __round__ method")));
    };
    match digits.not_none() {
        Some(digits) => cx.call(round.borrow(), Args::positional(&[digits])),
        None => cx.call(round.borrow(), Args::NONE),
    }
}

/// A sum of floats with what rounding lost so far, by Neumaier's method.
struct Compensated {
    total: f64,
    lost: f64,
}

impl Compensated {
    fn add(&mut self, value: f64) {
        let sum = self.total + value;
        self.lost += match self.total.abs() >= value.abs() {
            true => (self.total - sum) + value,
            false => (value - sum) + self.total,
        };
        self.total = sum;
    }

    /// An infinite or undefined loss would spoil an infinite sum.
    fn result(&self) -> f64 {
        match self.lost.is_finite() {
            true => self.total + self.lost,
            false => self.total,
        }
    }
}

pub(super) fn sum(cx: &Cx, iterable: Ref<'_>, start: Given<'_>) -> Outcome {
    let iterator = iterate::iter(cx, iterable)?;
    let start = match start.0 {
        Some(start) => summable(cx, start)?.own(),
        None => cx.int(0),
    };
    let mut total = start;
    while let Some(item) = iterate::next(cx, iterator.borrow())? {
        total = match binary::add_small(total.borrow(), item.borrow()) {
            Some(sum) => sum,
            None => binary::apply(cx, BinaryOperator::Add, total.borrow(), item.borrow())?,
        };
        if let Some(float) = total.borrow().exact::<Float>() {
            match sum_floats(cx, iterator.borrow(), float.get())? {
                (sum, None) => return Ok(sum),
                (sum, Some(item)) => {
                    total = binary::apply(cx, BinaryOperator::Add, sum.borrow(), item.borrow())?;
                }
            }
        }
    }
    Ok(total)
}

/// Adds floats and integers to a float until the end, or until an item is neither, which is handed back.
fn sum_floats(cx: &Cx, iterator: Ref<'_>, start: f64) -> Outcome<(Owned, Option<Owned>)> {
    let mut sum = Compensated {
        total: start,
        lost: 0.0,
    };
    while let Some(item) = iterate::next(cx, iterator)? {
        let value = item.borrow();
        let number = match value.exact::<Float>() {
            Some(float) => float.get(),
            None => match number::exact_integer(value) {
                Some(integer) => number::integer_to_float(cx, &integer)?,
                None => return Ok((cx.float(sum.result()), Some(item))),
            },
        };
        sum.add(number);
    }
    Ok((cx.float(sum.result()), None))
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

pub(super) fn chr(cx: &Cx, code: Ref<'_>) -> Outcome {
    let code = number::clamped(cx, code)?;
    let Some(code) = u32::try_from(code).ok().filter(|code| *code < 0x11_0000) else {
        return Err(cx.value_error("chr() arg not in range(0x110000)"));
    };
    let point = CodePoint::from_u32(code).map(Wtf8Buf::from);
    Ok(cx.wtf8(&point.map_or(Vec::new(), Wtf8Buf::into_bytes)))
}

pub(super) fn ord(cx: &Cx, character: Ref<'_>) -> Outcome<i64> {
    let Some(text) = character.downcast::<Str>() else {
        let kind = cx.type_name(character);
        return Err(cx.type_error(format!(
            "ord() expected string of length 1, but {kind} found"
        )));
    };
    if text.len() != 1 {
        let len = text.len();
        return Err(cx.type_error(format!(
            "ord() expected a character, but string of length {len} found"
        )));
    }
    let (code, _) = Unit::Character.at(text.as_bytes(), 0);
    Ok(i64::from(code))
}
