//! Items and slices: `container[key]`, its assignment and deletion, and `item in container`.

mod selection;

use crate::eval::context::Context;
use crate::eval::convert;
use crate::eval::iterator::{self, Next};
use crate::eval::operators::range_item;
use crate::eval::other::{Other, Part};
use crate::eval::types::{TypeId, type_name};
use crate::eval::{Outcome, Raised};
use crate::objects::compare;
use crate::objects::dict::{self, Dict};
use crate::objects::int;
use crate::objects::list::{self, List};
use crate::objects::range::{self, Range};
use crate::objects::str::Str;
use crate::objects::tuple::Tuple;
use crate::objects::value::Value;

pub(crate) use selection::select;
use selection::{delete_positions, pick_text, slice_of};

/// `container[key]`
#[inline]
pub(crate) fn get(cx: &mut Context<'_>, container: Value, key: Value) -> Outcome {
    if let (Some(list), Some(index)) = (container.downcast::<List>(), key.as_small()) {
        return match list::get(cx.ts, list, index) {
            Some(item) => Ok(item),
            None => Err(cx.error(TypeId::IndexError, "list index out of range")),
        };
    }
    if let Some(map) = container.downcast::<Dict>() {
        let found = dict::get(cx.ts, map, key);
        return match cx.lift(found)? {
            Some(value) => Ok(value),
            None => Err(key_error(cx, key)),
        };
    }
    get_slow(cx, container, key)
}

#[cold]
pub(crate) fn key_error(cx: &mut Context<'_>, key: Value) -> Raised {
    let key = cx.new_ref(key);
    cx.error_with(TypeId::KeyError, &[key])
}

fn get_slow(cx: &mut Context<'_>, container: Value, key: Value) -> Outcome {
    if let Some(slice) = slice_of(&key) {
        return get_slice(cx, container, slice);
    }
    if let Some(tuple) = container.downcast::<Tuple>() {
        let position = position(cx, container, key, tuple.items().len())?;
        return Ok(cx.new_ref(tuple.items()[position]));
    }
    if let Some(text) = container.downcast::<Str>() {
        let position = position(cx, container, key, text.len())?;
        return Ok(cx.str(char_at(text, position)));
    }
    if let Some(range) = container.downcast::<Range>() {
        let length = convert::len(cx, container)?;
        let position = position(cx, container, key, length)?;
        return range_item(cx, range, position as i64);
    }
    if let Some(Other::Bytes(bytes)) = Other::of(&container) {
        let position = position(cx, container, key, bytes.len())?;
        return Ok(cx.int(i64::from(bytes[position])));
    }
    if container.downcast::<List>().is_some() {
        return Err(bad_index(cx, container, key));
    }
    let message = format!("'{}' object is not subscriptable", type_name(&container));
    Err(cx.type_error(message))
}

/// The character at a position that is inside the text.
fn char_at(text: &Str, position: usize) -> &str {
    if text.is_ascii() {
        return &text.as_str()[position..=position];
    }
    let mut characters = text.as_str().char_indices().skip(position);
    let start = characters.next().map_or(0, |(offset, _)| offset);
    let end = characters
        .next()
        .map_or(text.as_str().len(), |(offset, _)| offset);
    &text.as_str()[start..end]
}

#[cold]
fn bad_index(cx: &mut Context<'_>, container: Value, key: Value) -> Raised {
    if int::to_big(&key).is_some() {
        let message = format!(
            "cannot fit '{}' into an index-sized integer",
            type_name(&key)
        );
        return cx.error(TypeId::IndexError, message);
    }
    let (kind, other) = (type_name(&container), type_name(&key));
    let message = match kind {
        "str" => format!("string indices must be integers, not '{other}'"),
        "bytes" => format!("byte indices must be integers or slices, not {other}"),
        _ => format!("{kind} indices must be integers or slices, not {other}"),
    };
    cx.type_error(message)
}

