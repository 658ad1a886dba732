//! The methods of `str` that search.

use std::ops::Range;

use super::CHARS;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::number;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Ref, items};
use crate::text::search;

/// The characters between two optional places; nothing if the first is behind the end.
fn span(cx: &Cx, len: usize, start: Ref<'_>, end: Ref<'_>) -> Outcome<Option<Range<usize>>> {
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

/// The bytes of a string to search in, with their offset.
fn part<'a>(
    cx: &Cx,
    this: &'a Str,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<Option<(&'a [u8], usize)>> {
    if start.is_none() && end.is_none() {
        return Ok(Some((this.as_bytes(), 0)));
    }
    let span = span(cx, this.len(), start, end)?;
    Ok(span.map(|span| {
        let from = this.offset(cx.ts, span.start);
        (&this.as_bytes()[from..this.offset(cx.ts, span.end)], from)
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
    let at = how(text, wanted.as_bytes());
    Ok(at.map(|at| this.index(cx.ts, from + at)))
}

/// Declares a search that answers -1 and one that raises.
macro_rules! searches {
    ($($find:ident $index:ident)*) => {
        $(pub(super) fn $find(
            cx: &Cx,
            this: &Str,
            sub: &Str,
            start: Ref<'_>,
            end: Ref<'_>,
        ) -> Outcome<i64> {
            let at = seek(cx, this, sub, [start, end], search::$find)?;
            Ok(at.map_or(-1, |at| at as i64))
        }

        pub(super) fn $index(
            cx: &Cx,
            this: &Str,
            sub: &Str,
            start: Ref<'_>,
            end: Ref<'_>,
        ) -> Outcome<usize> {
            let at = seek(cx, this, sub, [start, end], search::$find)?;
            at.ok_or_else(|| cx.value_error("substring not found"))
        })*
    };
}

searches! {
    find index
    rfind rindex
}

pub(super) fn count(
    cx: &Cx,
    this: &Str,
    sub: &Str,
    start: Ref<'_>,
    end: Ref<'_>,
) -> Outcome<usize> {
    let part = part(cx, this, start, end)?;
    Ok(part.map_or(0, |(text, _)| search::count(text, sub.as_bytes(), CHARS)))
}

/// Whether one of some affixes fits.
fn fits(
    cx: &Cx,
    name: &str,
    wanted: Ref<'_>,
    text: Option<&[u8]>,
    fits: fn(&[u8], &[u8]) -> bool,
) -> Outcome<bool> {
    if let Some(one) = wanted.downcast::<Str>() {
        return Ok(text.is_some_and(|text| fits(text, one.as_bytes())));
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
        if text.is_some_and(|text| fits(text, one.as_bytes())) {
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
