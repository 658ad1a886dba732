//! Lone surrogates in literals, for which the parser, whose text is UTF-8, has U+FFFD.

use super::Emitter;
use crate::compile::code::Constant;
use crate::syntax::Span;

const STAND_IN: char = '\u{fffd}';
/// The name by which an escape can spell it.
const NAME: &str = "{REPLACEMENT CHARACTER}";

impl Emitter<'_> {
    /// The text of a literal, or of a part of one, in WTF-8. Escapes mean nothing where it is raw.
    pub(super) fn wtf8(&self, value: &str, span: Span, is_raw: bool) -> Vec<u8> {
        match is_raw || !value.contains(STAND_IN) {
            true => value.into(),
            false => restore(value, self.source.slice(span)),
        }
    }
}

impl Constant {
    /// A string from WTF-8.
    pub(super) fn text(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Constant::Str(text.into()),
            Err(error) => Constant::Wtf8(error.into_bytes().into()),
        }
    }
}

/// The value with the surrogates that its source spells; both have them, and U+FFFD itself, in the same order.
fn restore(value: &str, source: &str) -> Vec<u8> {
    let mut codes = spelled(source).into_iter();
    let mut out = Vec::with_capacity(value.len());
    for c in value.chars() {
        let code = (c == STAND_IN).then(|| codes.next()).flatten();
        match code.filter(|code| char::from_u32(*code).is_none()) {
            Some(code) => out.extend(surrogate(code)),
            None => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out
}

/// A surrogate in WTF-8.
fn surrogate(code: u32) -> [u8; 3] {
    let low = |shift: u32| 0x80 | (code >> shift) as u8 & 0x3f;
    [0xe0 | (code >> 12) as u8, low(6), low(0)]
}

/// The codes of the surrogates and of the U+FFFDs that a source spells, in order.
fn spelled(source: &str) -> Vec<u32> {
    let mut codes = Vec::new();
    let mut rest = source.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            codes.extend((c == STAND_IN).then_some(c as u32));
            continue;
        }
        let text = rest.as_str();
        let digits = |count: usize| {
            let digits = text.get(1..=count)?;
            u32::from_str_radix(digits, 16).ok()
        };
        let is_named = text.get(1..=NAME.len());
        let code = match text.as_bytes().first() {
            Some(b'u') => digits(4),
            Some(b'U') => digits(8),
            Some(b'N') if is_named.is_some_and(|name| name.eq_ignore_ascii_case(NAME)) => {
                Some(STAND_IN as u32)
            }
            _ => None,
        };
        codes.extend(code.filter(|code| char::from_u32(*code).is_none_or(|c| c == STAND_IN)));
        rest.next();
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surrogates_come_back_and_nothing_else() {
        let source = r"'a\ud800\ufffd\\ud800\N{replacement character}\U0000dfff\x41'";
        let value = "a\u{fffd}\u{fffd}\\ud800\u{fffd}\u{fffd}A";
        let exact = b"a\xed\xa0\x80\xef\xbf\xbd\\ud800\xef\xbf\xbd\xed\xbf\xbfA";
        assert_eq!(restore(value, source), exact);
        assert_eq!(restore("\u{fffd}", "'\u{fffd}'"), "\u{fffd}".as_bytes());
    }
}
