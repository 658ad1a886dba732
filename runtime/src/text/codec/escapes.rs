//! `unicode_escape` and `raw_unicode_escape`: text as a program writes it between quotes.

use std::fmt::Write;
use std::ops::Range;

use crate::text::{CodePoint, Wtf8Buf};

/// The bytes that cannot be decoded, and why.
type Stop = (Range<usize>, &'static str);

/// Writes a character; `raw` escapes only what Latin-1 does not have.
pub(super) fn put(code: u32, raw: bool, out: &mut Vec<u8>) {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = match code {
        0x00..0x100 if raw => return out.push(code as u8),
        0x5c => write!(text, "\\\\"),
        0x0a => write!(text, "\\n"),
        0x0d => write!(text, "\\r"),
        0x09 => write!(text, "\\t"),
        0x20..0x7f => return out.push(code as u8),
        0x00..0x100 => write!(text, "\\x{code:02x}"),
        0x100..0x1_0000 => write!(text, "\\u{code:04x}"),
        _ => write!(text, "\\U{code:08x}"),
    };
    out.extend_from_slice(text.as_bytes());
}

/// Decodes up to the end or to what cannot be decoded.
pub(super) fn decode(bytes: &[u8], mut at: usize, raw: bool, out: &mut Wtf8Buf) -> Option<Stop> {
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            out.push_char(char::from(bytes[at]));
            at += 1;
            continue;
        }
        match one(bytes, at, raw) {
            Ok((code, end)) => {
                out.extend(code.and_then(CodePoint::from_u32));
                at = end;
            }
            Err(stop) => return Some(stop),
        }
    }
    None
}

/// The code point of the escape at a place, if it stands for one, and where it ends.
fn one(bytes: &[u8], at: usize, raw: bool) -> Result<(Option<u32>, usize), Stop> {
    let Some(&kind) = bytes.get(at + 1) else {
        return match raw {
            true => Ok((Some(0x5c), at + 1)),
            false => Err((at..at + 1, "\\ at end of string")),
        };
    };
    let plain = |code: u8| Ok((Some(u32::from(code)), at + 2));
    match kind {
        b'u' => digits(bytes, at, 4, "truncated \\uXXXX escape"),
        b'U' => digits(bytes, at, 8, "truncated \\UXXXXXXXX escape"),
        _ if raw => Ok((Some(0x5c), at + 1)),
        b'x' => digits(bytes, at, 2, "truncated \\xXX escape"),
        b'\n' => Ok((None, at + 2)),
        b'\\' | b'\'' | b'"' => plain(kind),
        b'a' => plain(7),
        b'b' => plain(8),
        b't' => plain(9),
        b'n' => plain(10),
        b'v' => plain(11),
        b'f' => plain(12),
        b'r' => plain(13),
        b'0'..=b'7' => Ok(octal(bytes, at)),
        b'N' => named(bytes, at),
        _ => Ok((Some(0x5c), at + 1)),
    }
}

fn digits(
    bytes: &[u8],
    at: usize,
    count: usize,
    truncated: &'static str,
) -> Result<(Option<u32>, usize), Stop> {
    let rest = &bytes[at + 2..];
    let known = rest
        .iter()
        .take(count)
        .take_while(|byte| byte.is_ascii_hexdigit());
    let known = known.count();
    if known < count {
        return Err((at..at + 2 + known, truncated));
    }
    let code = rest[..count]
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(16))
        .fold(0_u32, |code, digit| code << 4 | digit);
    match code < 0x11_0000 {
        true => Ok((Some(code), at + 2 + count)),
        false => Err((at..at + 2 + count, "illegal Unicode character")),
    }
}

fn octal(bytes: &[u8], at: usize) -> (Option<u32>, usize) {
    let digits = bytes[at + 1..].iter().take(3);
    let digits: Vec<u32> = digits
        .map_while(|byte| char::from(*byte).to_digit(8))
        .collect();
    let code = digits.iter().fold(0, |code, digit| code << 3 | digit);
    (Some(code), at + 1 + digits.len())
}

fn named(bytes: &[u8], at: usize) -> Result<(Option<u32>, usize), Stop> {
    let malformed = (at..at + 2, "malformed \\N character escape");
    let Some(rest) = bytes[at + 2..].strip_prefix(b"{") else {
        return Err(malformed);
    };
    let Some(length) = rest.iter().position(|byte| *byte == b'}') else {
        return Err((at..bytes.len(), malformed.1));
    };
    let end = at + 4 + length;
    let name = std::str::from_utf8(&rest[..length]).unwrap_or_default();
    match rustpython_unicode::lookup_character(name) {
        Some(c) => Ok((Some(c.into()), end)),
        None => Err((at..end, "unknown Unicode character name")),
    }
}
