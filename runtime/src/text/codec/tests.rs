//! Values and messages of CPython 3.14.

use std::convert::Infallible;

use proptest::prelude::*;

use super::*;
use crate::text::{CodePoint, Wtf8Buf};

fn text(codes: &[u32]) -> Wtf8Buf {
    codes
        .iter()
        .filter_map(|code| CodePoint::from_u32(*code))
        .collect()
}

fn decoded(bytes: &[u8], encoding: &str, handler: Handler) -> Result<Wtf8Buf, String> {
    let encoding = Encoding::lookup(encoding).unwrap();
    let answer = |problem: &Problem| Ok::<_, Infallible>(handler.decode(bytes, problem));
    decode(bytes, encoding, answer).map_err(|failure| match failure {
        Failure::Strict(problem) => problem.decode_message(bytes),
        Failure::Handler(never) => match never {},
    })
}

fn encoded(text: &Wtf8, encoding: &str, handler: Handler) -> Result<Vec<u8>, String> {
    let encoding = Encoding::lookup(encoding).unwrap();
    let answer = |problem: &Problem| Ok::<_, Infallible>(handler.encode(text, problem));
    encode(text, encoding, answer).map_err(|failure| match failure {
        Failure::Strict(problem) => problem.encode_message(text),
        Failure::Handler(never) => match never {},
    })
}

#[test]
fn decode_errors() {
    let cases: [(&[u8], &str, &str); 12] = [
        (
            b"a\xff",
            "utf-8",
            "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
        ),
        (
            b"\xe4\xb8",
            "utf8",
            "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data",
        ),
        (
            b"\xe4(",
            "utf-8",
            "'utf-8' codec can't decode byte 0xe4 in position 0: invalid continuation byte",
        ),
        (
            b"\xf0\x9f\x98(",
            "utf-8",
            "'utf-8' codec can't decode bytes in position 0-2: invalid continuation byte",
        ),
        (
            b"\xed\xa0\x80",
            "utf-8",
            "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte",
        ),
        (
            b"a\x80",
            "ascii",
            "'ascii' codec can't decode byte 0x80 in position 1: ordinal not in range(128)",
        ),
        (
            b"a",
            "utf-16-le",
            "'utf-16-le' codec can't decode byte 0x61 in position 0: truncated data",
        ),
        (
            b"\0\xd8",
            "utf-16-le",
            "'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data",
        ),
        (
            b"\xd8\0\0a",
            "utf-16-be",
            "'utf-16-be' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate",
        ),
        (
            b"\xdc\0",
            "utf-16-be",
            "'utf-16-be' codec can't decode bytes in position 0-1: illegal encoding",
        ),
        (
            b"\0\0\x11\0",
            "utf-32-le",
            "'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)",
        ),
        (
            b"\0\xd8\0\0",
            "utf-32-le",
            "'utf-32-le' codec can't decode bytes in position 0-3: code point in surrogate code point range(0xd800, 0xe000)",
        ),
    ];
    for (bytes, encoding, message) in cases {
        assert_eq!(
            decoded(bytes, encoding, Handler::Strict),
            Err(message.into())
        );
    }
}

#[test]
fn encode_errors() {
    let cases: [(&[u32], &str, &str); 5] = [
        (
            &[0x61, 0xe9],
            "ascii",
            "'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)",
        ),
        (
            &[0x4e2d, 0x4e2e, 0x61],
            "latin-1",
            "'latin-1' codec can't encode characters in position 0-1: ordinal not in range(256)",
        ),
        (
            &[0xd800],
            "utf-8",
            "'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed",
        ),
        (
            &[0x61, 0xd800, 0xdc00],
            "utf-16-le",
            "'utf-16-le' codec can't encode characters in position 1-2: surrogates not allowed",
        ),
        (
            &[0x1f600],
            "ascii",
            "'ascii' codec can't encode character '\\U0001f600' in position 0: ordinal not in range(128)",
        ),
    ];
    for (codes, encoding, message) in cases {
        assert_eq!(
            encoded(&text(codes), encoding, Handler::Strict),
            Err(message.into())
        );
    }
}

