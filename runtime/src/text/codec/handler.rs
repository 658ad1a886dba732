//! The error handlers that Python names.

use crate::text::codec::{Encoding, Order, Problem};
use crate::text::quote::escape;
use crate::text::unit::decode;
use crate::text::{CodePoint, Wtf8, Wtf8Buf, unicode};

/// What stands in for characters that an encoding does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// Text, which is encoded.
    Text(Wtf8Buf),
    /// Bytes, which go into the result as they are.
    Bytes(Vec<u8>),
}

/// An error handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handler {
    /// Always the exception.
    Strict,
    /// Nothing in place of it.
    Ignore,
    /// U+FFFD, or question marks.
    Replace,
    /// Escapes.
    BackslashReplace,
    /// Bytes as lone surrogates and back.
    SurrogateEscape,
    /// Surrogates as if they were characters.
    SurrogatePass,
    /// `&#...;`
    XmlCharRefReplace,
    /// `\N{...}`
    NameReplace,
}

impl Handler {
    /// The handler of a name.
    #[must_use]
    pub fn lookup(name: &str) -> Option<Self> {
        Some(match name {
            "strict" => Handler::Strict,
            "ignore" => Handler::Ignore,
            "replace" => Handler::Replace,
            "backslashreplace" => Handler::BackslashReplace,
            "surrogateescape" => Handler::SurrogateEscape,
            "surrogatepass" => Handler::SurrogatePass,
            "xmlcharrefreplace" => Handler::XmlCharRefReplace,
            "namereplace" => Handler::NameReplace,
            _ => return None,
        })
    }

    /// Whether it only works in one direction, so that decoding with it is a `TypeError`.
    #[must_use]
    pub fn is_for_encoding(self) -> bool {
        matches!(self, Handler::XmlCharRefReplace | Handler::NameReplace)
    }

    /// The answer to bytes that cannot be decoded; `None` is the exception.
    #[must_use]
    pub fn decode(self, bytes: &[u8], problem: &Problem) -> Option<(Wtf8Buf, usize)> {
        let end = problem.range.end;
        let wrong = &bytes[problem.range.clone()];
        match self {
            Handler::Ignore => Some((Wtf8Buf::new(), end)),
            Handler::Replace => Some(("\u{fffd}".into(), end)),
            Handler::BackslashReplace => {
                let escapes: String = wrong.iter().map(|byte| escape(u32::from(*byte))).collect();
                Some((escapes.into(), end))
            }
            Handler::SurrogateEscape => {
                let high = wrong.iter().take_while(|byte| !byte.is_ascii());
                let points: Vec<CodePoint> = high
                    .map(|byte| CodePoint::from(0xdc00 + u16::from(*byte)))
                    .collect();
                let next = problem.range.start + points.len();
                (!points.is_empty()).then(|| (points.into_iter().collect(), next))
            }
            Handler::SurrogatePass => pass(bytes, problem),
            Handler::Strict | Handler::XmlCharRefReplace | Handler::NameReplace => None,
        }
    }

    /// The answer to characters that cannot be encoded; `None` is the exception.
    #[must_use]
    pub fn encode(self, text: &Wtf8, problem: &Problem) -> Option<(Replacement, usize)> {
        let range = problem.range.clone();
        let wrong = text.code_points().skip(range.start).take(range.len());
        let codes: Vec<u32> = wrong.map(CodePoint::to_u32).collect();
        let written = |write: fn(u32) -> String| {
            let text: String = codes.iter().map(|code| write(*code)).collect();
            Some((Replacement::Text(text.into()), range.end))
        };
        match self {
            Handler::Strict => None,
            Handler::Ignore => Some((Replacement::Bytes(Vec::new()), range.end)),
            Handler::Replace => written(|_| "?".into()),
            Handler::BackslashReplace => written(escape),
            Handler::XmlCharRefReplace => written(|code| format!("&#{code};")),
            Handler::NameReplace => written(named),
            Handler::SurrogateEscape => {
                let escaped = codes
                    .iter()
                    .take_while(|code| (0xdc80..0xdd00).contains(*code));
                let bytes: Vec<u8> = escaped.map(|code| (code - 0xdc00) as u8).collect();
                let next = range.start + bytes.len();
                (!bytes.is_empty()).then_some((Replacement::Bytes(bytes), next))
            }
            Handler::SurrogatePass => {
                let mut bytes = Vec::new();
                for code in &codes {
                    put_surrogate(*code, problem.encoding, &mut bytes)?;
                }
                Some((Replacement::Bytes(bytes), range.end))
            }
        }
    }
}

fn named(code: u32) -> String {
    match char::from_u32(code).and_then(unicode::name) {
        Some(name) => format!("\\N{{{name}}}"),
        None => escape(code),
    }
}

/// The surrogate that the bytes spell.
fn pass(bytes: &[u8], problem: &Problem) -> Option<(Wtf8Buf, usize)> {
    let rest = &bytes[problem.range.start..];
    let (code, length) = match problem.encoding {
        Encoding::Utf8 | Encoding::Utf8Sig => match rest {
            [0xed, 0xa0..=0xbf, 0x80..=0xbf, ..] => decode(rest),
            _ => return None,
        },
        Encoding::Utf16(order) => {
            let unit = *rest.first_chunk::<2>()?;
            let is_big = order == Some(Order::Big);
            let code = if is_big {
                u16::from_be_bytes(unit)
            } else {
                u16::from_le_bytes(unit)
            };
            (u32::from(code), 2)
        }
        Encoding::Utf32(order) => {
            let unit = *rest.first_chunk::<4>()?;
            let is_big = order == Some(Order::Big);
            (
                if is_big {
                    u32::from_be_bytes(unit)
                } else {
                    u32::from_le_bytes(unit)
                },
                4,
            )
        }
        _ => return None,
    };
    let code = u16::try_from(code)
        .ok()
        .filter(|code| (0xd800..0xe000).contains(code))?;
    Some((CodePoint::from(code).into(), problem.range.start + length))
}

/// The bytes of a surrogate as if it were a character; `None` for other characters and encodings without surrogates.
fn put_surrogate(code: u32, encoding: Encoding, out: &mut Vec<u8>) -> Option<()> {
    let unit = u16::try_from(code)
        .ok()
        .filter(|code| (0xd800..0xe000).contains(code))?;
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Sig => {
            out.extend_from_slice(Wtf8Buf::from(CodePoint::from(unit)).as_bytes());
        }
        Encoding::Utf16(Some(Order::Big)) => out.extend(unit.to_be_bytes()),
        Encoding::Utf16(_) => out.extend(unit.to_le_bytes()),
        Encoding::Utf32(Some(Order::Big)) => out.extend(code.to_be_bytes()),
        Encoding::Utf32(_) => out.extend(code.to_le_bytes()),
        _ => return None,
    }
    Some(())
}
