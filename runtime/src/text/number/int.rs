//! `int(text, base)` and an integer's digits in any base.

use num_bigint::{BigInt, BigUint, Sign};

use crate::text::Wtf8;
use crate::text::number::{sign, to_ascii, trim};

/// The digits that decimal conversions take or make unless `sys.set_int_max_str_digits` says otherwise.
pub const DEFAULT_DIGIT_LIMIT: usize = 4300;

/// Why a text is not an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// The base is neither 0 nor from 2 to 36.
    Base,
    /// The text is no literal of the base.
    Literal,
    /// There are this many digits, more than the limit.
    TooLong(usize),
}

impl ParseError {
    /// The message of CPython's `ValueError`; `repr` is that of the argument.
    #[must_use]
    pub fn message(self, base: u32, repr: &str, limit: usize) -> String {
        match self {
            ParseError::Base => "int() base must be >= 2 and <= 36, or 0".into(),
            ParseError::Literal => {
                format!("invalid literal for int() with base {base}: {repr}")
            }
            ParseError::TooLong(digits) => format!(
                "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; \
                 use sys.set_int_max_str_digits() to increase the limit"
            ),
        }
    }
}

/// `int(text, base)`; a limit of zero means none.
///
/// # Errors
/// [`ParseError`].
pub fn parse(text: &Wtf8, base: u32, limit: usize) -> Result<BigInt, ParseError> {
    parse_bytes(&to_ascii(text), base, limit)
}

/// As [`parse`], of `bytes`.
///
/// # Errors
/// [`ParseError`].
pub fn parse_bytes(text: &[u8], base: u32, limit: usize) -> Result<BigInt, ParseError> {
    if base != 0 && !(2..=36).contains(&base) {
        return Err(ParseError::Base);
    }
    let (negative, text) = sign(trim(text));
    let (radix, body) = prefix(text, base);
    let digits = digits(body, radix).ok_or(ParseError::Literal)?;
    if base == 0 && radix == 10 && body[0] == b'0' && digits.iter().any(|digit| *digit != 0) {
        return Err(ParseError::Literal);
    }
    if limit > 0 && !radix.is_power_of_two() && digits.len() > limit {
        return Err(ParseError::TooLong(digits.len()));
    }
    let magnitude = BigUint::from_radix_be(&digits, radix).ok_or(ParseError::Literal)?;
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    Ok(BigInt::from_biguint(sign, magnitude))
}

/// The base that a text is in, and the text without the prefix that says so.
fn prefix(text: &[u8], base: u32) -> (u32, &[u8]) {
    let named = match text {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if named == 0 || base != 0 && base != named {
        return (if base == 0 { 10 } else { base }, text);
    }
    let body = &text[2..];
    (named, body.strip_prefix(b"_").unwrap_or(body))
}

/// The values of digits with single underscores between them; `None` if there are none or others.
fn digits(text: &[u8], radix: u32) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut gap = true;
    for byte in text {
        match (byte, gap) {
            (b'_', true) => return None,
            (b'_', false) => gap = true,
            (byte, _) => {
                out.push(char::from(*byte).to_digit(radix)? as u8);
                gap = false;
            }
        }
    }
    (!gap).then_some(out)
}

/// An integer's digits in a base, with a minus sign if it has one; for `str`, `bin`, `oct` and `hex`.
#[must_use]
pub fn in_base(value: &BigInt, radix: u32) -> String {
    value.to_str_radix(radix)
}

/// `bin`, `oct` or `hex`: the digits behind a prefix such as `0x`.
#[must_use]
pub fn with_prefix(value: &BigInt, radix: u32, prefix: &str) -> String {
    let sign = if value.sign() == Sign::Minus { "-" } else { "" };
    format!("{sign}{prefix}{}", value.magnitude().to_str_radix(radix))
}

/// The integer has more decimal digits than the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl TooLong {
    /// The message of CPython's `ValueError`.
    #[must_use]
    pub fn message(self, limit: usize) -> String {
        format!(
            "Exceeds the limit ({limit} digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        )
    }
}

/// Whether an integer has no more decimal digits than the limit, if there is one.
///
/// # Errors
/// [`TooLong`].
pub fn fits(value: &BigInt, limit: usize) -> Result<(), TooLong> {
    // Three bits are worth less than a digit.
    match limit == 0 || value.bits() / 3 < limit as u64 {
        true => Ok(()),
        false => decimal(value, limit).map(drop),
    }
}

/// `str(int)`; a limit of zero means none.
///
/// # Errors
/// [`TooLong`], found before the digits are made when the number is far too long.
pub fn decimal(value: &BigInt, limit: usize) -> Result<String, TooLong> {
    // A digit is worth more than 3.3 bits, so a number of that many bits has more than `limit` digits.
    if limit > 0 && value.bits() > (limit as u64).saturating_mul(10) / 3 + 4 {
        return Err(TooLong);
    }
    let text = value.to_string();
    let digits = text.len() - usize::from(value.sign() == Sign::Minus);
    match limit > 0 && digits > limit {
        true => Err(TooLong),
        false => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, base: u32) -> Option<i64> {
        let number = parse(Wtf8::new(text), base, DEFAULT_DIGIT_LIMIT).ok()?;
        i64::try_from(number).ok()
    }

    #[test]
    fn literals_of_cpython() {
        let good = [
            (" -1_000 ", 10, -1000),
            ("0x_ff", 0, 255),
            ("0xff", 16, 255),
            ("0b1", 16, 0xb1),
            ("0B1_0", 0, 2),
            ("00_0", 0, 0),
            ("z", 36, 35),
            ("\u{a0}٣٤\u{2003}", 10, 34),
            ("+０", 0, 0),
            ("010", 10, 10),
        ];
        for (text, base, value) in good {
            assert_eq!(read(text, base), Some(value), "{text:?}");
        }
        let bad = [
            "", "-", "1__0", "_1", "1_", "0x", "010", "0_7", "²", "- 1", "1 2", "\x1c1", "0o8",
            "1\0",
        ];
        for text in bad {
            assert_eq!(read(text, 0), None, "{text:?}");
        }
    }

    #[test]
    fn bases_and_limits() {
        assert_eq!(parse(Wtf8::new("1"), 1, 0), Err(ParseError::Base));
        let long = "9".repeat(4301);
        assert_eq!(
            parse(Wtf8::new(long.as_str()), 10, 4300),
            Err(ParseError::TooLong(4301))
        );
        assert!(parse(Wtf8::new(long.as_str()), 16, 4300).is_ok());
        let number = parse(Wtf8::new(long.as_str()), 10, 0).unwrap();
        assert_eq!(decimal(&number, 4300), Err(TooLong));
        assert_eq!(decimal(&number, 4301), Ok(long.clone()));
        assert_eq!(decimal(&-number, 4301), Ok(format!("-{long}")));
        assert_eq!(with_prefix(&BigInt::from(-255), 16, "0x"), "-0xff");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes: Vec<u8>, base in 2u32..=36) {
            let number = BigInt::from_signed_bytes_le(&bytes);
            prop_assert_eq!(parse(Wtf8::new(in_base(&number, base).as_str()), base, 0), Ok(number));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String, base in 0u32..40) {
            let _ = parse(Wtf8::new(text.as_str()), base, 10);
        }
    }
}
