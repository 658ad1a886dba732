//! The methods of `str`, over [`crate::text`].

use std::ops::Range;

use super::{exact, from_bytes, offset};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::text::{Unit, Wtf8, search, unicode};

macro_rules! cases {
    ($($name:ident)*) => {
        $(pub(super) fn $name(cx: &Cx, this: &Str) -> Owned {
            from_bytes(cx, unicode::$name(Wtf8::new(this.as_str())).as_bytes())
        })*
    };
}

macro_rules! questions {
    ($($name:ident $asks:ident)*) => {
        $(pub(super) fn $name(_cx: &Cx, this: &Str) -> bool {
            unicode::$asks(Wtf8::new(this.as_str()))
        })*
    };
}

cases! { capitalize casefold lower swapcase title upper }

questions! {
    isalnum is_alnum isalpha is_alpha isascii is_ascii isdecimal is_decimal isdigit is_digit
    isidentifier is_identifier islower is_lower isnumeric is_numeric isprintable is_printable
    isspace is_space istitle is_title isupper is_upper
}

/// Where the code of this file says that text is in characters.
const CHARS: Unit = Unit::Character;

/// A limit of cuts or replacements: negative is none.
pub(crate) fn limit(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The characters between two optional places; nothing if the first is behind the end.
pub(crate) fn span(
    cx: &Cx,
    len: usize,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<Option<Range<usize>>> {
    let clamp = |place: i64| {
        if place < 0 {
            place.saturating_add(len as i64).max(0)
        } else {
            place
        }
    };
    let at = |place: Ref<'_>, default: usize| match place.not_none() {
        Some(place) if !number::is_index(cx, place) => {
            Err(cx.type_error("slice indices must be integers or None or have an __index__ method"))
        }
        Some(place) => Ok(clamp(number::clamped(cx, place)?) as usize),
        None => Ok(default),
    };
    let (start, end) = (at(start, 0)?, at(end, len)?.min(len));
    Ok((start <= end).then_some(start..end))
}

/// The part of a string to search in, with its offset.
fn part<'a>(
    cx: &Cx,
    this: &'a Str,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<Option<(&'a str, usize)>> {
    let span = span(cx, this.len(), start, end)?;
    Ok(span.map(|span| {
        let (from, to) = (offset(this, span.start), offset(this, span.end));
        (&this.as_str()[from..to], from)
    }))
}

