//! Numbers in a format specification.

use num_bigint::{BigInt, Sign};

use super::specification::{Align, Specification};
use crate::eval::Outcome;
use crate::eval::context::Context;
use crate::eval::convert;
use crate::eval::text::of_float;
use crate::eval::types::type_name;
use crate::objects::int;
use crate::objects::value::Value;

/// A number's text in parts: padding and separators go between them.
struct Parts {
    negative: bool,
    prefix: &'static str,
    /// Digits before the point.
    whole: String,
    /// The point and everything after it.
    rest: String,
}

/// An integer, or a bool with a format code.
pub(super) fn integer(
    cx: &mut Context<'_>,
    value: Value,
    specification: &Specification,
) -> Outcome<String> {
    let kind = specification.kind.unwrap_or('d');
    if "eEfFgG%".contains(kind) {
        return float(cx, value, specification);
    }
    let number = int::to_big(&value)
        .map(std::borrow::Cow::into_owned)
        .unwrap_or_default();
    if let Some(problem) = integer_problem(specification, kind, type_name(&value)) {
        return Err(cx.value_error(problem));
    }
    if kind == 'c' {
        let character = u32::try_from(&number).ok().and_then(char::from_u32);
        return match character {
            Some(character) => Ok(specification.pad(&character.to_string(), Align::Left)),
            None => Err(cx.error(
                crate::eval::types::TypeId::OverflowError,
                "%c arg not in range(0x110000)",
            )),
        };
    }
    Ok(finish(
        integer_parts(&number, kind, specification.alternate),
        specification,
        kind,
    ))
}

fn integer_problem(specification: &Specification, kind: char, name: &str) -> Option<String> {
    if !"bcdoxXn".contains(kind) {
        return Some(format!(
            "Unknown format code '{kind}' for object of type '{name}'"
        ));
    }
    if specification.no_negative_zero {
        return Some("Negative zero coercion (z) not allowed in integer format specifier".into());
    }
    if specification.precision.is_some() {
        return Some("Precision not allowed in integer format specifier".into());
    }
    if kind == 'c' && specification.sign.is_some() {
        return Some("Sign not allowed with integer format specifier 'c'".into());
    }
    let separator = specification.grouping?;
    (separator == ',' && "boxXnc".contains(kind) || "nc".contains(kind))
        .then(|| format!("Cannot specify '{separator}' with '{kind}'."))
}

