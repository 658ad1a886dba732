//! Numbers: their texts in both directions.

pub mod complex;
pub mod float;
pub mod hex;
pub mod int;

use std::borrow::Cow;

use crate::text::{Wtf8, unicode};

/// A number's text in ASCII: digits of any script become `0` to `9`, any white space a space, and everything else a
/// question mark, which no number contains. ASCII stays as it is.
#[must_use]
pub fn to_ascii(text: &Wtf8) -> Cow<'_, [u8]> {
    if text.is_ascii() {
        return Cow::Borrowed(text.as_bytes());
    }
    let points = text.code_points();
    Cow::Owned(
        points
            .map(|point| point.to_char().map_or(b'?', ascii))
            .collect(),
    )
}

fn ascii(c: char) -> u8 {
    match c {
        c if c.is_ascii() => c as u8,
        c if unicode::is_space_char(c) => b' ',
        c => unicode::decimal_value(c).map_or(b'?', |digit| b'0' + digit),
    }
}

/// Without the white space of C around it.
fn trim(mut text: &[u8]) -> &[u8] {
    while let [b'\t'..=b'\r' | b' ', rest @ ..] = text {
        text = rest;
    }
    while let [rest @ .., b'\t'..=b'\r' | b' '] = text {
        text = rest;
    }
    text
}

/// Without the sign, and whether it was a minus.
fn sign(text: &[u8]) -> (bool, &[u8]) {
    match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    }
}

/// Without underscores; `None` if one is not between two digits.
fn without_underscores(text: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !text.contains(&b'_') {
        return Some(Cow::Borrowed(text));
    }
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let mut out = Vec::with_capacity(text.len());
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'_' if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) => {}
            b'_' => return None,
            byte => out.push(*byte),
        }
    }
    Some(Cow::Owned(out))
}
