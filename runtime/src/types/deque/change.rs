//! What changes a deque.

use super::{all, of, out_of_range, own, place, put, subscript};
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::objects::deque::{self as ring, Deque, End};
use crate::refs::{Owned, Ref};

pub(super) fn extend(cx: &Cx, deque: &Deque, iterable: Ref<'_>) -> Outcome<()> {
    each(cx, deque, End::Right, iterable)
}

pub(super) fn extendleft(cx: &Cx, deque: &Deque, iterable: Ref<'_>) -> Outcome<()> {
    each(cx, deque, End::Left, iterable)
}

/// Adds the items one by one; others wait until the last one, as long as nothing gives the lock up.
fn each(cx: &Cx, deque: &Deque, end: End, iterable: Ref<'_>) -> Outcome<()> {
    let is_itself = iterable
        .downcast::<Deque>()
        .is_some_and(|other| std::ptr::eq(other, deque));
    if is_itself {
        for item in all(cx, deque) {
            ring::push(cx.ts, deque, end, item.into_value());
        }
        return Ok(());
    }
    ring::within(cx.ts, deque, || {
        iterate::each(cx, iterable, |item| {
            ring::push(cx.ts, deque, end, item.into_value());
            Ok(())
        })
    })
}

pub(super) fn clear(cx: &Cx, deque: &Deque) {
    let gone = ring::change(cx.ts, deque, std::mem::take);
    gone.into_iter().map(own).for_each(drop);
}

pub(super) fn reverse(cx: &Cx, deque: &Deque) {
    ring::change(cx.ts, deque, |items| items.make_contiguous().reverse());
}

pub(super) fn rotate(cx: &Cx, deque: &Deque, count: i64) {
    ring::change(cx.ts, deque, |items| {
        let len = items.len();
        if len > 1 {
            items.rotate_right(count.rem_euclid(len as i64) as usize);
        }
    });
}

pub(super) fn insert(cx: &Cx, deque: &Deque, index: i64, item: Owned) -> Outcome<()> {
    let most = ring::most(cx.ts, deque);
    let mut item = Some(item);
    ring::change(cx.ts, deque, |items| {
        let len = items.len();
        if most.is_none_or(|most| len < most) {
            let index = if index < 0 { index + len as i64 } else { index };
            let index = index.clamp(0, len as i64) as usize;
            items.extend(item.take().map(Owned::into_value));
            items.make_contiguous()[index..].rotate_right(1);
        }
    });
    match item {
        None => Ok(()),
        Some(_) => Err(cx.index_error("deque already at its maximum size")),
    }
}

pub(super) fn remove(cx: &Cx, deque: &Deque, value: Ref<'_>) -> Outcome<()> {
    let gone = ring::within(cx.ts, deque, || {
        let version = ring::version(cx.ts, deque);
        let found = super::find(cx, deque, (0, usize::MAX), value);
        if ring::version(cx.ts, deque) != version {
            return Err(cx.index_error("deque mutated during iteration"));
        }
        Ok(found?.and_then(|place| ring::change(cx.ts, deque, |items| items.remove(place))))
    })?;
    match gone {
        Some(gone) => {
            drop(own(gone));
            Ok(())
        }
        None => Err(super::not_there(cx, value)),
    }
}

pub(super) fn set_item(
    cx: &Cx,
    this: Ref<'_>,
    key: Ref<'_>,
    value: Option<Ref<'_>>,
) -> Outcome<()> {
    let index = subscript(cx, key)?;
    let mut value = value.map(Ref::own);
    let gone = ring::change(cx.ts, of(this), |items| {
        let place = place(index, items.len())?;
        match value.take() {
            Some(value) => Some(std::mem::replace(&mut items[place], value.into_value())),
            None => items.remove(place),
        }
    });
    match gone.map(own) {
        Some(_) => Ok(()),
        None => Err(out_of_range(cx)),
    }
}

/// A deque of the same class and length at most, with items.
fn like(cx: &Cx, this: Ref<'_>, items: Vec<Owned>) -> Outcome {
    let made = super::copy(cx, this)?;
    clear(cx, of(made.borrow()));
    put(cx, made.borrow(), items);
    Ok(made)
}

pub(super) fn add(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let Some(one) = left.downcast::<Deque>() else {
        return Ok(Owned::not_implemented());
    };
    let Some(other) = right.downcast::<Deque>() else {
        let kind = cx.type_name(right);
        let message = format!("can only concatenate deque (not \"{kind}\") to deque");
        return Err(cx.type_error(message));
    };
    let mut items = all(cx, one);
    items.extend(all(cx, other));
    like(cx, left, items)
}

pub(super) fn in_place_add(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    extend(cx, of(left), right)?;
    Ok(left.own())
}

/// The items so many times one after the other, as far as there is room for them.
fn repeated(cx: &Cx, deque: &Deque, count: i64) -> Outcome<Vec<Owned>> {
    let items = all(cx, deque);
    let count = usize::try_from(count).unwrap_or(0);
    let len = items.len().checked_mul(count);
    let most = ring::most(cx.ts, deque);
    if most.is_none() {
        cx.room_for(len.and_then(|len| len.checked_mul(size_of::<Owned>())))?;
    }
    let len = len.unwrap_or(usize::MAX);
    let over = most.map_or(0, |most| len.saturating_sub(most));
    let places = over..len;
    let shift = items.len();
    Ok(places.map(|place| items[place % shift].clone()).collect())
}

/// The number that a sequence is repeated by; nothing for what is none.
fn times(cx: &Cx, value: Ref<'_>) -> Outcome<Option<i64>> {
    match number::is_index(cx, value) {
        true => number::position(cx, value).map(Some),
        false => Ok(None),
    }
}

pub(super) fn multiply(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (this, count) = match left.downcast::<Deque>() {
        Some(_) => (left, right),
        None => (right, left),
    };
    match times(cx, count)? {
        Some(count) => like(cx, this, repeated(cx, of(this), count)?),
        None => {
            let kind = cx.type_name(count);
            Err(cx.type_error(format!(
                "can't multiply sequence by non-int of type '{kind}'"
            )))
        }
    }
}

pub(super) fn in_place_multiply(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let Some(count) = times(cx, right)? else {
        let kind = cx.type_name(right);
        let message = format!("can't multiply sequence by non-int of type '{kind}'");
        return Err(cx.type_error(message));
    };
    let deque = of(left);
    let items = repeated(cx, deque, count)?;
    let values = crate::refs::into_values(items);
    let gone = ring::change(cx.ts, deque, |old| std::mem::replace(old, values.into()));
    gone.into_iter().map(own).for_each(drop);
    Ok(left.own())
}
