//! Values and messages of CPython 3.14.

use num_bigint::BigInt;
use proptest::prelude::*;

use super::*;
use crate::text::{Wtf8, Wtf8Buf};

/// The text, or the message.
fn shown(result: Result<Wtf8Buf, Error>, specification: &str, name: &str) -> String {
    match result {
        Ok(text) => text.into_string().unwrap(),
        Err(error) => error.message(specification, name),
    }
}

fn of_int(value: i64, specification: &str) -> String {
    let parsed = Specification::parse(Wtf8::new(specification), Kind::Integer);
    let result = parsed.and_then(|parsed| integer(&BigInt::from(value), &parsed));
    shown(result, specification, "int")
}

fn of_float(value: f64, specification: &str) -> String {
    let parsed = Specification::parse(Wtf8::new(specification), Kind::Float);
    shown(
        parsed.and_then(|parsed| float(value, &parsed)),
        specification,
        "float",
    )
}

fn of_str(value: &str, specification: &str) -> String {
    let parsed = Specification::parse(Wtf8::new(specification), Kind::Text);
    let result = parsed.and_then(|parsed| text(Wtf8::new(value), &parsed));
    shown(result, specification, "str")
}

fn of_complex(real: f64, imaginary: f64, specification: &str) -> String {
    let parsed = Specification::parse(Wtf8::new(specification), Kind::Float);
    let result = parsed.and_then(|parsed| complex(real, imaginary, &parsed));
    shown(result, specification, "complex")
}

#[test]
fn integers() {
    let cases = [
        (1234567, ",", "1,234,567"),
        (1234567, "015,", "000,001,234,567"),
        (1234567, "016,", "0,000,001,234,567"),
        (-255, "#010x", "-0x00000ff"),
        (255, "_b", "1111_1111"),
        (255, "#X", "0XFF"),
        (42, "*^+9", "***+42***"),
        (65, "c", "A"),
        (65, "5c", "    A"),
        (3, "+.2f", "+3.00"),
        (5, "\u{e9}<4", "5\u{e9}\u{e9}\u{e9}"),
        (5, "x=+4", "+xx5"),
        (5, "._", "5"),
    ];
    for (value, specification, text) in cases {
        assert_eq!(of_int(value, specification), text, "{specification}");
    }
}

#[test]
fn floats() {
    let cases = [
        (1234567.891, ",.2f", "1,234,567.89"),
        (1234567.8912345, ",._f", "1,234,567.891_235"),
        (0.123456789, "._9f", "._9f"),
        (0.123456789, ".9_f", "0.123_456_789"),
        (-0.0, "z.1f", "0.0"),
        (-0.04, "z.1f", "0.0"),
        (1e16, "", "1e+16"),
        (1e16, "#", "1.e+16"),
        (1.0, ".0", "1e+00"),
        (100.0, ".3", "1e+02"),
        (12.5, "%", "1250.000000%"),
        (f64::INFINITY, "010", "0000000inf"),
        (f64::INFINITY, "010,", "0000000inf"),
        (f64::NAN, "F", "NAN"),
        (0.00001234, "g", "1.234e-05"),
        (3.0, "#.3g", "3.00"),
        (1.5, "010.2e", "001.50e+00"),
        (1234.5, "012,.1f", "00,001,234.5"),
    ];
    for (value, specification, text) in cases {
        if specification == "._9f" {
            let refused = "Invalid format specifier '._9f' for object of type 'float'";
            assert_eq!(of_float(value, specification), refused);
            continue;
        }
        assert_eq!(of_float(value, specification), text, "{specification}");
    }
}

#[test]
fn text_and_complex() {
    assert_eq!(of_str("abc", "5"), "abc  ");
    assert_eq!(of_str("abc", "05.2"), "ab000");
    assert_eq!(of_str("a\u{e9}", "*>4s"), "**a\u{e9}");
    assert_eq!(of_complex(1.0, 2.0, ">10"), "    (1+2j)");
    assert_eq!(of_complex(0.0, -2.5, "+"), "-2.5j");
    assert_eq!(of_complex(1.0, 2.0, ".2f"), "1.00+2.00j");
    assert_eq!(of_complex(1e300, 1.0, ">9"), "(1e+300+1j)");
}

#[test]
fn refusals() {
    let cases = [
        (
            of_int(1, ".2"),
            "Precision not allowed in integer format specifier",
        ),
        (
            of_int(1, "s"),
            "Unknown format code 's' for object of type 'int'",
        ),
        (
            of_int(1, "\u{e9}"),
            "Unknown format code '\\xe9' for object of type 'int'",
        ),
        (of_int(1, ",x"), "Cannot specify ',' with 'x'."),
        (of_int(1, ",_"), "Cannot specify both ',' and '_'."),
        (of_int(1, ",,"), "Cannot specify ',' with ','."),
        (
            of_int(1, "+c"),
            "Sign not allowed with integer format specifier 'c'",
        ),
        (of_int(-1, "c"), "%c arg not in range(0x110000)"),
        (
            of_int(1, "dd"),
            "Invalid format specifier 'dd' for object of type 'int'",
        ),
        (of_float(1.0, "."), "Format specifier missing precision"),
        (
            of_float(1.0, "99999999999999999999"),
            "Too many decimal digits in format string",
        ),
        (of_float(1.0, ".9999999999"), "precision too big"),
        (of_str("", ","), "Cannot specify ',' with 's'."),
        (
            of_str("", "="),
            "'=' alignment not allowed in string format specifier",
        ),
        (
            of_str("", " "),
            "Space not allowed in string format specifier",
        ),
        (
            of_complex(1.0, 1.0, "05"),
            "Zero padding is not allowed in complex format specifier",
        ),
    ];
    for (found, wanted) in cases {
        assert_eq!(found, wanted);
    }
}

proptest! {
    #[test]
    fn no_specification_panics(text in "[<>^=+\\- z#0,_.a-zA-Z%é]{0,4}[0-9]{0,2}[,_.]{0,2}[0-9]{0,2}[a-zA-Z%]{0,1}", value: f64) {
        of_int(value as i64, &text);
        of_float(value, &text);
        of_complex(value, value, &text);
        of_str("é", &text);
    }
}
