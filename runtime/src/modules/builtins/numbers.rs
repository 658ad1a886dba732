//! Functions about numbers.

use num_bigint::BigInt;
use num_traits::Signed;

use crate::compile::BinaryOperator;
use crate::eval::cx::Cx;
use crate::eval::ops::{attribute, binary, number, power};
use crate::eval::{Args, Outcome};
use crate::objects::str::Str;
use crate::refs::Ref;
use crate::text::{CodePoint, Unit, Wtf8Buf};
use crate::types::{TypeId, bytes};

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
        Some(modulus) => power::ternary(cx, base, exponent, modulus),
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

pub(super) fn chr(cx: &Cx, code: Ref<'_>) -> Outcome {
    let code = number::clamped(cx, code)?;
    let Some(code) = u32::try_from(code).ok().filter(|code| *code < 0x11_0000) else {
        return Err(cx.value_error("chr() arg not in range(0x110000)"));
    };
    let point = CodePoint::from_u32(code).map(Wtf8Buf::from);
    Ok(cx.wtf8(&point.map_or(Vec::new(), Wtf8Buf::into_bytes)))
}

pub(super) fn ord(cx: &Cx, character: Ref<'_>) -> Outcome<i64> {
    let is_bytes = [TypeId::Bytes, TypeId::Bytearray]
        .into_iter()
        .any(|id| cx.is_instance(character, id));
    let data = bytes::data(cx, character).filter(|_| is_bytes);
    let (len, code) = match (character.downcast::<Str>(), data) {
        (Some(text), _) if text.as_bytes().is_empty() => (0, 0),
        (Some(text), _) => (text.len(), Unit::Character.at(text.as_bytes(), 0).0),
        (None, Some(data)) => (data.len(), data.first().copied().map_or(0, u32::from)),
        (None, None) => {
            let kind = cx.type_name(character);
            return Err(cx.type_error(format!(
                "ord() expected string of length 1, but {kind} found"
            )));
        }
    };
    match len {
        1 => Ok(i64::from(code)),
        _ => Err(cx.type_error(format!(
            "ord() expected a character, but string of length {len} found"
        ))),
    }
}
