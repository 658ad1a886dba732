//! The methods of `str` that take apart, put together and replace.

use std::ops::Range;

use super::{CHARS, exact, slice};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::objects::str::{self, Str};
use crate::refs::{Owned, Ref};
use crate::text::search;
use crate::types::store;

/// A limit of cuts or replacements: negative is none.
pub(super) fn limit(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The texts of the items of `join`.
fn texts<'a>(cx: &Cx, all: &'a [Owned]) -> Outcome<Vec<&'a Str>> {
    let text = |(place, item): (usize, &'a Owned)| {
        item.borrow().downcast::<Str>().ok_or_else(|| {
            let kind = cx.type_name(item.borrow());
            cx.type_error(format!(
                "sequence item {place}: expected str instance, {kind} found"
            ))
        })
    };
    all.iter().enumerate().map(text).collect()
}

pub(super) fn join(cx: &Cx, this: &Str, iterable: Ref<'_>) -> Outcome {
    let all = iterate::sequence(cx, iterable, "can only join an iterable")?;
    if let [one] = &all[..]
        && one.borrow().exact::<Str>().is_some()
    {
        return Ok(one.clone());
    }
    joined(cx, this, &texts(cx, &all)?)
}

/// Texts with a separator between them.
fn joined(cx: &Cx, separator: &Str, texts: &[&Str]) -> Outcome {
    let mut parts = Vec::with_capacity(texts.len() * 2);
    for (place, text) in texts.iter().enumerate() {
        if place > 0 && !separator.is_empty() {
            parts.push(separator);
        }
        parts.push(text);
    }
    let bytes = parts
        .iter()
        .try_fold(0_usize, |sum, part| sum.checked_add(part.as_bytes().len()));
    cx.room_for(bytes)?;
    Ok(concat(cx, &parts))
}

/// Strings one behind the other.
pub(crate) fn concat(cx: &Cx, parts: &[&Str]) -> Owned {
    if parts.iter().any(|part| part.has_surrogates()) {
        let bytes: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
        return cx.wtf8(&bytes.concat());
    }
    let chars = parts.iter().map(|part| part.len()).sum();
    match (chars, parts) {
        (0 | 1, _) => cx.str(&parts.iter().map(|part| part.as_str()).collect::<String>()),
        (_, [left, right]) => store::str_joined(cx, &[left.as_str(), right.as_str()], chars),
        _ => {
            let texts: Vec<&str> = parts.iter().map(|part| part.as_str()).collect();
            store::str_joined(cx, &texts, chars)
        }
    }
}

/// Strings of parts.
fn pieces(cx: &Cx, this: &Str, ranges: Vec<Range<usize>>) -> Vec<Owned> {
    let piece = |range| slice(cx, this, range);
    ranges.into_iter().map(piece).collect()
}

/// A separator; nothing for white space.
fn separator<'a>(cx: &Cx, given: Ref<'a>) -> Outcome<Option<&'a [u8]>> {
    let Some(given) = given.not_none() else {
        return Ok(None);
    };
    match given.downcast::<Str>() {
        Some(given) if given.is_empty() => Err(cx.value_error("empty separator")),
        Some(given) => Ok(Some(given.as_bytes())),
        None => {
            let kind = cx.type_name(given);
            Err(cx.type_error(format!("must be str or None, not {kind}")))
        }
    }
}

pub(super) fn split(cx: &Cx, this: &Str, given: Ref<'_>, most: i64) -> Outcome<Vec<Owned>> {
    let text = this.as_bytes();
    let ranges = match separator(cx, given)? {
        Some(separator) => search::split(text, separator, limit(most)),
        None => search::split_space(text, limit(most), CHARS),
    };
    Ok(pieces(cx, this, ranges))
}

pub(super) fn rsplit(cx: &Cx, this: &Str, given: Ref<'_>, most: i64) -> Outcome<Vec<Owned>> {
    let text = this.as_bytes();
    let ranges = match separator(cx, given)? {
        Some(separator) => search::rsplit(text, separator, limit(most)),
        None => search::rsplit_space(text, limit(most), CHARS),
    };
    Ok(pieces(cx, this, ranges))
}