fn integer_parts(number: &BigInt, kind: char, alternate: bool) -> Parts {
    let (radix, prefix) = match kind {
        'b' => (2, "0b"),
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut whole = number.magnitude().to_str_radix(radix);
    if kind == 'X' {
        whole.make_ascii_uppercase();
    }
    let prefix = if alternate { prefix } else { "" };
    Parts {
        negative: number.sign() == Sign::Minus,
        prefix,
        whole,
        rest: String::new(),
    }
}

/// A float, or an integer with a float's format code.
pub(super) fn float(
    cx: &mut Context<'_>,
    value: Value,
    specification: &Specification,
) -> Outcome<String> {
    let kind = specification.kind;
    if let Some(kind) = kind.filter(|kind| !"eEfFgGn%".contains(*kind)) {
        let message = format!(
            "Unknown format code '{kind}' for object of type '{}'",
            type_name(&value)
        );
        return Err(cx.value_error(message));
    }
    let number = convert::real(cx, value)?;
    let digits = float_digits(number.abs(), specification);
    let is_upper = kind.is_some_and(|kind| kind.is_ascii_uppercase());
    let digits = if is_upper {
        digits.to_ascii_uppercase()
    } else {
        digits
    };
    let split = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let is_zero = !digits
        .bytes()
        .take_while(|b| !b"eE".contains(b))
        .any(|b| (b'1'..=b'9').contains(&b));
    let negative = number.is_sign_negative() && !number.is_nan();
    let parts = Parts {
        negative: negative && !(specification.no_negative_zero && is_zero),
        prefix: "",
        whole: digits[..split].to_owned(),
        rest: digits[split..].to_owned(),
    };
    Ok(finish(parts, specification, 'f'))
}

/// The text of a number that is not negative.
fn float_digits(number: f64, specification: &Specification) -> String {
    if !number.is_finite() {
        let text = if number.is_nan() { "nan" } else { "inf" };
        let percent = if specification.kind == Some('%') {
            "%"
        } else {
            ""
        };
        return format!("{text}{percent}");
    }
    let alternate = specification.alternate;
    match (specification.kind, specification.precision) {
        (None, None) => of_float(number),
        (None, Some(precision)) => general(number, precision, alternate, true),
        (Some('e' | 'E'), precision) => {
            with_point(scientific(number, precision.unwrap_or(6)), alternate)
        }
        (Some('f' | 'F'), precision) => {
            with_point(format!("{number:.*}", precision.unwrap_or(6)), alternate)
        }
        (Some('%'), precision) => {
            let text = format!("{:.*}", precision.unwrap_or(6), number * 100.0);
            with_point(text, alternate) + "%"
        }
        (Some(_), precision) => general(number, precision.unwrap_or(6), alternate, false),
    }
}

/// The alternate form always has a point.
fn with_point(text: String, alternate: bool) -> String {
    if !alternate || text.contains('.') {
        return text;
    }
    match text.split_once('e') {
        Some((digits, exponent)) => format!("{digits}.e{exponent}"),
        None => text + ".",
    }
}

fn scientific(number: f64, precision: usize) -> String {
    let text = format!("{number:.precision$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// The `g` form; `as_float` is the one without a format code, which keeps a digit after the point.
fn general(number: f64, precision: usize, alternate: bool, as_float: bool) -> String {
    let precision = precision.max(1);
    let exponential = scientific(number, precision - 1);
    let exponent: i32 = exponential
        .split_once('e')
        .and_then(|(_, e)| e.parse().ok())
        .unwrap_or(0);
    let highest = precision as i32 - as_float as i32;
    if exponent < -4 || exponent >= highest {
        let (digits, exponent) = exponential.split_once('e').unwrap_or((&exponential, ""));
        return format!("{}e{exponent}", trimmed(digits, alternate));
    }
    let decimals = (precision as i32 - 1 - exponent).max(0) as usize;
    let plain = trimmed(&format!("{number:.decimals$}"), alternate).to_owned();
    match as_float && !plain.contains('.') {
        true => plain + ".0",
        false => plain,
    }
}

/// Without zeros at the end of the fraction.
fn trimmed(digits: &str, alternate: bool) -> &str {
    match alternate || !digits.contains('.') {
        true => digits,
        false => digits.trim_end_matches('0').trim_end_matches('.'),
    }
}

/// Sign, prefix, zeros, separators and padding.
fn finish(parts: Parts, specification: &Specification, kind: char) -> String {
    let sign = match (parts.negative, specification.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        (false, _) => "",
    };
    let head = format!("{sign}{}", parts.prefix);
    let fills = specification.align == Some(Align::AfterSign);
    let room = specification
        .width
        .saturating_sub(head.chars().count() + parts.rest.chars().count());
    let every = if "boxX".contains(kind) { 4 } else { 3 };
    let whole = match specification.grouping {
        Some(separator) => {
            let least = if fills && specification.fill == '0' {
                room
            } else {
                0
            };
            grouped(&parts.whole, separator, every, least)
        }
        None => parts.whole,
    };
    if fills {
        let missing = room.saturating_sub(whole.chars().count());
        let fill: String = std::iter::repeat_n(specification.fill, missing).collect();
        return format!("{head}{fill}{whole}{}", parts.rest);
    }
    specification.pad(&format!("{head}{whole}{}", parts.rest), Align::Right)
}

/// Digits with a separator every so many, and zeros in front up to a width.
fn grouped(digits: &str, separator: char, every: usize, width: usize) -> String {
    let mut reversed = Vec::new();
    let mut source = digits.chars().rev();
    let mut count = 0;
    loop {
        let digit = source.next();
        if digit.is_none() && reversed.len() >= width {
            break;
        }
        if count > 0 && count % every == 0 {
            reversed.push(separator);
            if digit.is_none() && reversed.len() >= width {
                reversed.push('0');
                break;
            }
        }
        reversed.push(digit.unwrap_or('0'));
        count += 1;
    }
    reversed.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(text: &str, number: f64) -> String {
        float_digits(number, &Specification::parse(text).unwrap())
    }

    #[test]
    fn general_form() {
        assert_eq!(floats("g", 1234567.0), "1.23457e+06");
        assert_eq!(floats("g", 0.0001), "0.0001");
        assert_eq!(floats(".3g", 1234.0), "1.23e+03");
        assert_eq!(floats("#.3g", 1.0), "1.00");
        assert_eq!(floats(".3", 1.0), "1.0");
        assert_eq!(floats(".2", 10.0), "1e+01");
    }

    #[test]
    fn fixed_and_scientific_form() {
        assert_eq!(floats(".3f", 2.0 / 3.0), "0.667");
        assert_eq!(floats(".0f", 2.5), "2");
        assert_eq!(floats("e", 12345.678), "1.234568e+04");
        assert_eq!(floats(".1%", 0.256), "25.6%");
    }

    #[test]
    fn groups() {
        assert_eq!(grouped("1234567", ',', 3, 0), "1,234,567");
        assert_eq!(grouped("1234", ',', 3, 9), "0,001,234");
        assert_eq!(grouped("1234", ',', 3, 8), "0,001,234");
        assert_eq!(grouped("ff", '_', 4, 0), "ff");
    }
}
