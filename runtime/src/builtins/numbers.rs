//! Methods of numbers, and their text read back.

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use crate::eval::context::Context;
use crate::eval::other::Native;
use crate::eval::types::TypeId;
use crate::eval::{Args, Outcome, convert, text};
use crate::objects::float::{self, Float};
use crate::objects::int;
use crate::objects::value::Value;

use super::tables::{method, property};

pub(super) const INT_METHODS: &[Native] = &[
    method("bit_length", 0, 0, bit_length),
    method("bit_count", 0, 0, bit_count),
    method("is_integer", 0, 0, always),
    method("conjugate", 0, 0, itself),
    property("real", itself),
    property("numerator", itself),
    property("imag", zero),
    property("denominator", one),
];

pub(super) const FLOAT_METHODS: &[Native] = &[
    method("is_integer", 0, 0, is_integer),
    method("conjugate", 0, 0, itself),
    method("as_integer_ratio", 0, 0, as_integer_ratio),
    property("real", itself),
    property("imag", float_zero),
];

fn itself(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    match args.positional[0].as_bool() {
        Some(truth) => Ok(cx.int(i64::from(truth))),
        None => Ok(cx.new_ref(args.positional[0])),
    }
}

fn always(_cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(Value::TRUE)
}

fn zero(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(cx.int(0))
}

fn one(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(cx.int(1))
}

fn float_zero(cx: &mut Context<'_>, _args: Args<'_>) -> Outcome {
    Ok(float::new(cx.ts, 0.0))
}

fn bit_length(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let number = convert::integer(cx, args.positional[0])?;
    Ok(cx.int(number.bits() as i64))
}

fn bit_count(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let number = convert::integer(cx, args.positional[0])?;
    Ok(cx.int(number.magnitude().count_ones() as i64))
}

fn is_integer(_cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let number = args.positional[0]
        .downcast::<Float>()
        .map_or(f64::NAN, Float::get);
    Ok(Value::bool(number.is_finite() && number.fract() == 0.0))
}

fn as_integer_ratio(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let mut number = args.positional[0]
        .downcast::<Float>()
        .map_or(0.0, Float::get);
    if !number.is_finite() {
        let kind = if number.is_nan() { "NaN" } else { "Infinity" };
        let class = if number.is_nan() {
            TypeId::ValueError
        } else {
            TypeId::OverflowError
        };
        return Err(cx.error(class, format!("cannot convert {kind} to integer ratio")));
    }
    let mut shift = 0_u32;
    while number.fract() != 0.0 {
        number *= 2.0;
        shift += 1;
    }
    let numerator = BigInt::from_f64(number).unwrap_or_default();
    let denominator = BigInt::from(1) << shift;
    let pair = [
        int::from_big(cx.ts, numerator),
        int::from_big(cx.ts, denominator),
    ];
    Ok(cx.tuple(&pair))
}

/// The integer part of a float.
pub(super) fn truncate(cx: &mut Context<'_>, number: f64) -> Outcome {
    if number.is_nan() {
        return Err(cx.value_error("cannot convert float NaN to integer"));
    }
    match BigInt::from_f64(number.trunc()) {
        Some(integer) => Ok(int::from_big(cx.ts, integer)),
        None => Err(cx.error(
            TypeId::OverflowError,
            "cannot convert float infinity to integer",
        )),
    }
}

/// `round(float, digits)`: exactly, ties to even.
pub(super) fn round_float(cx: &mut Context<'_>, number: f64, digits: Option<Value>) -> Outcome {
    let Some(digits) = digits else {
        return truncate(cx, number.round_ties_even());
    };
    let digits = convert::index(cx, digits)?;
    if !number.is_finite() || digits > 323 {
        return Ok(float::new(cx.ts, number));
    }
    let rounded = match usize::try_from(digits) {
        Ok(digits) => format!("{number:.digits$}").parse().unwrap_or(number),
        Err(_) if digits < -308 => 0.0_f64.copysign(number),
        Err(_) => {
            let unit = 10f64.powi(-digits as i32);
            (number / unit).round_ties_even() * unit
        }
    };
    Ok(float::new(cx.ts, rounded))
}

