//! What is where.

use std::ops::Range;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::number;
use crate::objects::tuple::Tuple;
use crate::refs::{Ref, items};
use crate::text::search;

use super::cases::BYTES;
use super::{Buffer, Data, Wanted, data, is_bytes_like};

/// Two places, which may count from the end and lie outside.
struct Span {
    start: i64,
    end: i64,
}

impl Span {
    fn new(cx: &Cx, [start, end]: [Ref<'_>; 2]) -> Outcome<Self> {
        let at = |place: Ref<'_>, default: i64| match place.not_none() {
            None => Ok(default),
            Some(place) if number::is_index(cx, place) => number::clamped(cx, place),
            Some(_) => Err(
                cx.type_error("slice indices must be integers or None or have an __index__ method")
            ),
        };
        Ok(Self {
            start: at(start, 0)?,
            end: at(end, i64::MAX)?,
        })
    }

    /// The range of so many bytes; nothing if it begins behind its end.
    fn of(&self, len: usize) -> Option<Range<usize>> {
        let from_start = |place: i64| match place {
            0.. => usize::try_from(place).unwrap_or(usize::MAX),
            _ => len.saturating_sub(usize::try_from(place.unsigned_abs()).unwrap_or(usize::MAX)),
        };
        let (start, end) = (from_start(self.start), from_start(self.end).min(len));
        (start <= end).then_some(start..end)
    }
}

/// Where something is, from the beginning of the buffer.
fn seek(
    cx: &Cx,
    this: Buffer<'_>,
    wanted: &[u8],
    bounds: [Ref<'_>; 2],
    how: fn(&[u8], &[u8]) -> Option<usize>,
) -> Outcome<Option<usize>> {
    let span = Span::new(cx, bounds)?;
    Ok(this.read(|text| {
        let range = span.of(text.len())?;
        how(&text[range.clone()], wanted).map(|at| range.start + at)
    }))
}

pub(crate) fn find(
    cx: &Cx,
    this: Buffer<'_>,
    sub: Wanted<'_>,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<i64> {
    let at = seek(cx, this, &sub, [start, end], search::find)?;
    Ok(at.map_or(-1, |at| at as i64))
}

pub(crate) fn rfind(
    cx: &Cx,
    this: Buffer<'_>,
    sub: Wanted<'_>,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<i64> {
    let at = seek(cx, this, &sub, [start, end], search::rfind)?;
    Ok(at.map_or(-1, |at| at as i64))
}

pub(crate) fn index(
    cx: &Cx,
    this: Buffer<'_>,
    sub: Wanted<'_>,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<usize> {
    let at = seek(cx, this, &sub, [start, end], search::find)?;
    at.ok_or_else(|| cx.value_error("subsection not found"))
}

pub(crate) fn rindex(
    cx: &Cx,
    this: Buffer<'_>,
    sub: Wanted<'_>,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<usize> {
    let at = seek(cx, this, &sub, [start, end], search::rfind)?;
    at.ok_or_else(|| cx.value_error("subsection not found"))
}

pub(crate) fn count(
    cx: &Cx,
    this: Buffer<'_>,
    sub: Wanted<'_>,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<usize> {
    let span = Span::new(cx, [start, end])?;
    Ok(this.read(|text| {
        let range = span.of(text.len());
        range.map_or(0, |range| search::count(&text[range], &sub, BYTES))
    }))
}

/// Whether one of some affixes fits.
fn fits(
    cx: &Cx,
    this: Buffer<'_>,
    name: &str,
    wanted: Ref<'_>,
    bounds: [Ref<'_>; 2],
    fits: fn(&[u8], &[u8]) -> bool,
) -> Outcome<bool> {
    let span = Span::new(cx, bounds)?;
    let one = |affix: &[u8]| {
        this.read(|text| {
            let range = span.of(text.len());
            range.is_some_and(|range| fits(&text[range], affix))
        })
    };
    if let Some(all) = wanted.downcast::<Tuple>() {
        for affix in items(all) {
            if one(&argument(cx, *affix)?) {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match data(cx, wanted)? {
        Some(affix) => Ok(one(&affix)),
        None => {
            let kind = cx.type_name(wanted);
            Err(cx.type_error(format!(
                "{name} first arg must be bytes or a tuple of bytes, not {kind}"
            )))
        }
    }
}

fn argument<'a>(cx: &Cx, value: Ref<'a>) -> Outcome<Data<'a>> {
    crate::types::convert::Take::take(cx, value)
}

pub(crate) fn startswith(
    cx: &Cx,
    this: Buffer<'_>,
    prefix: Ref<'_>,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<bool> {
    fits(
        cx,
        this,
        "startswith",
        prefix,
        [start, end],
        <[u8]>::starts_with,
    )
}

pub(crate) fn endswith(
    cx: &Cx,
    this: Buffer<'_>,
    suffix: Ref<'_>,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<bool> {
    fits(
        cx,
        this,
        "endswith",
        suffix,
        [start, end],
        <[u8]>::ends_with,
    )
}

/// `item in buffer`
pub(crate) fn contains(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome<bool> {
    let this = Buffer::receiver(this);
    if number::is_index(cx, item) && !is_bytes_like(cx, item) {
        let byte = super::construct::byte(cx, item)?;
        return Ok(this.read(|text| memchr::memchr(byte, text).is_some()));
    }
    let wanted = argument(cx, item)?;
    Ok(this.read(|text| search::find(text, &wanted).is_some()))
}
