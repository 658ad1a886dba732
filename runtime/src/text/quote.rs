//! `repr` and `ascii` of strings and bytes.

use std::borrow::Cow;

use rustpython_literal::escape::{AsciiEscape, UnicodeEscape};

use crate::text::Wtf8;

/// `repr(str)`. What is not printable is escaped, so the answer holds no surrogates.
#[must_use]
pub fn of_str(text: &Wtf8) -> String {
    UnicodeEscape::new_repr(text)
        .str_repr()
        .to_string()
        .unwrap_or_default()
}

/// `repr(bytes)`: `b'...'`
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    AsciiEscape::new_repr(bytes)
        .bytes_repr()
        .to_string()
        .unwrap_or_default()
}

/// `repr(bytearray)`, or of a class derived from it: `name(b'...')`.
#[must_use]
pub fn of_bytearray(name: &str, bytes: &[u8]) -> String {
    format!("{name}({})", of_bytes(bytes))
}

/// `ascii(object)` from its `repr`: every other character as an escape.
#[must_use]
pub fn ascii(repr: &Wtf8) -> Cow<'_, str> {
    match repr.as_str() {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => Cow::Owned(
            repr.code_points()
                .map(|point| ascii_char(point.to_u32()))
                .collect(),
        ),
    }
}

fn ascii_char(code: u32) -> Cow<'static, str> {
    match code {
        0..0x80 => Cow::Owned(char::from(code as u8).into()),
        _ => Cow::Owned(escape(code)),
    }
}

/// The shortest of `\xhh`, `\uhhhh` and `\Uhhhhhhhh` that names a code point.
#[must_use]
pub fn escape(code: u32) -> String {
    match code {
        0..0x100 => format!("\\x{code:02x}"),
        0x100..0x1_0000 => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{CodePoint, Wtf8Buf};

    #[test]
    fn strings() {
        let cases = [
            ("it's", "\"it's\""),
            ("a'b\"c", r#"'a\'b"c'"#),
            ("\n\t\r\\\0\x7f", r"'\n\t\r\\\x00\x7f'"),
            ("é中😀", "'é中😀'"),
            ("\u{378}\u{2028}\u{ad}\u{a0}", r"'\u0378\u2028\xad\xa0'"),
            (
                "\u{e000}\u{e0001}\u{10ffff}",
                r"'\ue000\U000e0001\U0010ffff'",
            ),
        ];
        for (text, quoted) in cases {
            assert_eq!(of_str(Wtf8::new(text)), quoted);
        }
    }

    #[test]
    fn surrogates_are_escaped() {
        let pair: Wtf8Buf = [0xd800u16, 0xdc00]
            .map(CodePoint::from)
            .into_iter()
            .collect();
        assert_eq!(of_str(&pair), r"'\ud800\udc00'");
        assert_eq!(ascii(&pair), r"\ud800\udc00");
    }

    #[test]
    fn bytes() {
        assert_eq!(of_bytes(b"a\x00'\xff\n"), r#"b"a\x00'\xff\n""#);
        assert_eq!(of_bytes(b"'\""), r#"b'\'"'"#);
        assert_eq!(of_bytearray("bytearray", b"a\\"), r"bytearray(b'a\\')");
    }

    #[test]
    fn ascii_of_a_repr() {
        assert_eq!(ascii(Wtf8::new("'é中😀'")), r"'\xe9\u4e2d\U0001f600'");
    }
}