pub(super) fn splitlines(cx: &Cx, this: &Str, keep_ends: bool) -> Vec<Owned> {
    let ranges = search::split_lines(this.as_bytes(), keep_ends, CHARS);
    pieces(cx, this, ranges)
}

/// What `partition` gives: the string itself at one end when nothing was found.
fn parted(cx: &Cx, this: Ref<'_>, found: Option<[Range<usize>; 3]>, at_front: bool) -> Owned {
    let none = || cx.str("");
    let all = match (found, at_front) {
        (Some(ranges), _) => pieces(cx, this.layout(), ranges.into()),
        (None, true) => vec![exact(cx, this), none(), none()],
        (None, false) => vec![none(), none(), exact(cx, this)],
    };
    cx.tuple(all)
}

fn not_empty(cx: &Cx, separator: &Str) -> Outcome<()> {
    match separator.is_empty() {
        true => Err(cx.value_error("empty separator")),
        false => Ok(()),
    }
}

pub(super) fn partition(cx: &Cx, this: Ref<'_>, sep: Ref<'_>) -> Outcome {
    let (text, sep) = (this.layout::<Str>(), parting(cx, sep)?);
    not_empty(cx, sep)?;
    let found = search::partition(text.as_bytes(), sep.as_bytes());
    Ok(parted(cx, this, found, true))
}

pub(super) fn rpartition(cx: &Cx, this: Ref<'_>, sep: Ref<'_>) -> Outcome {
    let (text, sep) = (this.layout::<Str>(), parting(cx, sep)?);
    not_empty(cx, sep)?;
    let found = search::rpartition(text.as_bytes(), sep.as_bytes());
    Ok(parted(cx, this, found, false))
}

fn parting<'a>(cx: &Cx, sep: Ref<'a>) -> Outcome<&'a Str> {
    sep.downcast::<Str>().ok_or_else(|| {
        let kind = cx.type_name(sep);
        cx.type_error(format!("must be str, not {kind}"))
    })
}

pub(super) fn removeprefix(cx: &Cx, this: Ref<'_>, prefix: &Str) -> Owned {
    let string = this.layout::<Str>();
    match string.as_bytes().strip_prefix(prefix.as_bytes()) {
        Some(rest) if !prefix.is_empty() => cx.wtf8(rest),
        _ => exact(cx, this),
    }
}

pub(super) fn removesuffix(cx: &Cx, this: Ref<'_>, suffix: &Str) -> Owned {
    let string = this.layout::<Str>();
    match string.as_bytes().strip_suffix(suffix.as_bytes()) {
        Some(rest) if !suffix.is_empty() => cx.wtf8(rest),
        _ => exact(cx, this),
    }
}

pub(super) fn replace(cx: &Cx, this: Ref<'_>, old: &Str, new: &Str, count: i64) -> Outcome {
    let text = this.layout::<Str>().as_bytes();
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let times = search::count(text, old, CHARS).min(limit(count));
    if times == 0 {
        return Ok(exact(cx, this));
    }
    let growth = new.len().saturating_sub(old.len()).checked_mul(times);
    cx.room_for(growth.and_then(|growth| growth.checked_add(text.len())))?;
    Ok(cx.wtf8(&search::replace(text, old, new, limit(count), CHARS)))
}

fn stripped(
    cx: &Cx,
    name: &str,
    this: Ref<'_>,
    chars: Ref<'_>,
    left: bool,
    right: bool,
) -> Outcome {
    let string = this.layout::<str::Str>();
    let text = string.as_bytes();
    let range = match (chars.not_none(), chars.downcast::<Str>()) {
        (None, _) => search::strip(text, left, right, CHARS),
        (_, Some(set)) => search::strip_set(text, set.as_bytes(), left, right, CHARS),
        _ => return Err(cx.type_error(format!("{name} arg must be None or str"))),
    };
    match range.len() == text.len() {
        true => Ok(exact(cx, this)),
        false => Ok(slice(cx, string, range)),
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