/// The position that an index means.
fn position(cx: &mut Context<'_>, container: Value, key: Value, length: usize) -> Outcome<usize> {
    let Some(index) = int::to_i64(&key) else {
        return Err(bad_index(cx, container, key));
    };
    let from_start = if index < 0 {
        index + length as i64
    } else {
        index
    };
    match usize::try_from(from_start)
        .ok()
        .filter(|position| *position < length)
    {
        Some(position) => Ok(position),
        None => {
            let what = match type_name(&container) {
                "str" => "string index",
                "bytes" => "index",
                "range" => "range object index",
                "list" => "list assignment index",
                _ => "tuple index",
            };
            Err(cx.error(TypeId::IndexError, format!("{what} out of range")))
        }
    }
}

fn get_slice(cx: &mut Context<'_>, container: Value, slice: &Other) -> Outcome {
    if let Some(list) = container.downcast::<List>() {
        let items = list::snapshot(cx.ts, list);
        let picked = select(cx, slice, items.len()).map(|selection| {
            let picked = selection
                .positions()
                .map(|position| cx.new_ref(items[position]));
            picked.collect::<Vec<Value>>()
        });
        cx.drop_all(items);
        return Ok(list::new(cx.ts, &picked?));
    }
    if let Some(tuple) = container.downcast::<Tuple>() {
        let selection = select(cx, slice, tuple.items().len())?;
        let picked: Vec<Value> = selection
            .positions()
            .map(|at| cx.new_ref(tuple.items()[at]))
            .collect();
        return Ok(cx.tuple(&picked));
    }
    if let Some(text) = container.downcast::<Str>() {
        let selection = select(cx, slice, text.len())?;
        return Ok(cx.str(&pick_text(text, selection)));
    }
    if let Some(range) = container.downcast::<Range>() {
        return slice_range(cx, container, range, slice);
    }
    if let Some(Other::Bytes(bytes)) = Other::of(&container) {
        let selection = select(cx, slice, bytes.len())?;
        let picked = selection
            .positions()
            .map(|position| bytes[position])
            .collect();
        return Ok(Other::Bytes(picked).alloc(cx.ts));
    }
    if container.downcast::<Dict>().is_some() {
        return Err(cx.type_error("unhashable type: 'slice'"));
    }
    let message = format!("'{}' object is not subscriptable", type_name(&container));
    Err(cx.type_error(message))
}

fn slice_range(cx: &mut Context<'_>, container: Value, range: &Range, slice: &Other) -> Outcome {
    let length = convert::len(cx, container)?;
    let selection = select(cx, slice, length)?;
    let start = range_item(cx, range, selection.start)?;
    let stop = range_item(
        cx,
        range,
        selection.start + selection.count as i64 * selection.step,
    )?;
    let step = int::to_big(&range.step())
        .map(|step| &*step * selection.step)
        .unwrap_or_default();
    let step = int::from_big(cx.ts, step);
    Ok(range::new(cx.ts, start, stop, step))
}

/// `container[key] = value`; borrows everything.
pub(crate) fn set(cx: &mut Context<'_>, container: Value, key: Value, value: Value) -> Outcome<()> {
    if let Some(map) = container.downcast::<Dict>() {
        let (key, value) = (cx.new_ref(key), cx.new_ref(value));
        let stored = dict::insert(cx.ts, map, key, value);
        return cx.lift(stored);
    }
    let Some(list) = container.downcast::<List>() else {
        let message = format!(
            "'{}' object does not support item assignment",
            type_name(&container)
        );
        return Err(cx.type_error(message));
    };
    if let Some(slice) = slice_of(&key) {
        return set_slice(cx, list, slice, value);
    }
    let Some(index) = int::to_i64(&key) else {
        return Err(bad_index(cx, container, key));
    };
    match list::set(cx.ts, list, index, cx.new_ref(value)) {
        Ok(()) => Ok(()),
        Err(value) => {
            cx.drop(value);
            Err(cx.error(TypeId::IndexError, "list assignment index out of range"))
        }
    }
}

