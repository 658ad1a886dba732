//! From bytes to text.

use std::ops::Range;

use crate::text::codec::{Answer, Charmap, Encoding, Failure, Order, Problem, escapes};
use crate::text::{CodePoint, Wtf8Buf};

/// The bytes that cannot be decoded, and why.
type Stop = (Range<usize>, &'static str);

/// Decodes bytes. For what cannot be decoded `on_error` answers a text, and the offset to go on from.
///
/// # Errors
/// [`Failure`].
pub fn decode<E>(
    bytes: &[u8],
    encoding: Encoding,
    mut on_error: impl FnMut(&Problem) -> Answer<Wtf8Buf, E>,
) -> Result<Wtf8Buf, Failure<E>> {
    let (encoding, mut at) = mark(bytes, encoding);
    let mut out = Wtf8Buf::with_capacity(bytes.len());
    while let Some((range, reason)) = run(bytes, at, encoding, &mut out) {
        let problem = Problem {
            encoding,
            range,
            reason,
        };
        let Some((text, next)) = on_error(&problem).map_err(Failure::Handler)? else {
            return Err(Failure::Strict(problem));
        };
        out.push_wtf8(&text);
        at = next.min(bytes.len());
    }
    Ok(out)
}

/// The encoding that a byte order mark makes it, and the length of the mark.
fn mark(bytes: &[u8], encoding: Encoding) -> (Encoding, usize) {
    match encoding {
        Encoding::Utf8Sig => (
            encoding,
            if bytes.starts_with(b"\xef\xbb\xbf") {
                3
            } else {
                0
            },
        ),
        Encoding::Utf16(None) if bytes.starts_with(b"\xff\xfe") => {
            (Encoding::Utf16(Some(Order::Little)), 2)
        }
        Encoding::Utf16(None) if bytes.starts_with(b"\xfe\xff") => {
            (Encoding::Utf16(Some(Order::Big)), 2)
        }
        Encoding::Utf32(None) if bytes.starts_with(b"\xff\xfe\0\0") => {
            (Encoding::Utf32(Some(Order::Little)), 4)
        }
        Encoding::Utf32(None) if bytes.starts_with(b"\0\0\xfe\xff") => {
            (Encoding::Utf32(Some(Order::Big)), 4)
        }
        encoding => (encoding, 0),
    }
}

/// Decodes up to the end or to what cannot be decoded.
fn run(bytes: &[u8], at: usize, encoding: Encoding, out: &mut Wtf8Buf) -> Option<Stop> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Sig => utf8(bytes, at, out),
        Encoding::Ascii => ascii(bytes, at, out),
        Encoding::Latin1 => {
            out.extend(bytes[at..].iter().map(|byte| char::from(*byte)));
            None
        }
        Encoding::Utf16(order) => utf16(bytes, at, order == Some(Order::Big), out),
        Encoding::Utf32(order) => utf32(bytes, at, order == Some(Order::Big), out),
        Encoding::Charmap(map) => charmap(bytes, at, map, out),
        Encoding::Escapes { raw } => escapes::decode(bytes, at, raw, out),
    }
}

fn utf8(bytes: &[u8], at: usize, out: &mut Wtf8Buf) -> Option<Stop> {
    let chunk = bytes[at..].utf8_chunks().next()?;
    out.push_str(chunk.valid());
    let start = at + chunk.valid().len();
    let end = start + chunk.invalid().len();
    if start == end {
        return None;
    }
    let is_start = matches!(bytes[start], 0xc2..=0xf4);
    let is_cut =
        std::str::from_utf8(&bytes[start..]).is_err_and(|error| error.error_len().is_none());
    let reason = match (is_start, is_cut) {
        (false, _) => "invalid start byte",
        (_, true) => "unexpected end of data",
        _ => "invalid continuation byte",
    };
    Some((start..end, reason))
}

fn ascii(bytes: &[u8], at: usize, out: &mut Wtf8Buf) -> Option<Stop> {
    let rest = &bytes[at..];
    let end = rest
        .iter()
        .position(|byte| !byte.is_ascii())
        .unwrap_or(rest.len());
    out.extend(rest[..end].iter().map(|byte| char::from(*byte)));
    (end < rest.len()).then(|| (at + end..at + end + 1, "ordinal not in range(128)"))
}

fn charmap(bytes: &[u8], at: usize, map: &Charmap, out: &mut Wtf8Buf) -> Option<Stop> {
    for (place, byte) in bytes.iter().enumerate().skip(at) {
        match map.character(*byte) {
            Some(c) => out.push_char(c),
            None => return Some((place..place + 1, "character maps to <undefined>")),
        }
    }
    None
}

fn utf16(bytes: &[u8], mut at: usize, big: bool, out: &mut Wtf8Buf) -> Option<Stop> {
    let unit = |at: usize| {
        let pair = bytes.get(at..at + 2)?;
        let pair = [pair[0], pair[1]];
        Some(u32::from(if big {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        }))
    };
    while at < bytes.len() {
        let Some(first) = unit(at) else {
            return Some((at..bytes.len(), "truncated data"));
        };
        let (code, length) = match (first, unit(at + 2)) {
            (0xd800..0xdc00, Some(second @ 0xdc00..0xe000)) => {
                (0x1_0000 + ((first - 0xd800) << 10) + second - 0xdc00, 4)
            }
            (0xd800..0xdc00, None) => return Some((at..bytes.len(), "unexpected end of data")),
            (0xd800..0xdc00, _) => return Some((at..at + 2, "illegal UTF-16 surrogate")),
            (0xdc00..0xe000, _) => return Some((at..at + 2, "illegal encoding")),
            (code, _) => (code, 2),
        };
        out.extend(CodePoint::from_u32(code));
        at += length;
    }
    None
}

fn utf32(bytes: &[u8], mut at: usize, big: bool, out: &mut Wtf8Buf) -> Option<Stop> {
    while at < bytes.len() {
        let Some(unit) = bytes[at..].first_chunk::<4>() else {
            return Some((at..bytes.len(), "truncated data"));
        };
        let code = if big {
            u32::from_be_bytes(*unit)
        } else {
            u32::from_le_bytes(*unit)
        };
        match char::from_u32(code) {
            Some(c) => out.push_char(c),
            None if code < 0x11_0000 => {
                let reason = "code point in surrogate code point range(0xd800, 0xe000)";
                return Some((at..at + 4, reason));
            }
            None => return Some((at..at + 4, "code point not in range(0x110000)")),
        }
        at += 4;
    }
    None
}
