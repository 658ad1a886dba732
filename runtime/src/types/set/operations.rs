//! What is made of several sets, by methods and operators.
//!
//! Results are plain sets or frozensets, as the first operand is one or the other. What is done with two sets, or with a
//! set and a dict, is done at one moment of both; from another iterable the keys come while others wait for the set. A
//! method with several arguments takes them one after the other.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::iterate;
use crate::objects::dict::Dict;
use crate::objects::set::Set;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::store as containers;

use super::{any, of, store};

/// Does something with each key of a set, a dict or any iterable.
fn each(cx: &Cx, source: Ref<'_>, mut body: impl FnMut(Owned) -> Outcome<()>) -> Outcome<()> {
    if let Some(set) = any(source) {
        return store::entries(cx, set).into_iter().try_for_each(body);
    }
    if let Some(dict) = source.exact::<Dict>() {
        let mut keys = containers::dict_entries(cx, dict).into_iter();
        return keys.try_for_each(|(key, _)| body(key));
    }
    iterate::each(cx, source, body)
}

/// Whether something holds for every key of an iterable that is no set.
fn all(cx: &Cx, source: Ref<'_>, mut holds: impl FnMut(Ref<'_>) -> Outcome<bool>) -> Outcome<bool> {
    let iterator = iterate::iter(cx, source)?;
    while let Some(key) = iterate::next(cx, iterator.borrow())? {
        if !holds(key.borrow())? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// An empty set of the kind of another.
fn like(cx: &Cx, set: &Set) -> Owned {
    match set.is_frozen() {
        true => store::new_frozen(cx),
        false => store::new(cx),
    }
}

fn copy_like(cx: &Cx, set: &Set) -> Owned {
    match set.is_frozen() {
        true => store::copy_frozen(cx, set),
        false => store::copy(cx, set),
    }
}

fn arguments(others: Ref<'_>) -> &[Ref<'_>] {
    others.downcast::<Tuple>().map_or(&[], items)
}

/// Adds every key of an iterable.
pub(super) fn merge(cx: &Cx, set: &Set, source: Ref<'_>) -> Outcome<()> {
    if let Some(other) = any(source) {
        return store::update(cx, set, other);
    }
    store::within(cx, set, source, || {
        if let Some(dict) = source.exact::<Dict>() {
            store::reserve(cx, set, dict.len());
        }
        each(cx, source, |key| store::add(cx, set, key).map(drop))
    })
}

pub(super) fn update(cx: &Cx, set: &Set, others: Ref<'_>) -> Outcome<()> {
    arguments(others)
        .iter()
        .try_for_each(|other| merge(cx, set, *other))
}

pub(super) fn union(cx: &Cx, set: &Set, others: Ref<'_>) -> Outcome {
    let made = copy_like(cx, set);
    update(cx, of(made.borrow()), others)?;
    Ok(made)
}

/// The keys of both.
fn common(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome {
    store::within(cx, set, other, || common_now(cx, set, other))
}

/// Of two sets, the larger one is asked for the keys of the smaller.
fn common_now(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome {
    let made = like(cx, set);
    let target = of(made.borrow());
    let keep = |asked: &Set, key: Owned| match store::contains(cx, asked, key.borrow())? {
        true => store::add(cx, target, key).map(drop),
        false => Ok(()),
    };
    match any(other) {
        Some(other) if other.len() > set.len() => {
            let mut keys = store::entries(cx, set).into_iter();
            keys.try_for_each(|key| keep(other, key))?;
        }
        _ => each(cx, other, |key| keep(set, key))?,
    }
    Ok(made)
}

pub(super) fn intersection(cx: &Cx, set: &Set, others: Ref<'_>) -> Outcome {
    let Some((first, rest)) = arguments(others).split_first() else {
        return Ok(copy_like(cx, set));
    };
    let made = common(cx, set, *first)?;
    rest.iter()
        .try_fold(made, |made, other| common(cx, of(made.borrow()), *other))
}

pub(super) fn intersection_update(cx: &Cx, set: &Set, others: Ref<'_>) -> Outcome<()> {
    match arguments(others) {
        [] => Ok(()),
        [only] => keep_common(cx, set, *only),
        [first, ..] => store::within(cx, set, *first, || {
            let kept = intersection(cx, set, others)?;
            store::replace(cx, set, of(kept.borrow()));
            Ok(())
        }),
    }
}

/// Keeps the keys that another iterable has too.
fn keep_common(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome<()> {
    store::within(cx, set, other, || {
        let kept = common_now(cx, set, other)?;
        store::replace(cx, set, of(kept.borrow()));
        Ok(())
    })
}

/// Removes every key of an iterable.
fn remove_all(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome<()> {
    if any(other).is_some_and(|other| std::ptr::eq(other, set)) {
        store::clear(cx, set);
        return Ok(());
    }
    store::within(cx, set, other, || {
        each(cx, other, |key| {
            store::discard(cx, set, key.borrow()).map(drop)
        })
    })
}

/// The keys of `set` that are not in `other`.
fn without(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome {
    store::within(cx, set, other, || without_now(cx, set, other))
}

fn without_now(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome {
    let by_set = any(other);
    let by_dict = other.exact::<Dict>();
    let len = by_set
        .map(Set::len)
        .or_else(|| by_dict.map(|dict| dict.len()));
    if len.is_none_or(|len| set.len() / 4 > len) {
        let made = copy_like(cx, set);
        each(cx, other, |key| {
            store::discard(cx, of(made.borrow()), key.borrow()).map(drop)
        })?;
        return Ok(made);
    }
    let made = like(cx, set);
    for key in store::entries(cx, set) {
        let found = match (by_set, by_dict) {
            (Some(other), _) => store::contains(cx, other, key.borrow())?,
            (_, Some(other)) => containers::dict_contains(cx, other, key.borrow())?,
            _ => false,
        };
        if !found {
            store::add(cx, of(made.borrow()), key)?;
        }
    }
    Ok(made)
}

pub(super) fn difference(cx: &Cx, set: &Set, others: Ref<'_>) -> Outcome {
    let Some((first, rest)) = arguments(others).split_first() else {
        return Ok(copy_like(cx, set));
    };
    let made = without(cx, set, *first)?;
    for other in rest {
        remove_all(cx, of(made.borrow()), *other)?;
    }
    Ok(made)
}

pub(super) fn difference_update(cx: &Cx, set: &Set, others: Ref<'_>) -> Outcome<()> {
    arguments(others)
        .iter()
        .try_for_each(|other| remove_all(cx, set, *other))
}

/// Removes those of the keys that the set has, and adds the others.
fn toggle_all(cx: &Cx, set: &Set, keys: Vec<Owned>) -> Outcome<()> {
    for key in keys {
        if !store::discard(cx, set, key.borrow())? {
            store::add(cx, set, key)?;
        }
    }
    Ok(())
}

/// A new set of every key of an iterable, of the kind of another set.
fn collected(cx: &Cx, set: &Set, source: Ref<'_>) -> Outcome {
    let made = like(cx, set);
    merge(cx, of(made.borrow()), source)?;
    Ok(made)
}

pub(super) fn symmetric_difference(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome {
    let (made, ours) = store::within(cx, set, other, || {
        let made = match any(other) {
            Some(other) if set.is_frozen() => store::copy_frozen(cx, other),
            Some(other) => store::copy(cx, other),
            None => collected(cx, set, other)?,
        };
        Ok((made, store::entries(cx, set)))
    })?;
    toggle_all(cx, of(made.borrow()), ours)?;
    Ok(made)
}

pub(super) fn symmetric_difference_update(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome<()> {
    if any(other).is_some_and(|other| std::ptr::eq(other, set)) {
        store::clear(cx, set);
        return Ok(());
    }
    store::within(cx, set, other, || {
        let keys = match any(other) {
            Some(other) => store::entries(cx, other),
            None => store::entries(cx, of(collected(cx, set, other)?.borrow())),
        };
        toggle_all(cx, set, keys)
    })
}

pub(super) fn is_disjoint(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome<bool> {
    match any(other) {
        Some(other) if other.len() > set.len() => store::is_disjoint(cx, set, other),
        Some(other) => store::is_disjoint(cx, other, set),
        None => all(cx, other, |key| Ok(!store::contains(cx, set, key)?)),
    }
}

pub(super) fn is_subset(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome<bool> {
    match any(other) {
        Some(other) => store::is_subset(cx, set, other),
        None => Ok(of(common(cx, set, other)?.borrow()).len() == set.len()),
    }
}

pub(super) fn is_superset(cx: &Cx, set: &Set, other: Ref<'_>) -> Outcome<bool> {
    match any(other) {
        Some(other) => store::is_subset(cx, other, set),
        None => all(cx, other, |key| store::contains(cx, set, key)),
    }
}

/// Operators, which want sets on both sides.
macro_rules! operators {
    ($($name:ident: $cx:ident, $left:ident, $right:ident => $result:expr;)*) => {
        $(pub(super) fn $name($cx: &Cx, left: Ref<'_>, $right: Ref<'_>) -> Outcome {
            match (any(left), any($right)) {
                (Some($left), Some(_)) => $result,
                _ => Ok(Owned::not_implemented()),
            }
        })*
    };
}

operators! {
    or: cx, left, right => {
        let (made, keys) = store::within(cx, left, right, || {
            let keys = any(right).map_or_else(Vec::new, |right| store::entries(cx, right));
            (copy_like(cx, left), keys)
        });
        store::reserve(cx, of(made.borrow()), keys.len());
        for key in keys {
            store::add(cx, of(made.borrow()), key)?;
        }
        Ok(made)
    };
    and: cx, left, right => common(cx, left, right);
    subtract: cx, left, right => without(cx, left, right);
    xor: cx, left, right => symmetric_difference(cx, left, right);
}

/// In-place operators of sets, which give the set itself.
macro_rules! in_place {
    ($($name:ident: $cx:ident, $set:ident, $other:ident => $change:expr;)*) => {
        $(pub(super) fn $name($cx: &Cx, this: Ref<'_>, $other: Ref<'_>) -> Outcome {
            if any($other).is_none() {
                return Ok(Owned::not_implemented());
            }
            let $set = of(this);
            $change?;
            Ok(this.own())
        })*
    };
}

in_place! {
    in_place_or: cx, set, other => merge(cx, set, other);
    in_place_and: cx, set, other => keep_common(cx, set, other);
    in_place_subtract: cx, set, other => remove_all(cx, set, other);
    in_place_xor: cx, set, other => symmetric_difference_update(cx, set, other);
}
