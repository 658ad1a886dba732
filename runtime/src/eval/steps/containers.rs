//! Displays: lists, tuples, sets, dicts, strings and slices as they are written.

use crate::eval::cx::Cx;
use crate::eval::frame::Cursor;
use crate::eval::ops::{iterate, subscript};
use crate::eval::{Outcome, Raised, call};
use crate::objects::dict::Dict;
use crate::objects::list::List;
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::refs::{Owned, Ref, items};
use crate::types::{TypeId, set, slice, store};

/// `[start:stop:step]`
pub(in crate::eval) fn build_slice(cx: &Cx, parts: &[Ref<'_>]) -> Outcome {
    let step = parts.get(2).copied().unwrap_or(Ref::NONE);
    Ok(slice::new(cx, parts[0].own(), parts[1].own(), step.own()))
}

/// A tuple of the values at the top, which it takes over.
pub(in crate::eval) fn build_tuple(cx: &Cx, at: &mut Cursor, count: u32) -> Owned {
    cx.tuple_of(at.take_values(count as usize))
}

/// A list of the values at the top, which it takes over.
pub(in crate::eval) fn build_list(cx: &Cx, at: &mut Cursor, count: u32) -> Owned {
    cx.list_of(at.take_values(count as usize))
}

/// Replaces the value at the top by its items, the first on top.
pub(in crate::eval) fn unpack(cx: &Cx, at: &mut Cursor, count: u32) -> Outcome<()> {
    let count = count as usize;
    let value = at.peek(1);
    if let Some(tuple) = value.exact::<Tuple>()
        && tuple.items().len() == count
    {
        let value = at.pop();
        (items(tuple).iter().rev()).for_each(|item| at.push(item.own()));
        value.discard(cx.ts);
        return Ok(());
    }
    let items = iterate::unpack(cx, value, count)?;
    at.pop().discard(cx.ts);
    items.into_iter().rev().for_each(|item| at.push(item));
    Ok(())
}

/// A dict of keys and values in turn.
pub(in crate::eval) fn build_map(cx: &Cx, values: &[Ref<'_>]) -> Outcome {
    let map = cx.dict();
    for pair in values.chunks_exact(2) {
        map_add(cx, map.borrow(), pair[0], pair[1])?;
    }
    Ok(map)
}

pub(in crate::eval) fn map_add(cx: &Cx, map: Ref<'_>, key: Ref<'_>, value: Ref<'_>) -> Outcome<()> {
    match map.downcast::<Dict>() {
        Some(map) => store::dict_set(cx, map, key.own(), value.own()),
        None => Ok(()),
    }
}

/// `{a, b}`
pub(in crate::eval) fn build_set(cx: &Cx, values: &[Ref<'_>]) -> Outcome {
    let made = set::empty(cx);
    for value in values {
        set::add(cx, made.borrow(), *value)?;
    }
    Ok(made)
}

pub(in crate::eval) fn set_add(cx: &Cx, target: Ref<'_>, item: Ref<'_>) -> Outcome<()> {
    set::add(cx, target, item)
}

pub(in crate::eval) fn set_update(cx: &Cx, target: Ref<'_>, items: Ref<'_>) -> Outcome<()> {
    check_star(cx, items)?;
    set::update_from(cx, target, items)
}

/// The strings as one.
pub(in crate::eval) fn join(cx: &Cx, pieces: &[Ref<'_>]) -> Owned {
    let texts = pieces.iter().filter_map(|piece| piece.downcast::<Str>());
    crate::types::str::concat(cx, &texts.collect::<Vec<_>>())
}

pub(in crate::eval) fn append(cx: &Cx, list: Ref<'_>, item: Owned) {
    if let Some(list) = list.downcast::<List>() {
        store::list_append(cx, list, item);
    }
}

fn check_star(cx: &Cx, value: Ref<'_>) -> Outcome<()> {
    if iterate::is_iterable(cx, value) {
        return Ok(());
    }
    let kind = cx.type_name(value);
    Err(cx.type_error(format!("Value after * must be an iterable, not {kind}")))
}

/// `[*value]`
pub(in crate::eval) fn extend_display(cx: &Cx, list: Ref<'_>, value: Ref<'_>) -> Outcome<()> {
    check_star(cx, value)?;
    let items = iterate::row(cx, value)?;
    if let Some(list) = list.downcast::<List>() {
        store::list_extend(cx, list, items);
    }
    Ok(())
}

/// The pairs of a mapping: a dict's, or those that its `keys` names.
fn pairs(cx: &Cx, source: Ref<'_>) -> Outcome<Option<Vec<(Owned, Owned)>>> {
    if let Some(dict) = source.exact::<Dict>() {
        return Ok(Some(store::dict_entries(cx, dict)));
    }
    let name = cx.world().names.keys();
    let Some(keys) = crate::eval::ops::attribute::find(cx, source, name)? else {
        return Ok(None);
    };
    let keys = cx.call(keys.borrow(), crate::eval::Args::NONE)?;
    let mut pairs = Vec::new();
    iterate::each(cx, keys.borrow(), |key| {
        let value = subscript::get(cx, source, key.borrow())?;
        pairs.push((key, value));
        Ok(())
    })?;
    Ok(Some(pairs))
}

/// `{**source}`
pub(in crate::eval) fn dict_update(cx: &Cx, map: Ref<'_>, source: Ref<'_>) -> Outcome<()> {
    let Some(pairs) = pairs(cx, source)? else {
        let kind = cx.type_name(source);
        return Err(cx.type_error(format!("'{kind}' object is not a mapping")));
    };
    for (key, value) in pairs {
        map_add(cx, map, key.borrow(), value.borrow())?;
    }
    Ok(())
}

/// `f(**source)`
pub(in crate::eval) fn dict_merge(
    cx: &Cx,
    map: Ref<'_>,
    function: Ref<'_>,
    source: Ref<'_>,
) -> Outcome<()> {
    let Some(pairs) = pairs(cx, source)? else {
        return Err(call::not_a_mapping(cx, function, source));
    };
    let target = map
        .downcast::<Dict>()
        .expect("keyword arguments are a dict");
    for (key, value) in pairs {
        if !cx.is_instance(key.borrow(), TypeId::Str) {
            return Err(cx.type_error("keywords must be strings"));
        }
        if store::dict_contains(cx, target, key.borrow())? {
            return Err(repeated(cx, function, key.borrow()));
        }
        store::dict_set(cx, target, key, value)?;
    }
    Ok(())
}

#[cold]
fn repeated(cx: &Cx, function: Ref<'_>, key: Ref<'_>) -> Raised {
    let name = call::display_name(cx, function);
    let text = cx.text_of(key);
    cx.type_error(format!(
        "{name} got multiple values for keyword argument '{text}'"
    ))
}
