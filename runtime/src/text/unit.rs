//! What a position counts: characters of a string, or bytes.

use std::ops::Range;

use crate::text::unicode;

/// How bytes are read: as WTF-8, in characters, or each for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `str`: code points of WTF-8.
    Character,
    /// `bytes` and `bytearray`: bytes, of which only ASCII has a meaning.
    Byte,
}

impl Unit {
    /// The unit that starts at `at`, which is not the end: its code and its length in bytes.
    #[must_use]
    pub fn at(self, bytes: &[u8], at: usize) -> (u32, usize) {
        match self {
            Unit::Character => decode(&bytes[at..]),
            Unit::Byte => (u32::from(bytes[at]), 1),
        }
    }

    /// The unit that ends at `end`, which is not the beginning.
    #[must_use]
    pub fn before(self, bytes: &[u8], end: usize) -> (u32, usize) {
        let mut start = end - 1;
        while self == Unit::Character && is_continuation(bytes[start]) {
            start -= 1;
        }
        self.at(bytes, start)
    }

    /// The number of units.
    #[must_use]
    pub fn count(self, bytes: &[u8]) -> usize {
        match self {
            Unit::Character => bytes.iter().filter(|byte| !is_continuation(**byte)).count(),
            Unit::Byte => bytes.len(),
        }
    }

    /// The offset behind the first `count` units, or the end.
    #[must_use]
    pub fn skip(self, bytes: &[u8], count: usize) -> usize {
        match self {
            Unit::Byte => count.min(bytes.len()),
            Unit::Character => {
                let mut at = 0;
                for _ in 0..count {
                    if at >= bytes.len() {
                        break;
                    }
                    at += width(bytes[at]);
                }
                at
            }
        }
    }

    /// Whether a unit is white space: Unicode's for a string, ASCII's for bytes.
    #[must_use]
    pub fn is_space(self, code: u32) -> bool {
        match self {
            Unit::Character => char::from_u32(code).is_some_and(unicode::is_space_char),
            Unit::Byte => matches!(code, 0x09..=0x0d | 0x20),
        }
    }

    /// Whether a unit ends a line; a carriage return with a newline behind it ends one line.
    #[must_use]
    pub fn is_line_end(self, code: u32) -> bool {
        match self {
            Unit::Byte => matches!(code, 0x0a | 0x0d),
            Unit::Character => {
                matches!(code, 0x0a..=0x0d | 0x1c..=0x1e | 0x85 | 0x2028 | 0x2029)
            }
        }
    }

    /// Every unit with the range that it takes.
    pub fn iter(self, bytes: &[u8]) -> impl Iterator<Item = (Range<usize>, u32)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let start = next;
            let (code, width) = (start < bytes.len()).then(|| self.at(bytes, start))?;
            next += width;
            Some((start..next, code))
        })
    }
}

/// Whether a byte of WTF-8 continues a character.
#[inline]
pub(super) fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// The length of the character that a byte of WTF-8 begins.
#[inline]
pub(super) fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// The first character of WTF-8 that is not empty.
pub(super) fn decode(bytes: &[u8]) -> (u32, usize) {
    let first = bytes[0];
    let width = width(first);
    let high = match width {
        1 => u32::from(first),
        2 => u32::from(first & 0x1f),
        3 => u32::from(first & 0x0f),
        _ => u32::from(first & 0x07),
    };
    let code = bytes[1..width]
        .iter()
        .fold(high, |code, byte| code << 6 | u32::from(byte & 0x3f));
    (code, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_every_width() {
        let text = "a\u{e9}\u{4e2d}\u{1f600}".as_bytes();
        let codes: Vec<_> = Unit::Character.iter(text).collect();
        let expected = [(0..1, 0x61), (1..3, 0xe9), (3..6, 0x4e2d), (6..10, 0x1f600)];
        assert_eq!(codes, expected);
        assert_eq!(Unit::Character.before(text, 10), (0x1f600, 4));
        assert_eq!(Unit::Character.count(text), 4);
        assert_eq!(Unit::Character.skip(text, 2), 3);
        assert_eq!(Unit::Character.skip(text, 9), 10);
        assert_eq!(Unit::Byte.count(text), 10);
        assert_eq!(Unit::Character.at(b"\xed\xa0\x80", 0), (0xd800, 3));
    }
}
