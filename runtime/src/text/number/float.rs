//! `float(text)` and `repr(float)`.

use crate::text::Wtf8;
use crate::text::number::{to_ascii, trim, without_underscores};

/// `float(text)`
#[must_use]
pub fn parse(text: &Wtf8) -> Option<f64> {
    parse_bytes(&to_ascii(text))
}

/// As [`parse`], of `bytes`.
#[must_use]
pub fn parse_bytes(text: &[u8]) -> Option<f64> {
    let digits = without_underscores(trim(text))?;
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

/// The length of the longest number at the beginning, as `strtod` finds it; zero if there is none.
pub(super) fn prefix(text: &[u8]) -> usize {
    let start = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let rest = &text[start..];
    for word in ["infinity", "inf", "nan"] {
        if rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes()) {
            return start + word.len();
        }
    }
    match decimal(rest) {
        0 => 0,
        length => start + length + exponent(&rest[length..]),
    }
}

fn run(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Digits with at most one point among them, and at least one digit.
fn decimal(text: &[u8]) -> usize {
    let whole = run(text);
    let fraction = match text.get(whole) {
        Some(b'.') => 1 + run(&text[whole + 1..]),
        _ => 0,
    };
    if whole == 0 && fraction <= 1 {
        0
    } else {
        whole + fraction
    }
}

fn exponent(text: &[u8]) -> usize {
    let [b'e' | b'E', rest @ ..] = text else {
        return 0;
    };
    let sign = usize::from(matches!(rest.first(), Some(b'+' | b'-')));
    match run(&rest[sign..]) {
        0 => 0,
        digits => 1 + sign + digits,
    }
}

/// `repr(float)`: the shortest text that reads back as the same float.
#[must_use]
pub fn repr(value: f64) -> String {
    rustpython_literal::float::to_string(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reprs_of_cpython() {
        let cases = [
            (0.1, "0.1"),
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (1e16, "1e+16"),
            (123_456_789_012_345_680.0, "1.2345678901234568e+17"),
            (1e15, "1000000000000000.0"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (5e-324, "5e-324"),
            (
                f64::from_bits(0x3e60_0000_0000_0000),
                "2.9802322387695312e-08",
            ),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ];
        for (value, text) in cases {
            assert_eq!(repr(value), text);
        }
    }

    #[test]
    fn literals_of_cpython() {
        let good = [
            (" 1_0.5_0e1_0 ", 10.5e10),
            ("1.", 1.0),
            (".5", 0.5),
            ("+1e-400", 0.0),
            ("1e400", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("\u{a0}٣.٥", 3.5),
        ];
        for (text, value) in good {
            assert_eq!(parse(Wtf8::new(text)), Some(value), "{text:?}");
        }
        assert!(parse(Wtf8::new("-nAn")).is_some_and(f64::is_nan));
        let bad = [
            "", ".", "e5", "1e", "1_", "_1", "1__0", "1_.5", "1._5", "0x1", "infin", "1 2", "½",
            "+-1",
        ];
        for text in bad {
            assert_eq!(parse(Wtf8::new(text)), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bits: u64) {
            let value = f64::from_bits(bits);
            let read = parse(Wtf8::new(repr(value).as_str())).unwrap();
            prop_assert!(read.to_bits() == bits || value.is_nan() && read.is_nan());
        }
    }
}
