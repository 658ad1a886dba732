//! `float.hex` and `float.fromhex`.

use crate::text::number::{sign, trim};

const FRACTION_BITS: i64 = 52;
const LEAST_EXPONENT: i64 = -1074;
/// No hexadecimal digits before the point bring a number with such an exponent back into range.
const FAR: i64 = 1 << 40;

/// Why a text is no hexadecimal float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HexError {
    /// A `ValueError`.
    Invalid,
    /// An `OverflowError`.
    TooLarge,
}

impl HexError {
    /// CPython's message.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            HexError::Invalid => "invalid hexadecimal floating-point string",
            HexError::TooLarge => "hexadecimal value too large to represent as a float",
        }
    }
}

/// `float.hex`
#[must_use]
pub fn write(value: f64) -> String {
    rustpython_literal::float::to_hex(value)
}

/// `float.fromhex`
///
/// # Errors
/// [`HexError`].
pub fn parse(text: &[u8]) -> Result<f64, HexError> {
    let (negative, body) = sign(trim(text));
    let value = match &*body.to_ascii_lowercase() {
        b"inf" | b"infinity" => f64::INFINITY,
        b"nan" => f64::NAN,
        body => {
            let digits = body.strip_prefix(b"0x").unwrap_or(body);
            let (mantissa, exponent) = split(digits).ok_or(HexError::Invalid)?;
            compose(mantissa, exponent)?
        }
    };
    Ok(if negative { -value } else { value })
}

/// The digits as `mantissa * 2^exponent`; bits that do not fit are kept as one bit that says that they were there.
fn split(text: &[u8]) -> Option<(u128, i64)> {
    let at = text.iter().position(|byte| *byte == b'p');
    let (digits, power) = match at {
        Some(at) => (&text[..at], exponent(&text[at + 1..])?),
        None => (text, 0),
    };
    let (mut mantissa, mut shift, mut seen, mut point) = (0u128, 0i64, false, false);
    for byte in digits {
        if *byte == b'.' && !point {
            point = true;
            continue;
        }
        let digit = u128::from(char::from(*byte).to_digit(16)?);
        seen = true;
        let fits = mantissa >> 120 == 0;
        mantissa = if fits {
            mantissa << 4 | digit
        } else {
            mantissa | u128::from(digit != 0)
        };
        shift += 4 * (i64::from(!fits) - i64::from(point));
    }
    seen.then_some((mantissa, power + shift))
}

fn exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = sign(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let add = |value: i64, byte: &u8| (value * 10 + i64::from(byte - b'0')).min(FAR);
    let value = digits.iter().fold(0, add);
    Some(if negative { -value } else { value })
}

/// `mantissa * 2^exponent`, rounded to the nearest float and to even.
fn compose(mantissa: u128, exponent: i64) -> Result<f64, HexError> {
    if mantissa == 0 {
        return Ok(0.0);
    }
    let bits = i64::from(u128::BITS - mantissa.leading_zeros());
    let top = bits + exponent;
    if top > 1024 {
        return Err(HexError::TooLarge);
    }
    if top < LEAST_EXPONENT {
        return Ok(0.0);
    }
    // The last place of the result: 53 bits, or the least exponent.
    let place = (top - FRACTION_BITS - 1).max(LEAST_EXPONENT);
    let rounded = round(mantissa, place - exponent);
    // Both factors and the product are exact.
    let value = scale(rounded as f64, place);
    if value.is_infinite() {
        Err(HexError::TooLarge)
    } else {
        Ok(value)
    }
}

/// `mantissa / 2^drop`, rounded to the nearest integer and to even.
fn round(mantissa: u128, drop: i64) -> u128 {
    if drop <= 0 {
        return mantissa << -drop;
    }
    if drop > 127 {
        return 0;
    }
    let (kept, rest, half) = (
        mantissa >> drop,
        mantissa & ((1 << drop) - 1),
        1u128 << (drop - 1),
    );
    kept + u128::from(rest > half || rest == half && kept & 1 == 1)
}

fn scale(value: f64, place: i64) -> f64 {
    let half = place / 2;
    value * 2f64.powi(half as i32) * 2f64.powi((place - half) as i32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn literals_of_cpython() {
        let good = [
            ("0x1.8p1", 3.0),
            (" -1.8 ", -1.5),
            ("0x.8", 0.5),
            ("1p-1074", 5e-324),
            ("0x1.8p-1075", 5e-324),
            ("0x1p-1075", 0.0),
            ("0x1.fffffffffffff7p1023", f64::MAX),
            ("0x1.00000000000008p0", 1.0),
            (
                "0x1.00000000000008000000000000000000000000001p0",
                1.000_000_000_000_000_2,
            ),
            ("-inf", f64::NEG_INFINITY),
            ("0x0p99999999999999999999", 0.0),
            ("0x1p-99999999999999999999", 0.0),
        ];
        for (text, value) in good {
            assert_eq!(parse(text.as_bytes()), Ok(value), "{text}");
        }
        for bad in [
            "", "0x", ".", "0x1p", "0x1.0.0", "1_0", "g", "0x1p+", "p5", "1 2",
        ] {
            assert_eq!(parse(bad.as_bytes()), Err(HexError::Invalid), "{bad}");
        }
        for large in [
            "0x1p1024",
            "0x1.fffffffffffff8p1023",
            "0x1p99999999999999999999",
        ] {
            assert_eq!(parse(large.as_bytes()), Err(HexError::TooLarge), "{large}");
        }
        assert_eq!(write(-0.1), "-0x1.999999999999ap-4");
        assert_eq!(write(5e-324), "0x0.0000000000001p-1022");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bits: u64) {
            let value = f64::from_bits(bits);
            let read = parse(write(value).as_bytes()).unwrap();
            prop_assert!(read.to_bits() == bits || value.is_nan() && read.is_nan());
        }
    }
}
