//! `complex(text)` and `repr(complex)`.

use crate::text::Wtf8;
use crate::text::number::{float, to_ascii, trim, without_underscores};

/// `complex(text)`: real and imaginary part.
#[must_use]
pub fn parse(text: &Wtf8) -> Option<(f64, f64)> {
    let ascii = to_ascii(text);
    let body = trim(&ascii);
    let body = match body {
        [b'(', inner @ .., b')'] => trim(inner),
        body => body,
    };
    parts(&without_underscores(body)?)
}

fn parts(text: &[u8]) -> Option<(f64, f64)> {
    let (first, rest) = text.split_at(float::prefix(text));
    match (first, rest) {
        ([], rest) => Some((0.0, unit(rest)?)),
        (real, []) => Some((number(real)?, 0.0)),
        (imaginary, b"j" | b"J") => Some((0.0, number(imaginary)?)),
        (real, [b'+' | b'-', ..]) => Some((number(real)?, imaginary(rest)?)),
        _ => None,
    }
}

fn number(text: &[u8]) -> Option<f64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// A signed number, or a sign alone, with a `j` behind.
fn imaginary(text: &[u8]) -> Option<f64> {
    match text.split_at(float::prefix(text)) {
        ([], rest) => unit(rest),
        (digits, b"j" | b"J") => number(digits),
        _ => None,
    }
}

fn unit(text: &[u8]) -> Option<f64> {
    match text {
        b"j" | b"J" | b"+j" | b"+J" => Some(1.0),
        b"-j" | b"-J" => Some(-1.0),
        _ => None,
    }
}

/// `repr(complex)`
#[must_use]
pub fn repr(real: f64, imaginary: f64) -> String {
    rustpython_literal::complex::to_string(real, imaginary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_of_cpython() {
        let good = [
            ("1+2j", (1.0, 2.0)),
            (" ( 1e1-J ) ", (10.0, -1.0)),
            ("j", (0.0, 1.0)),
            ("-.5j", (0.0, -0.5)),
            ("1_0+٣j", (10.0, 3.0)),
            ("inf-infj", (f64::INFINITY, f64::NEG_INFINITY)),
            ("1e5", (1e5, 0.0)),
            ("1e+5j", (0.0, 1e5)),
        ];
        for (text, parts) in good {
            assert_eq!(parse(Wtf8::new(text)), Some(parts), "{text:?}");
        }
        let bad = [
            "", "1 +2j", "1+2", "1+j2", "(1", "1+2jj", "()", "++j", "1__0j", "1j+1", "((1))",
        ];
        for text in bad {
            assert_eq!(parse(Wtf8::new(text)), None, "{text:?}");
        }
    }

    #[test]
    fn reprs_of_cpython() {
        let cases = [
            ((1.0, 2.0), "(1+2j)"),
            ((0.0, -0.0), "-0j"),
            ((-0.0, 1.0), "(-0+1j)"),
            ((1e16, f64::NAN), "(1e+16+nanj)"),
            ((0.5, f64::NEG_INFINITY), "(0.5-infj)"),
        ];
        for ((real, imaginary), text) in cases {
            assert_eq!(repr(real, imaginary), text);
        }
    }
}
