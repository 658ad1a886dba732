//! `list`.

mod slices;
mod sort;

use std::ops::Range;

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::{compare, iterate, number, text};
use crate::eval::{Args, Outcome};
use crate::objects::list::List;
use crate::refs::{Owned, Ref, lend};
use crate::sync::event;
use crate::types::args::only_iterable;
use crate::types::class::Class;
use crate::types::class_getitem::class_getitem;
use crate::types::define::class;
use crate::types::slice::Slice;
use crate::types::{TypeId, iterator, store};

use slices::set_slice;
use sort::sort;
pub(crate) use sort::sort_items;

class! {
    pub(crate) LIST: List = "list" (Object) {
        doc "A sequence that can change.\n\nWithout an argument it is empty.\nAn iterable gives its items.";
        unhashable;
        slots {
            new: new, init: init, repr: repr, compare: compare_lists, len: len, contains: contains,
            get_item: get_item, set_item: set_item, iter: iter, add: add, multiply: multiply,
            in_place_add: in_place_add, in_place_multiply: in_place_multiply,
        }
        /// The class with types for its items, as annotations have them.
        class __class_getitem__ as class_getitem(self, object, /);
        /// Add an item at the end.
        method append(self, object, /);
        /// Add all items of an iterable at the end.
        method extend(self, iterable, /);
        /// Put an item before the one at index.
        method insert(self, index, object, /);
        /// Take out the item at index, the last one by default.
        method pop(self, index = -1, /);
        /// Take out the first item that equals value.
        method remove(self, value, /);
        /// Become empty.
        method clear(self, /);
        /// A new list of the same items.
        method copy(self, /);
        /// How many items equal value.
        method count(self, value, /);
        /// Where the first item stands that equals value.
        method index(self, value, start = Ref::NONE, stop = Ref::NONE, /);
        /// Turn the order of the items round.
        method reverse(self, /);
        /// Put the items in order, by key where one is given; equal ones stay in theirs.
        method sort(self, *, key = Ref::NONE, reverse = false);
        /// The items, the last one first.
        method __reversed__ as reversed(self, /);
    }
}

/// The three values of a slice.
pub(super) fn parts(slice: &Slice) -> [Ref<'_>; 3] {
    [
        slice.start.borrow(),
        slice.stop.borrow(),
        slice.step.borrow(),
    ]
}

/// A key as a position.
pub(super) fn position(cx: &Cx, name: &str, key: Ref<'_>) -> Outcome<i64> {
    if number::is_index(cx, key) {
        return match number::index(cx, key) {
            Err(raised) if raised.is(cx, TypeId::OverflowError) => {
                let kind = cx.type_name(key);
                Err(cx.index_error(format!("cannot fit '{kind}' into an index-sized integer")))
            }
            other => other,
        };
    }
    let kind = cx.type_name(key);
    Err(cx.type_error(format!(
        "{name} indices must be integers or slices, not {kind}"
    )))
}

/// The positions from `start` to `stop`, which may count from the end.
pub(super) fn range(cx: &Cx, len: usize, start: Ref<'_>, stop: Ref<'_>) -> Outcome<Range<usize>> {
    let selected = number::select(cx, [start, stop, Ref::NONE], len)?;
    let start = selected.start as usize;
    Ok(start..start + selected.count)
}

/// What a sequence plus something else comes to: the other side may know.
pub(super) fn not_concatenated(cx: &Cx, name: &str, other: Ref<'_>) -> Outcome {
    let class = cx.class_of(other);
    if !class.is_builtin() && class.slot(|slots| slots.add.is_some()) {
        return Ok(Owned::not_implemented());
    }
    let kind = cx.type_name(other);
    Err(cx.type_error(format!(
        "can only concatenate {name} (not \"{kind}\") to {name}"
    )))
}

