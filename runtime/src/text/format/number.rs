//! Numbers in a format specification.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use rustpython_literal::float::{format_exponent, format_fixed, format_general};
use rustpython_literal::format::Case;

use crate::text::Wtf8Buf;
use crate::text::format::layout::{self, Parts, character, finish};
use crate::text::format::{Align, Error, Specification};
use crate::text::number::float;

/// `format(int, specification)`; its digits may be too many for `str`, which the caller asks before.
///
/// # Errors
/// What an integer does not take.
pub fn integer(value: &BigInt, specification: &Specification) -> Result<Wtf8Buf, Error> {
    let kind = specification.kind.unwrap_or('d');
    if "eEfFgG%".contains(kind) {
        let value = value.to_f64().filter(|value| value.is_finite());
        return self::float(value.ok_or(Error::BeyondFloat)?, specification);
    }
    if !"bcdoxXn".contains(kind) {
        return Err(Error::Unknown(kind));
    }
    check_integer(specification, kind)?;
    if kind == 'c' {
        let code = value.to_i64().ok_or(Error::BeyondLong)?;
        let code = u32::try_from(code).map_err(|_| Error::NoCharacter)?;
        return character(code, specification).ok_or(Error::NoCharacter);
    }
    let group = if "boxX".contains(kind) { 4 } else { 3 };
    Ok(finish(
        &integer_parts(value, kind, specification.alternate),
        specification,
        group,
    ))
}

fn check_integer(specification: &Specification, kind: char) -> Result<(), Error> {
    let refused = if specification.precision.is_some() {
        "Precision not allowed in integer format specifier"
    } else if specification.no_negative_zero {
        "Negative zero coercion (z) not allowed in integer format specifier"
    } else if kind == 'c' && specification.sign.is_some() {
        "Sign not allowed with integer format specifier 'c'"
    } else if kind == 'c' && specification.alternate {
        "Alternate form (#) not allowed with integer format specifier 'c'"
    } else {
        return Ok(());
    };
    Err(Error::NotAllowed(refused))
}

fn integer_parts(value: &BigInt, kind: char, alternate: bool) -> Parts {
    let (radix, prefix) = match kind {
        'b' => (2, "0b"),
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut whole = value.magnitude().to_str_radix(radix);
    if kind == 'X' {
        whole.make_ascii_uppercase();
    }
    Parts {
        negative: value.sign() == Sign::Minus,
        prefix: if alternate { prefix } else { "" },
        whole,
        point: "",
        fraction: String::new(),
        rest: String::new(),
    }
}

/// `format(float, specification)`
///
/// # Errors
/// What a float does not take.
pub fn float(value: f64, specification: &Specification) -> Result<Wtf8Buf, Error> {
    if let Some(kind) = specification
        .kind
        .filter(|kind| !"eEfFgGn%".contains(*kind))
    {
        return Err(Error::Unknown(kind));
    }
    check_precision(specification)?;
    let digits = float_digits(value.abs(), specification, true);
    Ok(finish(
        &float_parts(value, &digits, specification),
        specification,
        3,
    ))
}

fn check_precision(specification: &Specification) -> Result<(), Error> {
    match specification.precision {
        Some(precision) if precision > i32::MAX as usize => Err(Error::PrecisionTooBig),
        _ => Ok(()),
    }
}

/// Takes the text of a magnitude apart.
fn float_parts(value: f64, digits: &str, specification: &Specification) -> Parts {
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = digits.split_at(run(digits));
    let (point, rest) = match rest.strip_prefix('.') {
        Some(rest) => (".", rest),
        None => ("", rest),
    };
    let (fraction, rest) = if point.is_empty() {
        ("", rest)
    } else {
        rest.split_at(run(rest))
    };
    let is_zero = !whole.is_empty()
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|digit| digit == b'0');
    let negative = value.is_sign_negative() && !value.is_nan();
    Parts {
        negative: negative && !(specification.no_negative_zero && is_zero),
        prefix: "",
        whole: whole.into(),
        point,
        fraction: fraction.into(),
        rest: rest.into(),
    }
}

/// The text of a number that is not negative; `as_float` keeps a digit behind the point where there is no type.
fn float_digits(value: f64, specification: &Specification, as_float: bool) -> String {
    let Specification {
        alternate,
        precision,
        kind,
        ..
    } = *specification;
    let case = match kind {
        Some('E' | 'F' | 'G') => Case::Upper,
        _ => Case::Lower,
    };
    let digits = precision.unwrap_or(6);
    match kind {
        Some('e' | 'E') => format_exponent(digits, value, case, alternate),
        Some('f' | 'F') => format_fixed(digits, value, case, alternate),
        Some('%') => format_fixed(digits, value * 100.0, case, alternate) + "%",
        Some(_) => format_general(digits.max(1), value, case, alternate, false),
        None => untyped(value, precision, alternate, as_float),
    }
}

fn untyped(value: f64, precision: Option<usize>, alternate: bool, as_float: bool) -> String {
    let text = match precision {
        Some(digits) => format_general(digits.max(1), value, Case::Lower, alternate, as_float),
        None => float::repr(value),
    };
    let is_plain = value.is_finite() && !text.contains('e');
    match as_float {
        true if is_plain && !text.contains('.') => text + ".0",
        false if precision.is_none() && is_plain && !alternate => {
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
        false if precision.is_none() && is_plain => text
            .strip_suffix('0')
            .filter(|text| text.ends_with('.'))
            .map_or(text.clone(), str::to_owned),
        _ if alternate && value.is_finite() && !text.contains('.') => text.replacen('e', ".e", 1),
        _ => text,
    }
}

/// `format(complex, specification)`
///
/// # Errors
/// What a complex number does not take.
pub fn complex(real: f64, imaginary: f64, specification: &Specification) -> Result<Wtf8Buf, Error> {
    if let Some(kind) = specification.kind.filter(|kind| !"eEfFgGn".contains(*kind)) {
        return Err(Error::Unknown(kind));
    }
    if specification.fill == '0' {
        return Err(Error::NotAllowed(
            "Zero padding is not allowed in complex format specifier",
        ));
    }
    if specification.align == Align::AfterSign {
        return Err(Error::NotAllowed(
            "'=' alignment flag is not allowed in complex format specifier",
        ));
    }
    check_precision(specification)?;
    let is_untyped = specification.kind.is_none();
    let skips_real = is_untyped && real == 0.0 && real.is_sign_positive();
    let part = |value: f64, sign| {
        let plain = Specification {
            align: Align::Left,
            width: 0,
            sign,
            ..*specification
        };
        let digits = float_digits(value.abs(), specification, false);
        finish(&float_parts(value, &digits, specification), &plain, 3)
    };
    let mut text = Wtf8Buf::new();
    if is_untyped && !skips_real {
        text.push_str("(");
    }
    if !skips_real {
        text.push_wtf8(&part(real, specification.sign));
    }
    text.push_wtf8(&part(
        imaginary,
        if skips_real {
            specification.sign
        } else {
            Some('+')
        },
    ));
    text.push_str(if is_untyped && !skips_real { "j)" } else { "j" });
    Ok(layout::pad(&text, specification))
}
