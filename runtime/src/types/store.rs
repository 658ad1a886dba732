//! What the containers below do, with owned references: the door through which the types use them.
//!
//! The functions of `objects` say in words which references they take over and give; here the types say so.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::cell::{self, Cell};
use crate::objects::dict::{self, Cursor, Dict};
use crate::objects::list::{self, List};
use crate::objects::locked_both;
use crate::objects::range::{self, Range};
use crate::objects::str::{self, Str};
use crate::objects::tuple;
use crate::objects::value::Value;
use crate::objects::{float, int};
use crate::refs::{Owned, Ref, from_values, into_values};
use crate::types::TypeId;
use crate::types::class::Class;
use num_bigint::BigInt;

/// A new reference that the layer below gave.
#[inline]
fn own(value: Value) -> Owned {
    // SAFETY: every function here passes what `objects` documents as a new reference.
    unsafe { Owned::from_value(value) }
}

/// New references that the layer below gave.
fn own_all(values: Vec<Value>) -> Vec<Owned> {
    // SAFETY: as above.
    unsafe { from_values(values) }
}

fn own_pairs(pairs: Vec<(Value, Value)>) -> Vec<(Owned, Owned)> {
    let own_pair = |(key, value)| (own(key), own(value));
    pairs.into_iter().map(own_pair).collect()
}

/// The item at a Python index.
#[inline]
pub(crate) fn list_get(cx: &Cx, list: &List, index: i64) -> Option<Owned> {
    list::get(cx.ts, list, index).map(own)
}

/// Puts an item at a Python index; says whether there was one.
#[inline]
pub(crate) fn list_set(cx: &Cx, list: &List, index: i64, item: Owned) -> bool {
    match list::set(cx.ts, list, index, item.into_value()) {
        Ok(()) => true,
        Err(back) => {
            drop(own(back));
            false
        }
    }
}

/// Adds an item at the end.
#[inline]
pub(crate) fn list_append(cx: &Cx, list: &List, item: Owned) {
    list::append(cx.ts, list, item.into_value());
}

/// Adds items at the end, in one step.
pub(crate) fn list_extend(cx: &Cx, list: &List, items: Vec<Owned>) {
    list::extend(cx.ts, list, &into_values(items));
}

/// Adds the items of another list at the end, in one step of both.
pub(crate) fn list_extend_from(cx: &Cx, list: &List, source: &List) {
    list::extend_from(cx.ts, list, source);
}

/// A list of the items of two lists, at one moment of both.
pub(crate) fn list_concat(cx: &Cx, left: &List, right: &List) -> Owned {
    own(list::concat(cx.ts, left, right))
}

/// The items of two lists at one moment of both.
pub(crate) fn list_both(cx: &Cx, left: &List, right: &List) -> (Vec<Owned>, Vec<Owned>) {
    let (left, right) = list::snapshots(cx.ts, left, right);
    (own_all(left), own_all(right))
}

/// Takes out the first item that equals a value; says whether there was one.
pub(crate) fn list_remove(cx: &Cx, list: &List, value: Ref<'_>) -> Outcome<bool> {
    cx.lift(list::remove_value(cx.ts, list, value.value()))
}

/// Makes a list so many times what it was, unless it has more than `most` items; says whether it had not.
pub(crate) fn list_repeat(cx: &Cx, list: &List, count: usize, most: usize) -> bool {
    list::repeat(cx.ts, list, count, most)
}

/// Lets `order`, which may run Python code, put the items into another order. Gives its answer, and whether it changed
/// the list.
pub(crate) fn list_arrange<R>(
    cx: &Cx,
    list: &List,
    order: impl FnOnce(&mut Vec<Owned>) -> R,
) -> (R, bool) {
    list::arrange(cx.ts, list, |values| {
        let mut owned = own_all(std::mem::take(values));
        let answer = order(&mut owned);
        *values = into_values(owned);
        answer
    })
}

/// Runs `body`, which may run Python code, with a list's lock.
pub(crate) fn list_within<R>(cx: &Cx, list: &List, body: impl FnOnce() -> R) -> R {
    list::within(cx.ts, list, body)
}

/// Runs `body`, which may run Python code, with the locks of two objects; where one is no object, at once.
pub(crate) fn within_both<R>(cx: &Cx, one: Ref<'_>, other: Ref<'_>, body: impl FnOnce() -> R) -> R {
    match (one.header(), other.header()) {
        (Some(one), Some(other)) => locked_both(cx.ts, one, other, body),
        _ => body(),
    }
}

/// Puts an item before a Python index, which is clamped.
pub(crate) fn list_insert(cx: &Cx, list: &List, index: i64, item: Owned) {
    list::insert(cx.ts, list, index, item.into_value());
}

/// Takes out the item at a Python index.
pub(crate) fn list_pop(cx: &Cx, list: &List, index: i64) -> Option<Owned> {
    list::pop(cx.ts, list, index).map(own)
}