#[test]
fn handlers_while_decoding() {
    let bytes = b"a\xff\xe4\xb8b";
    let found = |handler| decoded(bytes, "utf-8", handler);
    assert_eq!(found(Handler::Ignore), Ok("ab".into()));
    assert_eq!(found(Handler::Replace), Ok("a\u{fffd}\u{fffd}b".into()));
    assert_eq!(
        found(Handler::BackslashReplace),
        Ok("a\\xff\\xe4\\xb8b".into())
    );
    assert_eq!(
        found(Handler::SurrogateEscape),
        Ok(text(&[0x61, 0xdcff, 0xdce4, 0xdcb8, 0x62]))
    );
    assert_eq!(
        decoded(b"\xed\xa0\x80a", "utf-8", Handler::SurrogatePass),
        Ok(text(&[0xd800, 0x61]))
    );
    assert_eq!(
        decoded(b"\xd8\0\0a", "utf-16-be", Handler::SurrogatePass),
        Ok(text(&[0xd800, 0x61]))
    );
    assert!(decoded(b"\xff", "utf-8", Handler::SurrogatePass).is_err());
}

#[test]
fn handlers_while_encoding() {
    let source = text(&[0x61, 0xe9, 0x20ac, 0x62]);
    let found = |handler| encoded(&source, "ascii", handler);
    assert_eq!(found(Handler::Ignore), Ok(b"ab".to_vec()));
    assert_eq!(found(Handler::Replace), Ok(b"a??b".to_vec()));
    assert_eq!(
        found(Handler::BackslashReplace),
        Ok(b"a\\xe9\\u20acb".to_vec())
    );
    assert_eq!(
        found(Handler::XmlCharRefReplace),
        Ok(b"a&#233;&#8364;b".to_vec())
    );
    let names = b"a\\N{LATIN SMALL LETTER E WITH ACUTE}\\N{EURO SIGN}b".to_vec();
    assert_eq!(found(Handler::NameReplace), Ok(names));
    assert!(found(Handler::SurrogateEscape).is_err());
    let escaped = text(&[0x61, 0xdcff]);
    assert_eq!(
        encoded(&escaped, "utf-8", Handler::SurrogateEscape),
        Ok(b"a\xff".to_vec())
    );
    assert_eq!(
        encoded(&escaped, "utf-8", Handler::SurrogatePass),
        Ok(b"a\xed\xb3\xbf".to_vec())
    );
    assert_eq!(
        encoded(&escaped, "utf-16", Handler::Replace),
        Ok(b"\xff\xfea\0?\0".to_vec())
    );
}

#[test]
fn marks() {
    assert_eq!(
        encoded(Wtf8::new("a"), "utf-8-sig", Handler::Strict),
        Ok(b"\xef\xbb\xbfa".to_vec())
    );
    assert_eq!(
        decoded(b"\xef\xbb\xbfa", "utf_8_sig", Handler::Strict),
        Ok("a".into())
    );
    assert_eq!(
        decoded(b"\xfe\xff\0a", "UTF-16", Handler::Strict),
        Ok("a".into())
    );
    assert_eq!(decoded(b"a\0", "utf-16", Handler::Strict), Ok("a".into()));
    assert_eq!(
        encoded(Wtf8::new("a"), "utf-32", Handler::Strict),
        Ok(b"\xff\xfe\0\0a\0\0\0".to_vec())
    );
}

proptest! {
    #[test]
    fn text_survives(source: String) {
        for encoding in ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-le"] {
            let bytes = encoded(Wtf8::new(source.as_str()), encoding, Handler::Strict).unwrap();
            let back = decoded(&bytes, encoding, Handler::Strict).unwrap();
            prop_assert_eq!(back.as_str(), Ok(source.as_str()));
        }
    }

    #[test]
    fn bytes_survive_as_surrogates(bytes: Vec<u8>) {
        for encoding in ["utf-8", "ascii"] {
            let text = decoded(&bytes, encoding, Handler::SurrogateEscape).unwrap();
            prop_assert_eq!(encoded(&text, encoding, Handler::SurrogateEscape), Ok(bytes.clone()));
        }
    }

    #[test]
    fn any_bytes_end(bytes: Vec<u8>) {
        for encoding in ["utf-8", "utf-16", "utf-32", "ascii", "latin-1"] {
            for handler in [Handler::Ignore, Handler::Replace, Handler::SurrogatePass] {
                let _ = decoded(&bytes, encoding, handler);
            }
        }
    }
}
