//! Slices: the positions that they select.

use crate::eval::Outcome;
use crate::eval::context::Context;
use crate::eval::other::Other;
use crate::objects::int;
use crate::objects::list::{self, List};
use crate::objects::str::Str;
use crate::objects::value::Value;

/// The positions that a slice selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    pub(crate) start: i64,
    pub(crate) stop: i64,
    pub(crate) step: i64,
    pub(crate) count: usize,
}

impl Selection {
    /// The positions in their order.
    pub(crate) fn positions(self) -> impl Iterator<Item = usize> {
        (0..self.count as i64).map(move |index| (self.start + index * self.step) as usize)
    }
}

/// Clamps a bound to a sequence; a bound beyond 64 bits is clamped to its sign first.
fn bound(
    cx: &mut Context<'_>,
    value: Value,
    length: i64,
    (low, high): (i64, i64),
    default: i64,
) -> Outcome<i64> {
    if value.is_none() {
        return Ok(default);
    }
    let Some(big) = int::to_big(&value) else {
        let message = "slice indices must be integers or None or have an __index__ method";
        return Err(cx.type_error(message));
    };
    let clamped = match i64::try_from(&*big) {
        Ok(small) => small,
        Err(_) if big.sign() == num_bigint::Sign::Minus => i64::MIN / 2,
        Err(_) => i64::MAX / 2,
    };
    let position = if clamped < 0 {
        clamped.saturating_add(length)
    } else {
        clamped
    };
    Ok(position.clamp(low, high))
}

/// The positions that a slice object selects in a sequence of some length.
pub(crate) fn select(cx: &mut Context<'_>, slice: &Other, length: usize) -> Outcome<Selection> {
    let Other::Slice { start, stop, step } = slice else {
        return Ok(Selection {
            start: 0,
            stop: 0,
            step: 1,
            count: 0,
        });
    };
    let step = match step.is_none() {
        true => 1,
        false => bound(cx, *step, 0, (i64::MIN / 2, i64::MAX / 2), 1)?,
    };
    if step == 0 {
        return Err(cx.value_error("slice step cannot be zero"));
    }
    let length = length as i64;
    let limits = if step > 0 {
        (0, length)
    } else {
        (-1, length - 1)
    };
    let (first, last) = if step > 0 {
        limits
    } else {
        (limits.1, limits.0)
    };
    let start = bound(cx, *start, length, limits, first)?;
    let stop = bound(cx, *stop, length, limits, last)?;
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance <= 0 {
        0
    } else {
        ((distance - 1) / step.abs() + 1) as usize
    };
    Ok(Selection {
        start,
        stop,
        step,
        count,
    })
}

pub(super) fn slice_of(key: &Value) -> Option<&Other> {
    Other::of(key).filter(|other| matches!(other, Other::Slice { .. }))
}

pub(super) fn pick_text(text: &Str, selection: Selection) -> String {
    if selection.step == 1 {
        let start = selection.start as usize;
        if text.is_ascii() {
            return text.as_str()[start..start + selection.count].to_owned();
        }
        return text
            .as_str()
            .chars()
            .skip(start)
            .take(selection.count)
            .collect();
    }
    let characters: Vec<char> = text.as_str().chars().collect();
    selection
        .positions()
        .map(|position| characters[position])
        .collect()
}

pub(super) fn delete_positions(cx: &Context<'_>, list: &List, selection: Selection) {
    let mut gone: Vec<usize> = selection.positions().collect();
    gone.sort_unstable();
    list::rewrite(cx.ts, list, |items| {
        let all = std::mem::take(items);
        let mut removed = Vec::new();
        for (position, item) in all.into_iter().enumerate() {
            let target = if gone.binary_search(&position).is_ok() {
                &mut removed
            } else {
                &mut *items
            };
            target.push(item);
        }
        removed
    });
}
