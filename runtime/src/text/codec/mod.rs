//! Encodings: `bytes.decode`, `str.encode` and their error handlers.

mod charmap;
mod decode;
mod encode;
mod escapes;
mod handler;

pub use charmap::Charmap;
pub use decode::decode;
pub use encode::encode;
pub use handler::{Handler, Replacement};

use std::ops::Range;

use crate::text::Wtf8;
use crate::text::quote::escape;

/// The order of the bytes of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The least significant byte first.
    Little,
    /// The most significant byte first.
    Big,
}

/// A character encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark that is written, and skipped if it is there.
    Utf8Sig,
    /// ASCII.
    Ascii,
    /// ISO 8859-1.
    Latin1,
    /// UTF-16; without an order it has a byte order mark.
    Utf16(Option<Order>),
    /// UTF-32; without an order it has a byte order mark.
    Utf32(Option<Order>),
    /// One byte a character, by a table.
    Charmap(&'static Charmap),
    /// ASCII with escapes for all that is not printable; raw: Latin-1 with escapes for what it does not have.
    Escapes {
        /// Whether only the latter is escaped.
        raw: bool,
    },
}

impl Encoding {
    /// The encoding of a name or of one of its usual aliases.
    #[must_use]
    pub fn lookup(name: &str) -> Option<Self> {
        let name: String = name
            .chars()
            .map(|c| {
                if matches!(c, '_' | ' ') {
                    '-'
                } else {
                    c.to_ascii_lowercase()
                }
            })
            .collect();
        Some(match &*name {
            "utf-8" | "utf8" | "u8" | "utf" | "cp65001" => Encoding::Utf8,
            "utf-8-sig" => Encoding::Utf8Sig,
            "ascii" | "us-ascii" | "646" | "ansi-x3.4-1968" => Encoding::Ascii,
            "latin-1" | "latin1" | "latin" | "iso-8859-1" | "iso8859-1" | "8859" | "l1"
            | "cp819" => Encoding::Latin1,
            "utf-16" | "utf16" | "u16" => Encoding::Utf16(None),
            "utf-16-le" | "utf-16le" => Encoding::Utf16(Some(Order::Little)),
            "utf-16-be" | "utf-16be" => Encoding::Utf16(Some(Order::Big)),
            "utf-32" | "utf32" | "u32" => Encoding::Utf32(None),
            "utf-32-le" | "utf-32le" => Encoding::Utf32(Some(Order::Little)),
            "utf-32-be" | "utf-32be" => Encoding::Utf32(Some(Order::Big)),
            "unicode-escape" => Encoding::Escapes { raw: false },
            "raw-unicode-escape" => Encoding::Escapes { raw: true },
            other => return Charmap::lookup(other).map(Encoding::Charmap),
        })
    }

    /// The name that exceptions give it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Utf16(None) => "utf-16",
            Encoding::Utf16(Some(Order::Little)) => "utf-16-le",
            Encoding::Utf16(Some(Order::Big)) => "utf-16-be",
            Encoding::Utf32(None) => "utf-32",
            Encoding::Utf32(Some(Order::Little)) => "utf-32-le",
            Encoding::Utf32(Some(Order::Big)) => "utf-32-be",
            Encoding::Charmap(_) => "charmap",
            Encoding::Escapes { raw: false } => "unicodeescape",
            Encoding::Escapes { raw: true } => "rawunicodeescape",
        }
    }
}

/// What could not be converted: the parts of a `UnicodeDecodeError` or `UnicodeEncodeError`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The encoding.
    pub encoding: Encoding,
    /// The bytes, or the characters, that are in the way.
    pub range: Range<usize>,
    /// CPython's reason.
    pub reason: &'static str,
}

impl Problem {
    fn message(&self, doing: &str, what: &str, one: &str) -> String {
        let Range { start, end } = self.range;
        let place = match end == start + 1 {
            true => format!("{what} {one} in position {start}"),
            false => format!("{what}s in position {start}-{}", end.saturating_sub(1)),
        };
        format!(
            "'{}' codec can't {doing} {place}: {}",
            self.encoding.name(),
            self.reason
        )
    }

    /// The text of a `UnicodeDecodeError` over `bytes`.
    #[must_use]
    pub fn decode_message(&self, bytes: &[u8]) -> String {
        let byte = bytes.get(self.range.start).copied().unwrap_or_default();
        self.message("decode", "byte", &format!("0x{byte:02x}"))
    }

    /// The text of a `UnicodeEncodeError` over `text`.
    #[must_use]
    pub fn encode_message(&self, text: &Wtf8) -> String {
        let point = text.code_points().nth(self.range.start);
        let shown = point.map_or_else(String::new, |point| format!("'{}'", escape(point.to_u32())));
        self.message("encode", "character", &shown)
    }
}

/// Why a conversion ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure<E> {
    /// The handler has no answer: the exception is made of this.
    Strict(Problem),
    /// The handler's own exception.
    Handler(E),
}

/// What a handler answers: a replacement and where to go on, or nothing.
pub type Answer<T, E> = Result<Option<(T, usize)>, E>;

#[cfg(test)]
mod tests;