/// How often a sequence is to be repeated; nothing if the other side may know.
pub(super) fn repetitions(cx: &Cx, len: usize, count: Ref<'_>) -> Outcome<Option<usize>> {
    if !number::is_index(cx, count) {
        let class = cx.class_of(count);
        if !class.is_builtin() && class.slot(|slots| slots.multiply.is_some()) {
            return Ok(None);
        }
        let kind = cx.type_name(count);
        let message = format!("can't multiply sequence by non-int of type '{kind}'");
        return Err(cx.type_error(message));
    }
    let count = usize::try_from(number::index(cx, count)?).unwrap_or(0);
    let words = len.checked_mul(count);
    cx.room_for(words.and_then(|words| words.checked_mul(size_of::<usize>())))?;
    Ok(Some(count))
}

fn of(this: Ref<'_>) -> &List {
    this.layout::<List>()
}

fn new(cx: &Cx, class: &Class, _args: Args<'_>) -> Outcome {
    Ok(store::list_in(cx, class))
}

fn init(cx: &Cx, this: Ref<'_>, args: Args<'_>) -> Outcome<()> {
    only_iterable(cx, "list", args)?;
    clear(cx, of(this));
    match args.get(0) {
        Some(source) => extend(cx, this, source),
        None => Ok(()),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let items = store::list_items(cx, of(this));
    text::row(cx, this, ("[", "]"), "[...]", |out| {
        text::join_reprs(cx, items.iter().map(Owned::borrow), out)
    })
}

fn compare_lists(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match (left.downcast::<List>(), right.downcast::<List>()) {
        (Some(left), Some(right)) => {
            let (left, right) = store::list_both(cx, left, right);
            compare::rows(cx, comparison, lend(&left), lend(&right))
        }
        _ => Ok(Owned::not_implemented()),
    }
}

fn len(_cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    event::glances(of(this), event::LENGTH);
    Ok(of(this).len())
}

/// The first position of a value, at or behind `start`.
fn find(cx: &Cx, list: &List, value: Ref<'_>, range: Range<usize>) -> Outcome<Option<usize>> {
    for at in range {
        let Some(item) = store::list_get(cx, list, at as i64) else {
            break;
        };
        if compare::same(cx, item.borrow(), value)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn contains(cx: &Cx, this: Ref<'_>, item: Ref<'_>) -> Outcome<bool> {
    Ok(find(cx, of(this), item, 0..usize::MAX)?.is_some())
}

fn get_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>) -> Outcome {
    let list = of(this);
    if let Some(slice) = key.payload::<Slice>() {
        let bounds = number::bounds(cx, parts(slice))?;
        let items = store::list_items(cx, list);
        let selected = bounds.select(items.len());
        return Ok(cx.list(selected.positions().map(|at| items[at].clone()).collect()));
    }
    let index = position(cx, "list", key)?;
    store::list_get(cx, list, index).ok_or_else(|| cx.index_error("list index out of range"))
}

fn set_item(cx: &Cx, this: Ref<'_>, key: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<()> {
    let list = of(this);
    if let Some(slice) = key.payload::<Slice>() {
        return set_slice(cx, list, parts(slice), value);
    }
    let index = position(cx, "list", key)?;
    let done = match value {
        Some(value) => store::list_set(cx, list, index, value.own()),
        None => store::list_pop(cx, list, index).is_some(),
    };
    match done {
        true => Ok(()),
        false => Err(cx.index_error("list assignment index out of range")),
    }
}

fn iter(cx: &Cx, this: Ref<'_>) -> Outcome {
    Ok(iterator::over(cx, TypeId::ListIterator, this, 0))
}

fn reversed(cx: &Cx, this: Ref<'_>) -> Owned {
    let last = of(this).len() as i64 - 1;
    iterator::over(cx, TypeId::ListReverseIterator, this, last)
}

fn add(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    match (left.downcast::<List>(), right.downcast::<List>()) {
        (Some(left), Some(right)) => Ok(store::list_concat(cx, left, right)),
        (Some(_), None) => not_concatenated(cx, "list", right),
        _ => Ok(Owned::not_implemented()),
    }
}

fn multiply(cx: &Cx, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let (this, count) = match left.downcast::<List>() {
        Some(_) => (left, right),
        None => (right, left),
    };
    match repetitions(cx, of(this).len(), count)? {
        Some(count) => Ok(store::list_repeated(
            cx,
            &store::list_items(cx, of(this)),
            count,
        )),
        None => Ok(Owned::not_implemented()),
    }
}

fn in_place_add(cx: &Cx, this: Ref<'_>, other: Ref<'_>) -> Outcome {
    extend(cx, this, other)?;
    Ok(this.own())
}

fn in_place_multiply(cx: &Cx, this: Ref<'_>, count: Ref<'_>) -> Outcome {
    loop {
        let len = of(this).len();
        let Some(count) = repetitions(cx, len, count)? else {
            return Ok(Owned::not_implemented());
        };
        // There is room for so many, and the list may be longer by now.
        if store::list_repeat(cx, of(this), count, len) {
            return Ok(this.own());
        }
    }
}

fn append(cx: &Cx, list: &List, object: Owned) {
    store::list_append(cx, list, object);
}

/// Adds the items of a built-in container as they are at one moment of both, and those of an iterator one by one while
/// others wait.
fn extend(cx: &Cx, this: Ref<'_>, iterable: Ref<'_>) -> Outcome<()> {
    let list = of(this);
    if let Some(source) = iterable.exact::<List>() {
        store::list_extend_from(cx, list, source);
        return Ok(());
    }
    if let Some(source) = iterate::container(cx, iterable) {
        let add = || store::list_extend(cx, list, iterate::contents(cx, source));
        store::within_both(cx, this, source.owner(), add);
        return Ok(());
    }
    let iterator = iterate::iter(cx, iterable)?;
    iterate::check_hint(cx, iterable)?;
    store::list_within(cx, list, || {
        while let Some(item) = iterate::next(cx, iterator.borrow())? {
            store::list_append(cx, list, item);
        }
        Ok(())
    })
}

fn insert(cx: &Cx, list: &List, index: i64, object: Owned) {
    store::list_insert(cx, list, index, object);
}

fn pop(cx: &Cx, list: &List, index: i64) -> Outcome {
    match store::list_pop(cx, list, index) {
        Some(item) => Ok(item),
        None if list.is_empty() => Err(cx.index_error("pop from empty list")),
        None => Err(cx.index_error("pop index out of range")),
    }
}

fn remove(cx: &Cx, list: &List, value: Ref<'_>) -> Outcome<()> {
    match store::list_remove(cx, list, value)? {
        true => Ok(()),
        false => Err(cx.value_error("list.remove(x): x not in list")),
    }
}

fn clear(cx: &Cx, list: &List) {
    store::list_rewrite(cx, list, std::mem::take);
}

fn copy(cx: &Cx, list: &List) -> Owned {
    cx.list(store::list_items(cx, list))
}

fn count(cx: &Cx, list: &List, value: Ref<'_>) -> Outcome<usize> {
    let mut count = 0;
    for item in store::list_items(cx, list) {
        count += usize::from(compare::same(cx, item.borrow(), value)?);
    }
    Ok(count)
}

fn index(cx: &Cx, list: &List, value: Ref<'_>, start: Ref<'_>, stop: Ref<'_>) -> Outcome<usize> {
    let range = range(cx, list.len(), start, stop)?;
    let found = find(cx, list, value, range)?;
    match found {
        Some(index) => Ok(index),
        None => Err(cx.value_error("list.index(x): x not in list")),
    }
}

fn reverse(cx: &Cx, list: &List) {
    store::list_rewrite(cx, list, |items| {
        items.reverse();
        Vec::new()
    });
}