/// `round(int, digits)`
pub(super) fn round_integer(cx: &mut Context<'_>, value: Value, digits: Option<Value>) -> Outcome {
    let number = convert::integer(cx, value)?;
    let digits = match digits {
        Some(digits) => convert::index(cx, digits)?,
        None => 0,
    };
    if digits >= 0 {
        return Ok(int::from_big(cx.ts, number));
    }
    let unit = BigInt::from(10).pow(digits.unsigned_abs().min(100_000) as u32);
    let (quotient, rest) = num_integer::Integer::div_mod_floor(&number, &unit);
    let twice = rest * 2;
    let up = twice > unit || twice == unit && num_integer::Integer::is_odd(&quotient);
    Ok(int::from_big(cx.ts, (quotient + i32::from(up)) * unit))
}

/// `int(text, base)`
pub(super) fn parse_integer(cx: &mut Context<'_>, text: &str, base: i64) -> Outcome {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(cx.value_error("int() base must be >= 2 and <= 36, or 0"));
    }
    match integer_from(text.trim(), base as u32) {
        Some(number) => Ok(int::from_big(cx.ts, number)),
        None => {
            let message = format!(
                "invalid literal for int() with base {base}: {}",
                text::quote(text)
            );
            Err(cx.value_error(message))
        }
    }
}

/// An integer literal in a base; base 0 follows the prefix.
fn integer_from(text: &str, base: u32) -> Option<BigInt> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let lower = unsigned.get(..2).map(str::to_ascii_lowercase);
    let (known, digits) = match lower.as_deref() {
        Some("0x") if base == 0 || base == 16 => (16, &unsigned[2..]),
        Some("0o") if base == 0 || base == 8 => (8, &unsigned[2..]),
        Some("0b") if base == 0 || base == 2 => (2, &unsigned[2..]),
        _ => (if base == 0 { 10 } else { base }, unsigned),
    };
    let prefixed = digits.len() < unsigned.len();
    let digits = if prefixed {
        digits.strip_prefix('_').unwrap_or(digits)
    } else {
        digits
    };
    if base == 0
        && known == 10
        && digits.len() > 1
        && digits.starts_with('0')
        && digits.bytes().any(|b| (b'1'..=b'9').contains(&b))
    {
        return None;
    }
    let plain = without_underscores(digits)?;
    let number = BigInt::parse_bytes(plain.as_bytes(), known)?;
    Some(if text.starts_with('-') {
        -number
    } else {
        number
    })
}

/// Digits without the underscores between them; nothing if one is elsewhere or there is a sign.
fn without_underscores(digits: &str) -> Option<String> {
    let misplaced = digits.starts_with('_') || digits.ends_with('_') || digits.contains("__");
    let signed = digits.starts_with(['+', '-']);
    (!misplaced && !signed && !digits.is_empty()).then(|| digits.replace('_', ""))
}

/// `float(text)`
pub(super) fn parse_float(cx: &mut Context<'_>, text: &str) -> Outcome {
    match float_from(text.trim()) {
        Some(number) => Ok(float::new(cx.ts, number)),
        None => {
            let message = format!("could not convert string to float: {}", text::quote(text));
            Err(cx.value_error(message))
        }
    }
}

fn float_from(text: &str) -> Option<f64> {
    let between_digits = |index: usize| {
        let digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
        let bytes = text.as_bytes();
        index > 0 && digit(bytes.get(index - 1)) && digit(bytes.get(index + 1))
    };
    let valid = text
        .match_indices('_')
        .all(|(index, _)| between_digits(index));
    let plain = text.replace('_', "");
    valid.then(|| plain.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_from_text() {
        let cases = [
            ("12", 10, Some(12)),
            ("-0x1F", 16, Some(-31)),
            ("0b101", 0, Some(5)),
            ("1_000", 10, Some(1000)),
            ("1__0", 10, None),
            ("012", 0, None),
            ("+-1", 10, None),
            ("", 10, None),
            ("z", 36, Some(35)),
        ];
        for (text, base, number) in cases {
            assert_eq!(integer_from(text, base), number.map(BigInt::from), "{text}");
        }
    }

    #[test]
    fn floats_from_text() {
        assert_eq!(float_from("1_0.5e1"), Some(105.0));
        assert_eq!(float_from("_1"), None);
        assert_eq!(float_from("inf"), Some(f64::INFINITY));
        assert_eq!(float_from("0x1"), None);
    }
}
