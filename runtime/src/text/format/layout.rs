//! Signs, separators and padding around digits; and text.

use crate::text::format::{Align, Error, Specification};
use crate::text::{CodePoint, Unit, Wtf8, Wtf8Buf};

/// A number's text in parts: padding and separators go between them.
pub(super) struct Parts {
    pub(super) negative: bool,
    pub(super) prefix: &'static str,
    /// Digits before the point.
    pub(super) whole: String,
    /// The point, if there is one.
    pub(super) point: &'static str,
    /// Digits behind the point.
    pub(super) fraction: String,
    /// What follows: an exponent, a percent sign, or all of an infinity.
    pub(super) rest: String,
}

impl Parts {
    /// The sign, as the specification wants it.
    pub(super) fn sign(&self, wanted: Option<char>) -> &'static str {
        match (self.negative, wanted) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            (false, _) => "",
        }
    }
}

/// A number with everything that the specification asks for.
pub(super) fn finish(parts: &Parts, specification: &Specification, group: usize) -> Wtf8Buf {
    let head = format!("{}{}", parts.sign(specification.sign), parts.prefix);
    let fraction = match specification.fraction_grouping {
        Some(separator) => separated(&parts.fraction, separator, 3),
        None => parts.fraction.clone(),
    };
    let tail = format!("{}{fraction}{}", parts.point, parts.rest);
    let fills = specification.align == Align::AfterSign;
    let room = specification.width.saturating_sub(head.len() + tail.len());
    let least = if fills && specification.fill == '0' {
        room
    } else {
        0
    };
    let whole = match specification.grouping {
        Some(separator) => grouped(&parts.whole, separator, group, least),
        None => parts.whole.clone(),
    };
    if !fills {
        return pad(
            Wtf8::new(format!("{head}{whole}{tail}").as_str()),
            specification,
        );
    }
    let mut out = Wtf8Buf::from(head);
    out.extend(std::iter::repeat_n(
        specification.fill,
        room.saturating_sub(whole.len()),
    ));
    out.push_str(&whole);
    out.push_str(&tail);
    out
}

/// Digits with a separator behind every so many.
fn separated(digits: &str, separator: char, every: usize) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % every == 0 {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// Digits with a separator before every so many from the right, and zeros in front up to a width.
fn grouped(digits: &str, separator: char, every: usize, width: usize) -> String {
    if digits.is_empty() {
        return String::new();
    }
    let mut reversed = Vec::with_capacity(digits.len() * 4 / 3 + 1);
    let mut source = digits.bytes().rev();
    for count in 0.. {
        let digit = source.next();
        // A separator is never first: a zero that makes the text one too wide goes before it.
        if digit.is_none() && reversed.len() >= width {
            break;
        }
        if count > 0 && count % every == 0 {
            reversed.push(separator as u8);
        }
        reversed.push(digit.unwrap_or(b'0'));
    }
    reversed
        .iter()
        .rev()
        .map(|byte| char::from(*byte))
        .collect()
}

/// Text filled up to the width.
pub(super) fn pad(text: &Wtf8, specification: &Specification) -> Wtf8Buf {
    let missing = specification
        .width
        .saturating_sub(Unit::Character.count(text.as_bytes()));
    let before = match specification.align {
        Align::Left => 0,
        Align::Right | Align::AfterSign => missing,
        Align::Center => missing / 2,
    };
    let fill = |count| std::iter::repeat_n(specification.fill, count);
    let mut out = Wtf8Buf::with_capacity(text.len() + missing);
    out.extend(fill(before));
    out.push_wtf8(text);
    out.extend(fill(missing - before));
    out
}

/// `format(str, specification)`
///
/// # Errors
/// What a string does not take.
pub fn text(text: &Wtf8, specification: &Specification) -> Result<Wtf8Buf, Error> {
    if let Some(kind) = specification.kind.filter(|kind| *kind != 's') {
        return Err(Error::Unknown(kind));
    }
    let refused = match specification {
        Specification {
            sign: Some(' '), ..
        } => "Space not allowed in string format specifier",
        Specification { sign: Some(_), .. } => "Sign not allowed in string format specifier",
        Specification {
            no_negative_zero: true,
            ..
        } => "Negative zero coercion (z) not allowed in string format specifier",
        Specification {
            alternate: true, ..
        } => "Alternate form (#) not allowed in string format specifier",
        Specification {
            align: Align::AfterSign,
            ..
        } => "'=' alignment not allowed in string format specifier",
        _ => return Ok(pad(cut(text, specification.precision), specification)),
    };
    Err(Error::NotAllowed(refused))
}

/// The first characters.
pub(super) fn cut(text: &Wtf8, precision: Option<usize>) -> &Wtf8 {
    match precision {
        Some(count) => &text[..Unit::Character.skip(text.as_bytes(), count)],
        None => text,
    }
}

/// One character, padded like a number.
pub(super) fn character(code: u32, specification: &Specification) -> Option<Wtf8Buf> {
    let text: Wtf8Buf = CodePoint::from_u32(code)?.into();
    Some(pad(&text, specification))
}