/// All items at one moment.
pub(crate) fn list_items(cx: &Cx, list: &List) -> Vec<Owned> {
    own_all(list::snapshot(cx.ts, list))
}

/// A list of the items, so many times one after the other.
pub(crate) fn list_repeated(cx: &Cx, items: &[Owned], count: usize) -> Owned {
    let values: Vec<Value> = items.iter().map(|item| item.borrow().value()).collect();
    own(list::repeated(cx.ts, &values, count))
}

/// Changes the items at will and publishes the result in one step. `change` runs under the list's lock and must run no
/// Python code; it works on owned references and gives back those that it took out.
pub(crate) fn list_rewrite(
    cx: &Cx,
    list: &List,
    change: impl FnOnce(&mut Vec<Owned>) -> Vec<Owned>,
) {
    list::rewrite(cx.ts, list, |values| {
        let mut owned = own_all(std::mem::take(values));
        let removed = change(&mut owned);
        *values = into_values(owned);
        into_values(removed)
    });
}

/// As [`list_rewrite`]; `change` also gets the items that another list has at that moment.
pub(crate) fn list_rewrite_from(
    cx: &Cx,
    list: &List,
    source: &List,
    change: impl FnOnce(&mut Vec<Owned>, Vec<Owned>) -> Vec<Owned>,
) {
    list::rewrite_from(cx.ts, list, source, |values, new| {
        let mut owned = own_all(std::mem::take(values));
        let removed = change(&mut owned, own_all(new));
        *values = into_values(owned);
        into_values(removed)
    });
}

/// What a dict has under a key.
#[inline]
pub(crate) fn dict_get(cx: &Cx, dict: &Dict, key: Ref<'_>) -> Outcome<Option<Owned>> {
    cx.lift_new(dict::get(cx.ts, dict, key.value()))
}

/// What the first of two dicts that has a key has under it.
#[inline]
pub(crate) fn dict_get_either(cx: &Cx, dicts: [&Dict; 2], key: Ref<'_>) -> Outcome<Option<Owned>> {
    cx.lift_new(dict::get_either(cx.ts, dicts, key.value()))
}

/// Whether a dict has a key.
#[inline]
pub(crate) fn dict_contains(cx: &Cx, dict: &Dict, key: Ref<'_>) -> Outcome<bool> {
    cx.lift(dict::contains(cx.ts, dict, key.value()))
}

/// Sets a key.
#[inline]
pub(crate) fn dict_set(cx: &Cx, dict: &Dict, key: Owned, value: Owned) -> Outcome<()> {
    cx.lift(dict::insert(
        cx.ts,
        dict,
        key.into_value(),
        value.into_value(),
    ))
}

/// What a dict has under a key, or else the value, which it then has.
pub(crate) fn dict_setdefault(cx: &Cx, dict: &Dict, key: Owned, value: Owned) -> Outcome {
    let found = dict::setdefault(cx.ts, dict, key.into_value(), value.into_value());
    cx.lift(found).map(own)
}

/// Takes a key out and gives its value.
pub(crate) fn dict_pop(cx: &Cx, dict: &Dict, key: Ref<'_>) -> Outcome<Option<Owned>> {
    cx.lift_new(dict::pop(cx.ts, dict, key.value()))
}

/// Deletes a key; says whether it was there.
pub(crate) fn dict_delete(cx: &Cx, dict: &Dict, key: Ref<'_>) -> Outcome<bool> {
    cx.lift(dict::delete(cx.ts, dict, key.value()))
}

/// Deletes a key while its value is this very one; says whether it was.
pub(crate) fn dict_delete_held(
    cx: &Cx,
    dict: &Dict,
    key: Ref<'_>,
    value: Ref<'_>,
) -> Outcome<bool> {
    cx.lift(dict::delete_held(cx.ts, dict, key.value(), value.value()))
}

/// Takes out the last pair.
pub(crate) fn dict_pop_item(cx: &Cx, dict: &Dict) -> Option<(Owned, Owned)> {
    dict::pop_item(cx.ts, dict).map(|(key, value)| (own(key), own(value)))
}

/// All pairs at one moment, in insertion order.
pub(crate) fn dict_entries(cx: &Cx, dict: &Dict) -> Vec<(Owned, Owned)> {
    own_pairs(dict::entries(cx.ts, dict))
}

/// Sets every key of another dict, at one moment of both.
pub(crate) fn dict_update(cx: &Cx, dict: &Dict, source: &Dict) -> Outcome<()> {
    cx.lift(dict::update(cx.ts, dict, source))
}

/// A dict with the keys of two, at one moment of both.
pub(crate) fn dict_union(cx: &Cx, dict: &Dict, other: &Dict) -> Outcome {
    cx.lift(dict::union(cx.ts, dict, other)).map(own)
}