fn seek(
    cx: &Cx,
    this: &Str,
    wanted: &Str,
    bounds: [Ref<'_>; 2],
    how: fn(&[u8], &[u8]) -> Option<usize>,
) -> Outcome<Option<usize>> {
    let Some((text, from)) = part(cx, this, bounds[0], bounds[1])? else {
        return Ok(None);
    };
    let at = how(text.as_bytes(), wanted.as_str().as_bytes());
    Ok(at.map(|at| this.as_str()[..from + at].chars().count()))
}

pub(super) fn find(cx: &Cx, this: &Str, sub: &Str, start: Ref<'_>, end: Ref<'_>) -> Outcome<i64> {
    let at = seek(cx, this, sub, [start, end], search::find)?;
    Ok(at.map_or(-1, |at| at as i64))
}

pub(super) fn rfind(cx: &Cx, this: &Str, sub: &Str, start: Ref<'_>, end: Ref<'_>) -> Outcome<i64> {
    let at = seek(cx, this, sub, [start, end], search::rfind)?;
    Ok(at.map_or(-1, |at| at as i64))
}

pub(super) fn index(
    cx: &Cx,
    this: &Str,
    sub: &Str,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<usize> {
    let at = seek(cx, this, sub, [start, end], search::find)?;
    at.ok_or_else(|| cx.value_error("substring not found"))
}

pub(super) fn rindex(
    cx: &Cx,
    this: &Str,
    sub: &Str,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<usize> {
    let at = seek(cx, this, sub, [start, end], search::rfind)?;
    at.ok_or_else(|| cx.value_error("substring not found"))
}

pub(super) fn count(
    cx: &Cx,
    this: &Str,
    sub: &Str,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<usize> {
    let part = part(cx, this, start, end)?;
    let wanted = sub.as_str().as_bytes();
    Ok(part.map_or(0, |(text, _)| search::count(text.as_bytes(), wanted, CHARS)))
}

/// Whether one of some affixes fits.
fn fits(
    cx: &Cx,
    name: &str,
    wanted: Ref<'_>,
    text: Option<&str>,
    fits: fn(&str, &str) -> bool,
) -> Outcome<bool> {
    if let Some(one) = wanted.downcast::<Str>() {
        return Ok(text.is_some_and(|text| fits(text, one.as_str())));
    }
    let Some(all) = wanted.downcast::<Tuple>() else {
        let kind = cx.type_name(wanted);
        return Err(cx.type_error(format!(
            "{name} first arg must be str or a tuple of str, not {kind}"
        )));
    };
    for one in items(all) {
        let Some(one) = one.downcast::<Str>() else {
            let kind = cx.type_name(*one);
            return Err(cx.type_error(format!(
                "tuple for {name} must only contain str, not {kind}"
            )));
        };
        if text.is_some_and(|text| fits(text, one.as_str())) {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn startswith(
    cx: &Cx,
    this: &Str,
    prefix: Ref<'_>,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<bool> {
    let text = part(cx, this, start, end)?.map(|(text, _)| text);
    fits(cx, "startswith", prefix, text, |text, one| {
        text.starts_with(one)
    })
}

pub(super) fn endswith(
    cx: &Cx,
    this: &Str,
    suffix: Ref<'_>,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<bool> {
    let text = part(cx, this, start, end)?.map(|(text, _)| text);
    fits(cx, "endswith", suffix, text, |text, one| {
        text.ends_with(one)
    })
}

/// The filling of a padding.
fn fill<'a>(cx: &Cx, given: Option<&'a Str>) -> Outcome<&'a [u8]> {
    match given {
        None => Ok(b" "),
        Some(fill) if fill.len() == 1 => Ok(fill.as_str().as_bytes()),
        Some(_) => Err(cx.type_error("The fill character must be exactly one character long")),
    }
}

/// A width: negative is none.
pub(crate) fn width(cx: &Cx, size: i64) -> Outcome<usize> {
    let width = usize::try_from(size).unwrap_or(0);
    cx.room_for(width.checked_mul(4))?;
    Ok(width)
}

pub(super) fn center(cx: &Cx, this: &Str, size: i64, given: Option<&Str>) -> Outcome {
    let fill = fill(cx, given)?;
    Ok(from_bytes(
        cx,
        &search::center(this.as_str().as_bytes(), width(cx, size)?, fill, CHARS),
    ))
}

pub(super) fn ljust(cx: &Cx, this: &Str, size: i64, given: Option<&Str>) -> Outcome {
    let fill = fill(cx, given)?;
    Ok(from_bytes(
        cx,
        &search::justify_left(this.as_str().as_bytes(), width(cx, size)?, fill, CHARS),
    ))
}

pub(super) fn rjust(cx: &Cx, this: &Str, size: i64, given: Option<&Str>) -> Outcome {
    let fill = fill(cx, given)?;
    Ok(from_bytes(
        cx,
        &search::justify_right(this.as_str().as_bytes(), width(cx, size)?, fill, CHARS),
    ))
}

pub(super) fn zfill(cx: &Cx, this: &Str, size: i64) -> Outcome {
    Ok(from_bytes(
        cx,
        &search::zero_fill(this.as_str().as_bytes(), width(cx, size)?, CHARS),
    ))
}

pub(super) fn expandtabs(cx: &Cx, this: &Str, size: i64) -> Outcome {
    Ok(from_bytes(
        cx,
        &search::expand_tabs(this.as_str().as_bytes(), width(cx, size)?, CHARS),
    ))
}

/// Appends the text of an item of `join`.
fn push(cx: &Cx, out: &mut String, place: usize, item: Ref<'_>) -> Outcome<()> {
    let Some(text) = item.downcast::<Str>() else {
        let kind = cx.type_name(item);
        return Err(cx.type_error(format!(
            "sequence item {place}: expected str instance, {kind} found"
        )));
    };
    out.push_str(text.as_str());
    Ok(())
}

pub(super) fn join(cx: &Cx, this: &Str, iterable: Ref<'_>) -> Outcome {
    if !iterate::is_iterable(cx, iterable) {
        return Err(cx.type_error("can only join an iterable"));
    }
    let all = iterate::collect(cx, iterable)?;
    let mut out = String::new();
    for (place, item) in all.iter().enumerate() {
        if place > 0 {
            out.push_str(this.as_str());
        }
        push(cx, &mut out, place, item.borrow())?;
    }
    Ok(cx.str(&out))
}

/// Strings of parts.
fn pieces(cx: &Cx, text: &str, ranges: Vec<Range<usize>>) -> Vec<Owned> {
    ranges
        .into_iter()
        .map(|range| cx.str(&text[range]))
        .collect()
}

/// A separator; nothing for white space.
fn separator<'a>(cx: &Cx, given: Ref<'a>) -> Outcome<Option<&'a [u8]>> {
    let Some(given) = given.not_none() else {
        return Ok(None);
    };
    match given.downcast::<Str>() {
        Some(given) if given.is_empty() => Err(cx.value_error("empty separator")),
        Some(given) => Ok(Some(given.as_str().as_bytes())),
        None => {
            let kind = cx.type_name(given);
            Err(cx.type_error(format!("must be str or None, not {kind}")))
        }
    }
}

pub(super) fn split(cx: &Cx, this: &Str, given: Ref<'_>, most: i64) -> Outcome<Vec<Owned>> {
    let text = this.as_str();
    let ranges = match separator(cx, given)? {
        Some(separator) => search::split(text.as_bytes(), separator, limit(most)),
        None => search::split_space(text.as_bytes(), limit(most), CHARS),
    };
    Ok(pieces(cx, text, ranges))
}

pub(super) fn rsplit(cx: &Cx, this: &Str, given: Ref<'_>, most: i64) -> Outcome<Vec<Owned>> {
    let text = this.as_str();
    let ranges = match separator(cx, given)? {
        Some(separator) => search::rsplit(text.as_bytes(), separator, limit(most)),
        None => search::rsplit_space(text.as_bytes(), limit(most), CHARS),
    };
    Ok(pieces(cx, text, ranges))
}

pub(super) fn splitlines(cx: &Cx, this: &Str, keep_ends: bool) -> Vec<Owned> {
    let text = this.as_str();
    pieces(
        cx,
        text,
        search::split_lines(text.as_bytes(), keep_ends, CHARS),
    )
}

fn parted(cx: &Cx, this: &Str, found: Option<[Range<usize>; 3]>, at_front: bool) -> Owned {
    let text = this.as_str();
    let ranges = found.unwrap_or(match at_front {
        true => [0..text.len(), 0..0, 0..0],
        false => [0..0, 0..0, 0..text.len()],
    });
    cx.tuple(pieces(cx, text, ranges.into()))
}

fn not_empty(cx: &Cx, separator: &Str) -> Outcome<()> {
    match separator.is_empty() {
        true => Err(cx.value_error("empty separator")),
        false => Ok(()),
    }
}

pub(super) fn partition(cx: &Cx, this: &Str, sep: &Str) -> Outcome {
    not_empty(cx, sep)?;
    let found = search::partition(this.as_str().as_bytes(), sep.as_str().as_bytes());
    Ok(parted(cx, this, found, true))
}

pub(super) fn rpartition(cx: &Cx, this: &Str, sep: &Str) -> Outcome {
    not_empty(cx, sep)?;
    let found = search::rpartition(this.as_str().as_bytes(), sep.as_str().as_bytes());
    Ok(parted(cx, this, found, false))
}

pub(super) fn removeprefix(cx: &Cx, this: &Str, prefix: &Str) -> Owned {
    let text = this.as_str();
    cx.str(text.strip_prefix(prefix.as_str()).unwrap_or(text))
}

pub(super) fn removesuffix(cx: &Cx, this: &Str, suffix: &Str) -> Owned {
    let text = this.as_str();
    cx.str(text.strip_suffix(suffix.as_str()).unwrap_or(text))
}

pub(super) fn replace(cx: &Cx, this: &Str, old: &Str, new: &Str, count: i64) -> Owned {
    let [text, old, new] = [this, old, new].map(|one| one.as_str().as_bytes());
    from_bytes(cx, &search::replace(text, old, new, limit(count), CHARS))
}

fn stripped(
    cx: &Cx,
    name: &str,
    this: Ref<'_>,
    chars: Ref<'_>,
    left: bool,
    right: bool,
) -> Outcome {
    let text = super::of(this);
    let range = match (chars.not_none(), chars.downcast::<Str>()) {
        (None, _) => search::strip(text.as_bytes(), left, right, CHARS),
        (_, Some(set)) => {
            search::strip_set(text.as_bytes(), set.as_str().as_bytes(), left, right, CHARS)
        }
        _ => return Err(cx.type_error(format!("{name} arg must be None or str"))),
    };
    match range.len() == text.len() {
        true => Ok(exact(cx, this)),
        false => Ok(cx.str(&text[range])),
    }
}

pub(super) fn strip(cx: &Cx, this: Ref<'_>, chars: Ref<'_>) -> Outcome {
    stripped(cx, "strip", this, chars, true, true)
}

pub(super) fn lstrip(cx: &Cx, this: Ref<'_>, chars: Ref<'_>) -> Outcome {
    stripped(cx, "lstrip", this, chars, true, false)
}

pub(super) fn rstrip(cx: &Cx, this: Ref<'_>, chars: Ref<'_>) -> Outcome {
    stripped(cx, "rstrip", this, chars, false, true)
}

pub(super) fn encode_method(
    cx: &Cx,
    this: &Str,
    encoding: Option<&Str>,
    errors: Option<&Str>,
) -> Outcome {
    let (encoding, errors) = (encoding.map(Str::as_str), errors.map(Str::as_str));
    let bytes = super::encode(cx, this.as_str(), encoding, errors)?;
    Ok(crate::types::bytes::new(cx, &bytes))
}
