//! What Python asks of characters: classes, case, identifiers, and the values of digits.
//!
//! The data is that of the `icu` crates through `rustpython-unicode`, whose Unicode version is newer than the 16.0 of
//! CPython 3.14: a character that was assigned since then has its new properties here, and a handful of older ones
//! have got a capital or another class. The test against `python3` names them.

use rustpython_unicode::{Ucd, case, classify, identifier};

use crate::text::{CodePoint, Wtf8, Wtf8Buf};

/// Whether there is a character and all of them are of a class; a surrogate is of none.
fn all(text: &Wtf8, class: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.code_points().all(|point| point.is_char_and(&class))
}

/// `str.isalpha`
#[must_use]
pub fn is_alpha(text: &Wtf8) -> bool {
    all(text, classify::is_alpha)
}

/// `str.isdecimal`
#[must_use]
pub fn is_decimal(text: &Wtf8) -> bool {
    all(text, classify::is_decimal)
}

/// `str.isdigit`
#[must_use]
pub fn is_digit(text: &Wtf8) -> bool {
    all(text, classify::is_digit)
}

/// `str.isnumeric`
#[must_use]
pub fn is_numeric(text: &Wtf8) -> bool {
    all(text, classify::is_numeric)
}

/// `str.isalnum`
#[must_use]
pub fn is_alnum(text: &Wtf8) -> bool {
    all(text, |c| classify::is_alpha(c) || classify::is_numeric(c))
}

/// `str.isspace`
#[must_use]
pub fn is_space(text: &Wtf8) -> bool {
    all(text, is_space_char)
}

/// `str.isprintable`: true of the empty string too.
#[must_use]
pub fn is_printable(text: &Wtf8) -> bool {
    text.is_empty() || all(text, is_printable_char)
}

/// `str.isascii`: true of the empty string too.
#[must_use]
pub fn is_ascii(text: &Wtf8) -> bool {
    text.is_ascii()
}

/// `str.isidentifier`
#[must_use]
pub fn is_identifier(text: &Wtf8) -> bool {
    let mut points = text.code_points();
    points
        .next()
        .is_some_and(|first| first.is_char_and(identifier::is_start))
        && points.all(|point| point.is_char_and(identifier::is_continue))
}

/// Whether a character is white space to `str.split` and `str.strip`.
#[must_use]
pub fn is_space_char(c: char) -> bool {
    match c.is_ascii() {
        true => matches!(c, '\t'..='\r' | '\x1c'..=' '),
        false => classify::is_space(c),
    }
}

/// Whether `repr` shows a character as it is.
#[must_use]
pub fn is_printable_char(c: char) -> bool {
    match c.is_ascii() {
        true => matches!(c, ' '..='~'),
        false => classify::is_repr_printable(c),
    }
}

/// `str.islower`
#[must_use]
pub fn is_lower(text: &Wtf8) -> bool {
    has_case(text, case::is_lowercase, case::is_uppercase)
}

/// `str.isupper`
#[must_use]
pub fn is_upper(text: &Wtf8) -> bool {
    has_case(text, case::is_uppercase, case::is_lowercase)
}

/// Whether one character is of the wanted case, and none of the other or of title case.
fn has_case(text: &Wtf8, wanted: fn(char) -> bool, other: fn(char) -> bool) -> bool {
    let mut found = false;
    for c in text.code_points().filter_map(CodePoint::to_char) {
        if other(c) || case::is_titlecase(c) {
            return false;
        }
        found = found || wanted(c);
    }
    found
}

/// `str.istitle`: capitals only begin words, and everything else only continues them.
#[must_use]
pub fn is_title(text: &Wtf8) -> bool {
    let (mut found, mut inside) = (false, false);
    for point in text.code_points() {
        let is_capital = point.is_char_and(|c| case::is_uppercase(c) || case::is_titlecase(c));
        let is_small = point.is_char_and(case::is_lowercase);
        if is_capital && inside || is_small && !inside {
            return false;
        }
        inside = is_capital || is_small;
        found = found || inside;
    }
    found
}

/// `str.lower`, with the final sigma.
#[must_use]
pub fn lower(text: &Wtf8) -> Wtf8Buf {
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => text.to_lowercase(),
    }
}

/// `str.upper`
#[must_use]
pub fn upper(text: &Wtf8) -> Wtf8Buf {
    match text.is_ascii() {
        true => text.to_ascii_uppercase(),
        false => text.to_uppercase(),
    }
}