/// The values that two dicts have for each key, at one moment of both; nothing when they have not the same keys.
pub(crate) fn dict_pairs(
    cx: &Cx,
    left: &Dict,
    right: &Dict,
) -> Outcome<Option<Vec<(Owned, Owned)>>> {
    let pairs = cx.lift(dict::pairs(cx.ts, left, right))?;
    Ok(pairs.map(own_pairs))
}

/// A copy.
pub(crate) fn dict_copy(cx: &Cx, dict: &Dict) -> Owned {
    own(dict::copy(cx.ts, dict))
}

/// The next pair of a dict that is being iterated over.
pub(crate) fn dict_next(
    cx: &Cx,
    cursor: &mut Cursor,
    dict: &Dict,
) -> Outcome<Option<(Owned, Owned)>> {
    let next = cx.lift(cursor.next(cx.ts, dict))?;
    Ok(next.map(|(key, value)| (own(key), own(value))))
}

/// The pair before, for a dict that is iterated over backwards.
pub(crate) fn dict_next_back(
    cx: &Cx,
    cursor: &mut Cursor,
    dict: &Dict,
) -> Outcome<Option<(Owned, Owned)>> {
    let next = cx.lift(cursor.next_back(cx.ts, dict))?;
    Ok(next.map(|(key, value)| (own(key), own(value))))
}

/// A new cell.
pub(crate) fn cell(cx: &Cx, item: Option<Owned>) -> Owned {
    own(cell::new(cx.ts, item.map(Owned::into_value)))
}

/// What a cell holds.
#[inline]
pub(crate) fn cell_get(cx: &Cx, cell: &Cell) -> Option<Owned> {
    cell::get(cx.ts, cell).map(own)
}

/// Puts an item into a cell, or nothing.
#[inline]
pub(crate) fn cell_set(cx: &Cx, cell: &Cell, item: Option<Owned>) {
    cell::set(cx.ts, cell, item.map(Owned::into_value));
}

/// A new integer of a class that has the layout of `int`.
pub(crate) fn int_in(cx: &Cx, class: &Class, value: BigInt) -> Owned {
    match class.is(TypeId::Int) {
        true => cx.big(value),
        // SAFETY: the class is borrowed, and its instances have the layout.
        false => own(unsafe { int::new_in(cx.ts, class.head(), value) }),
    }
}

/// A new float of a class that has the layout of `float`.
pub(crate) fn float_in(cx: &Cx, class: &Class, value: f64) -> Owned {
    match class.is(TypeId::Float) {
        true => cx.float(value),
        // SAFETY: as above.
        false => own(unsafe { float::new_in(cx.ts, class.head(), value) }),
    }
}

/// A new range; the step is not zero.
pub(crate) fn range(cx: &Cx, start: Owned, stop: Owned, step: Owned) -> Owned {
    let [start, stop, step] = [start, stop, step].map(Owned::into_value);
    own(range::new(cx.ts, start, stop, step))
}

/// The start, stop and step of a range.
pub(crate) fn range_parts(range: &Range) -> [Ref<'_>; 3] {
    // SAFETY: the range owns its numbers and never changes.
    [range.start(), range.stop(), range.step()].map(|part| unsafe { Ref::from_value(part) })
}

/// A string of a class that has the layout.
pub(crate) fn str_in(cx: &Cx, class: &Class, text: &Str) -> Owned {
    // SAFETY: the class is borrowed, and its layout is that of strings.
    own(unsafe { str::copy_in(cx.ts, class.head(), text) })
}

/// A string of texts that have so many characters together.
pub(crate) fn str_joined(cx: &Cx, texts: &[&str], chars: usize) -> Owned {
    own(str::joined(cx.ts, texts, chars))
}

/// A new list of a class that has the layout.
pub(crate) fn list_in(cx: &Cx, class: &Class) -> Owned {
    match class.is(TypeId::List) {
        true => cx.list(Vec::new()),
        // SAFETY: the class is borrowed, and its layout is a list's.
        false => own(unsafe { list::new_in(cx.ts, class.head()) }),
    }
}

/// A new dict of a class that has the layout.
pub(crate) fn dict_in(cx: &Cx, class: &Class) -> Owned {
    match class.is(TypeId::Dict) {
        true => cx.dict(),
        // SAFETY: as above.
        false => own(unsafe { dict::new_in(cx.ts, class.head()) }),
    }
}

/// A new tuple of a class that has the layout.
pub(crate) fn tuple_in(cx: &Cx, class: &Class, items: Vec<Owned>) -> Owned {
    match class.is(TypeId::Tuple) {
        true => cx.tuple(items),
        // SAFETY: as above.
        false => own(unsafe { tuple::new_in(cx.ts, class.head(), &into_values(items)) }),
    }
}

/// Empties a dict.
pub(crate) fn dict_clear(cx: &Cx, dict: &Dict) {
    dict::clear(cx.ts, dict);
}