fn set_slice(cx: &mut Context<'_>, list: &List, slice: &Other, value: Value) -> Outcome<()> {
    if !iterator::is_iterable(cx, value) {
        return Err(cx.type_error("must assign iterable to extended slice"));
    }
    let values = iterator::collect(cx, value)?;
    let selection = match select(cx, slice, list.len()) {
        Ok(selection) => selection,
        Err(raised) => {
            cx.drop_all(values);
            return Err(raised);
        }
    };
    if selection.step == 1 {
        let start = selection.start as usize;
        list::replace(cx.ts, list, start, start + selection.count, &values);
        return Ok(());
    }
    if values.len() != selection.count {
        let (given, count) = (values.len(), selection.count);
        cx.drop_all(values);
        return Err(cx.value_error(format!(
            "attempt to assign sequence of size {given} to extended slice of size {count}"
        )));
    }
    list::rewrite(cx.ts, list, |items| {
        let replace = |(position, value): (usize, Value)| match items.get_mut(position) {
            Some(item) => std::mem::replace(item, value),
            None => value,
        };
        selection.positions().zip(values).map(replace).collect()
    });
    Ok(())
}

/// `del container[key]`; borrows both.
pub(crate) fn delete(cx: &mut Context<'_>, container: Value, key: Value) -> Outcome<()> {
    if let Some(map) = container.downcast::<Dict>() {
        let deleted = dict::delete(cx.ts, map, key);
        return match cx.lift(deleted)? {
            true => Ok(()),
            false => Err(key_error(cx, key)),
        };
    }
    let Some(list) = container.downcast::<List>() else {
        let message = format!(
            "'{}' object doesn't support item deletion",
            type_name(&container)
        );
        return Err(cx.type_error(message));
    };
    if let Some(slice) = slice_of(&key) {
        let selection = select(cx, slice, list.len())?;
        delete_positions(cx, list, selection);
        return Ok(());
    }
    let Some(index) = int::to_i64(&key) else {
        return Err(bad_index(cx, container, key));
    };
    match list::delete(cx.ts, list, index) {
        true => Ok(()),
        false => Err(cx.error(TypeId::IndexError, "list assignment index out of range")),
    }
}

/// `item in container`; borrows both.
pub(crate) fn contains(cx: &mut Context<'_>, container: Value, item: Value) -> Outcome<bool> {
    if let Some(map) = container.downcast::<Dict>() {
        let found = dict::contains(cx.ts, map, item);
        return cx.lift(found);
    }
    if let Some(Other::View {
        dict,
        part: Part::Keys,
    }) = Other::of(&container)
    {
        return contains(cx, *dict, item);
    }
    if let Some(text) = container.downcast::<Str>() {
        return match item.downcast::<Str>() {
            Some(part) => Ok(text.as_str().contains(part.as_str())),
            None => {
                let kind = type_name(&item);
                let message = format!("'in <string>' requires string as left operand, not {kind}");
                Err(cx.type_error(message))
            }
        };
    }
    if !iterator::is_iterable(cx, container) {
        let message = format!(
            "argument of type '{}' is not a container or iterable",
            type_name(&container)
        );
        return Err(cx.type_error(message));
    }
    contains_by_iteration(cx, container, item)
}

fn contains_by_iteration(cx: &mut Context<'_>, container: Value, item: Value) -> Outcome<bool> {
    let iterator = iterator::iter(cx, container)?;
    let result = loop {
        match iterator::next(cx, iterator) {
            Ok(Next::Item(candidate)) => {
                let same = compare::same(cx.ts, candidate, item);
                cx.drop(candidate);
                match cx.lift(same) {
                    Ok(false) => {}
                    result => break result,
                }
            }
            Ok(Next::End) => break Ok(false),
            Err(raised) => break Err(raised),
        }
    };
    cx.drop(iterator);
    result
}

/// `container[key] = value`, on `value, container, key`.
pub(in crate::eval) fn store(cx: &mut Context<'_>, operands: &[Value]) -> Outcome<()> {
    set(cx, operands[1], operands[2], operands[0])
}

/// `del container[key]`, on `container, key`.
pub(in crate::eval) fn remove(cx: &mut Context<'_>, operands: &[Value]) -> Outcome<()> {
    delete(cx, operands[0], operands[1])
}

/// `item in container`, or the opposite, as a value.
pub(in crate::eval) fn membership(
    cx: &mut Context<'_>,
    inverted: bool,
    item: Value,
    container: Value,
) -> Outcome {
    contains(cx, container, item).map(|found| Value::bool(found != inverted))
}
