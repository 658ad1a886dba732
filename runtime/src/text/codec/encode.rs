//! From text to bytes.

use crate::text::Wtf8;
use crate::text::codec::{Answer, Encoding, Failure, Order, Problem, Replacement, escapes};

/// Encodes text. For what cannot be encoded `on_error` answers a replacement, and the character to go on from.
///
/// # Errors
/// [`Failure`]; also when a replacement cannot be encoded itself.
pub fn encode<E>(
    text: &Wtf8,
    encoding: Encoding,
    mut on_error: impl FnMut(&Problem) -> Answer<Replacement, E>,
) -> Result<Vec<u8>, Failure<E>> {
    let mut out = mark(encoding);
    let is_utf8 = matches!(encoding, Encoding::Utf8 | Encoding::Utf8Sig);
    let is_plain = text.is_ascii() && matches!(encoding, Encoding::Ascii | Encoding::Latin1);
    if is_plain || is_utf8 && text.is_utf8() {
        out.extend_from_slice(text.as_bytes());
        return Ok(out);
    }
    let points: Vec<u32> = text.code_points().map(|point| point.to_u32()).collect();
    let mut at = 0;
    while let Some(code) = points.get(at).copied() {
        if put(code, encoding, &mut out) {
            at += 1;
            continue;
        }
        let length = points[at..]
            .iter()
            .take_while(|code| !fits(**code, encoding))
            .count();
        let problem = Problem {
            encoding,
            range: at..at + length,
            reason: reason(encoding),
        };
        let Some((replacement, next)) = on_error(&problem).map_err(Failure::Handler)? else {
            return Err(Failure::Strict(problem));
        };
        if !replace(&replacement, encoding, &mut out) {
            return Err(Failure::Strict(problem));
        }
        at = next;
    }
    Ok(out)
}

/// The byte order mark that an encoding begins with.
fn mark(encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8Sig => b"\xef\xbb\xbf".to_vec(),
        Encoding::Utf16(None) => b"\xff\xfe".to_vec(),
        Encoding::Utf32(None) => b"\xff\xfe\0\0".to_vec(),
        _ => Vec::new(),
    }
}

fn reason(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Ascii => "ordinal not in range(128)",
        Encoding::Latin1 => "ordinal not in range(256)",
        Encoding::Charmap(_) => "character maps to <undefined>",
        _ => "surrogates not allowed",
    }
}

/// Whether an encoding has a character.
fn fits(code: u32, encoding: Encoding) -> bool {
    match encoding {
        Encoding::Ascii => code < 0x80,
        Encoding::Latin1 => code < 0x100,
        Encoding::Charmap(map) => map.byte(code).is_some(),
        Encoding::Escapes { .. } => true,
        _ => !(0xd800..0xe000).contains(&code),
    }
}

/// Writes a character that the encoding has.
fn put(code: u32, encoding: Encoding, out: &mut Vec<u8>) -> bool {
    if !fits(code, encoding) {
        return false;
    }
    let character = char::from_u32(code).unwrap_or_default();
    match encoding {
        Encoding::Ascii | Encoding::Latin1 => out.push(code as u8),
        Encoding::Utf8 | Encoding::Utf8Sig => {
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Encoding::Utf16(order) => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.extend(match order {
                    Some(Order::Big) => unit.to_be_bytes(),
                    _ => unit.to_le_bytes(),
                });
            }
        }
        Encoding::Utf32(Some(Order::Big)) => out.extend(code.to_be_bytes()),
        Encoding::Utf32(_) => out.extend(code.to_le_bytes()),
        Encoding::Charmap(map) => out.extend(map.byte(code)),
        Encoding::Escapes { raw } => escapes::put(code, raw, out),
    }
    true
}

/// Writes a replacement, if the encoding has it.
fn replace(replacement: &Replacement, encoding: Encoding, out: &mut Vec<u8>) -> bool {
    match replacement {
        Replacement::Bytes(bytes) => {
            out.extend_from_slice(bytes);
            true
        }
        Replacement::Text(text) => text
            .code_points()
            .all(|point| put(point.to_u32(), encoding, out)),
    }
}
