//! Parts and joins.

use std::ops::Range;

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::refs::{Owned, Ref};
use crate::text::search;

use super::cases::BYTES;
use super::{Buffer, Data, data};

/// A limit of cuts or replacements, of which a negative one is none.
fn limit(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Objects of the parts that `cut` finds.
fn parts(cx: &Cx, this: Buffer<'_>, cut: impl FnOnce(&[u8]) -> Vec<Range<usize>>) -> Vec<Owned> {
    let copied = this.read(|text| {
        let ranges = cut(text).into_iter();
        ranges.map(|range| text[range].to_vec()).collect::<Vec<_>>()
    });
    copied.into_iter().map(|part| this.make(cx, part)).collect()
}

/// A separator that is not empty.
fn checked<'a>(cx: &Cx, separator: Data<'a>) -> Outcome<Data<'a>> {
    match separator.is_empty() {
        true => Err(cx.value_error("empty separator")),
        false => Ok(separator),
    }
}

pub(crate) fn split(
    cx: &Cx,
    this: Buffer<'_>,
    sep: Option<Data<'_>>,
    most: i64,
) -> Outcome<Vec<Owned>> {
    let sep = sep.map(|sep| checked(cx, sep)).transpose()?;
    Ok(parts(cx, this, |text| match &sep {
        Some(sep) => search::split(text, sep, limit(most)),
        None => search::split_space(text, limit(most), BYTES),
    }))
}

pub(crate) fn rsplit(
    cx: &Cx,
    this: Buffer<'_>,
    sep: Option<Data<'_>>,
    most: i64,
) -> Outcome<Vec<Owned>> {
    let sep = sep.map(|sep| checked(cx, sep)).transpose()?;
    Ok(parts(cx, this, |text| match &sep {
        Some(sep) => search::rsplit(text, sep, limit(most)),
        None => search::rsplit_space(text, limit(most), BYTES),
    }))
}

pub(crate) fn splitlines(cx: &Cx, this: Buffer<'_>, keep_ends: bool) -> Vec<Owned> {
    parts(cx, this, |text| search::split_lines(text, keep_ends, BYTES))
}

pub(crate) fn partition(cx: &Cx, this: Buffer<'_>, sep: Data<'_>) -> Outcome {
    let sep = checked(cx, sep)?;
    let three = parts(cx, this, |text| {
        let all = || [0..text.len(), 0..0, 0..0];
        search::partition(text, &sep).unwrap_or_else(all).into()
    });
    Ok(cx.tuple(three))
}

pub(crate) fn rpartition(cx: &Cx, this: Buffer<'_>, sep: Data<'_>) -> Outcome {
    let sep = checked(cx, sep)?;
    let three = parts(cx, this, |text| {
        let all = || [0..0, 0..0, 0..text.len()];
        search::rpartition(text, &sep).unwrap_or_else(all).into()
    });
    Ok(cx.tuple(three))
}

pub(crate) fn replace(
    cx: &Cx,
    this: Buffer<'_>,
    old: Data<'_>,
    new: Data<'_>,
    most: i64,
) -> Outcome {
    let most = limit(most);
    let times = this.read(|text| search::count(text, &old, BYTES)).min(most);
    cx.room_for(times.checked_mul(new.len()))?;
    Ok(this.map(cx, |text| search::replace(text, &old, &new, most, BYTES)))
}

pub(crate) fn join(cx: &Cx, this: Buffer<'_>, iterable: Ref<'_>) -> Outcome {
    let all = iterate::sequence(cx, iterable, "can only join an iterable")?;
    let separator = this.read(<[u8]>::to_vec);
    let mut out = Vec::new();
    for (place, item) in all.iter().enumerate() {
        if place > 0 {
            out.extend_from_slice(&separator);
        }
        let Some(data) = data(cx, item.borrow())? else {
            let kind = cx.type_name(item.borrow());
            return Err(cx.type_error(format!(
                "sequence item {place}: expected a bytes-like object, {kind} found"
            )));
        };
        out.extend_from_slice(&data);
    }
    Ok(this.make(cx, out))
}

pub(crate) fn translate(
    cx: &Cx,
    this: Buffer<'_>,
    table: Option<Data<'_>>,
    delete: Option<Data<'_>>,
) -> Outcome {
    if table.as_ref().is_some_and(|table| table.len() != 256) {
        return Err(cx.value_error("translation table must be 256 characters long"));
    }
    let deleted = delete.as_deref().unwrap_or_default();
    let mut is_deleted = [false; 256];
    deleted
        .iter()
        .for_each(|byte| is_deleted[usize::from(*byte)] = true);
    let mapped = |byte: &u8| match &table {
        Some(table) => table[usize::from(*byte)],
        None => *byte,
    };
    Ok(this.map(cx, |text| {
        let kept = text.iter().filter(|byte| !is_deleted[usize::from(**byte)]);
        kept.map(mapped).collect()
    }))
}

/// `maketrans`: a table in which the bytes of one row stand at the places of another.
pub(crate) fn maketrans(cx: &Cx, from: Data<'_>, to: Data<'_>) -> Outcome {
    if from.len() != to.len() {
        return Err(cx.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.iter().zip(to.iter()) {
        table[usize::from(*from)] = *to;
    }
    Ok(crate::types::bytes::from_vec(cx, table))
}