/// `str.casefold`
#[must_use]
pub fn casefold(text: &Wtf8) -> Wtf8Buf {
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => case::casefold_wtf8(text),
    }
}

/// `str.title`
#[must_use]
pub fn title(text: &Wtf8) -> Wtf8Buf {
    case::title_wtf8(text)
}

/// `str.capitalize`
#[must_use]
pub fn capitalize(text: &Wtf8) -> Wtf8Buf {
    case::capitalize_wtf8(text)
}

/// `str.swapcase`
#[must_use]
pub fn swapcase(text: &Wtf8) -> Wtf8Buf {
    case::swapcase_wtf8(text)
}

/// The value of a decimal digit of any script.
#[must_use]
pub fn decimal_value(c: char) -> Option<u8> {
    match c.to_digit(10) {
        Some(value) => Some(value as u8),
        None if c.is_ascii() => None,
        None => Ucd::new(true).decimal(c.into()).map(|value| value as u8),
    }
}

/// How many columns a character takes where all letters are equally wide.
#[must_use]
pub fn columns(c: char) -> usize {
    let is_wide = || matches!(Ucd::new(true).east_asian_width(c.into()), "W" | "F");
    if !c.is_ascii() && is_wide() { 2 } else { 1 }
}

/// A character's Unicode name, as `\N{...}` takes it.
#[must_use]
pub fn name(c: char) -> Option<String> {
    rustpython_unicode::character_name(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> &Wtf8 {
        Wtf8::new(text)
    }

    #[test]
    fn classes_of_digits() {
        assert!(!is_decimal(text("²")) && is_digit(text("²")) && is_numeric(text("²")));
        assert!(!is_digit(text("Ⅷ")) && is_numeric(text("Ⅷ")) && is_alnum(text("Ⅷ")));
        assert!(is_decimal(text("٣")) && !is_alpha(text("٣")));
        assert!(is_alpha(text("ªé中")) && !is_alpha(text("Ⅷ")));
        assert!(is_numeric(text("½一")) && !is_digit(text("½")));
        assert!(!is_alpha(text("")) && !is_space(text("")) && is_printable(text("")));
        assert_eq!(decimal_value('٣'), Some(3));
        assert_eq!(decimal_value('\u{1d7d8}'), Some(0));
        assert_eq!(decimal_value('²'), None);
        assert_eq!(decimal_value('a'), None);
    }

    #[test]
    fn spaces_and_printability() {
        for space in ["\x1c", "\x1f", "\u{85}", "\u{a0}", "\u{2028}", "\u{3000}"] {
            assert!(is_space(text(space)), "{space:?}");
            assert!(!is_printable(text(space)), "{space:?}");
        }
        assert!(!is_space(text("\u{200b}")) && !is_space(text("\u{180e}")));
        assert!(is_printable(text(" ~é")) && !is_printable(text("\u{378}")));
        assert!(!is_printable(text("\x7f")) && !is_printable(text("\u{ad}")));
    }

    #[test]
    fn identifiers() {
        for good in ["_", "a1", "é", "中", "a\u{300}", "℘"] {
            assert!(is_identifier(text(good)), "{good:?}");
        }
        for bad in ["", "1a", "a b", "\u{300}", "²", "a-"] {
            assert!(!is_identifier(text(bad)), "{bad:?}");
        }
    }

    #[test]
    fn case_mappings() {
        assert_eq!(upper(text("ß\u{fb01}")).as_str(), Ok("SSFI"));
        assert_eq!(lower(text("ΑΣ ΣΑ Σ İ")).as_str(), Ok("ας σα σ i\u{307}"));
        assert_eq!(casefold(text("ßΣς")).as_str(), Ok("ssσσ"));
        assert_eq!(
            title(text("they're ǆ ßa ÇA")).as_str(),
            Ok("They'Re ǅ Ssa Ça")
        );
        assert_eq!(capitalize(text("ǆΟΣ")).as_str(), Ok("ǅος"));
        assert_eq!(swapcase(text("aBßΣ")).as_str(), Ok("AbSSς"));
    }

    #[test]
    fn case_questions() {
        assert!(is_lower(text("a1ª")) && !is_lower(text("1")) && !is_lower(text("ǅ")));
        assert!(is_upper(text("Ⅷ A")) && !is_upper(text("ǅ")) && !is_upper(text("aA")));
        assert!(is_title(text("A Bc ǅ")) && !is_title(text("AB")) && !is_title(text("1")));
    }
}
