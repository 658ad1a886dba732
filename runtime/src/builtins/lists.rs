//! Methods of lists, and sorting.

use std::cmp::Ordering;

use crate::compile::Comparison;
use crate::eval::context::Context;
use crate::eval::other::Native;
use crate::eval::types::TypeId;
use crate::eval::{Args, Outcome, Raised, compare as rich, convert, iterator};
use crate::objects::compare;
use crate::objects::list::{self, List};
use crate::objects::value::Value;

use super::arguments::{allow, keyword};
use super::tables::{method, with_keywords};

pub(super) const METHODS: &[Native] = &[
    method("append", 1, 1, append),
    method("extend", 1, 1, extend),
    method("insert", 2, 2, insert),
    method("pop", 0, 1, pop),
    method("remove", 1, 1, remove),
    method("clear", 0, 0, clear),
    method("index", 1, 3, index),
    method("count", 1, 1, count),
    method("reverse", 0, 0, reverse),
    method("copy", 0, 0, copy),
    with_keywords(method("sort", 0, 0, sort)),
];

/// The receiver.
fn receiver<'a>(cx: &mut Context<'_>, args: &Args<'a>) -> Outcome<&'a List> {
    match args.positional[0].downcast::<List>() {
        // SAFETY: the list is borrowed from the arguments, which the caller keeps alive for their lifetime.
        Some(list) => Ok(unsafe { &*std::ptr::from_ref(list) }),
        None => Err(cx.type_error("descriptor requires a 'list' object")),
    }
}

fn append(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    list::append(cx.ts, list, cx.new_ref(args.positional[1]));
    Ok(Value::NONE)
}

fn extend(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    let items = iterator::collect(cx, args.positional[1])?;
    list::extend(cx.ts, list, &items);
    Ok(Value::NONE)
}

fn insert(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    let index = convert::index(cx, args.positional[1])?;
    list::insert(cx.ts, list, index, cx.new_ref(args.positional[2]));
    Ok(Value::NONE)
}

fn pop(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    let index = match args.get(1) {
        Some(index) => convert::index(cx, index)?,
        None => -1,
    };
    match list::pop(cx.ts, list, index) {
        Some(item) => Ok(item),
        None if list.is_empty() => Err(cx.error(TypeId::IndexError, "pop from empty list")),
        None => Err(cx.error(TypeId::IndexError, "pop index out of range")),
    }
}

fn remove(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    let found = list::index_of(cx.ts, list, args.positional[1]);
    match cx.lift(found)? {
        Some(index) => {
            list::delete(cx.ts, list, index as i64);
            Ok(Value::NONE)
        }
        None => Err(cx.value_error("list.remove(x): x not in list")),
    }
}

fn clear(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    list::clear(cx.ts, list);
    Ok(Value::NONE)
}

fn index(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    let items = list::snapshot(cx.ts, list);
    let found = super::sequences::position_of(cx, &items, args);
    cx.drop_all(items);
    match found? {
        Some(position) => Ok(cx.int(position as i64)),
        None => Err(cx.value_error("list.index(x): x not in list")),
    }
}

fn count(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    let items = list::snapshot(cx.ts, list);
    let count = super::sequences::count_of(cx, &items, args.positional[1]);
    cx.drop_all(items);
    let count = count?;
    Ok(cx.int(count))
}

fn reverse(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    list::reverse(cx.ts, list);
    Ok(Value::NONE)
}

fn copy(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    let items = list::snapshot(cx.ts, list);
    Ok(list::new(cx.ts, &items))
}

/// Sorts a copy and puts it in place in one step; items that others added meanwhile are lost, as CPython warns.
fn sort(cx: &mut Context<'_>, args: Args<'_>) -> Outcome {
    let list = receiver(cx, &args)?;
    let mut items = list::snapshot(cx.ts, list);
    let result = sort_items(cx, &mut items, "sort", args);
    list::replace(cx.ts, list, 0, usize::MAX, &items);
    result.map(|()| Value::NONE)
}

/// Sorts by the arguments `key` and `reverse`, stably. All items are still there when it fails.
pub(super) fn sort_items(
    cx: &mut Context<'_>,
    items: &mut Vec<Value>,
    name: &str,
    args: Args<'_>,
) -> Outcome<()> {
    allow(cx, name, args, &["key", "reverse"])?;
    let reverse = match keyword(args, "reverse") {
        Some(reverse) => convert::is_true(cx, reverse)?,
        None => false,
    };
    let key = keyword(args, "key").filter(|key| !key.is_none());
    let ranks = match key {
        Some(key) => ranks(cx, items, key)?,
        None => items.iter().map(|item| cx.new_ref(*item)).collect(),
    };
    let mut pairs: Vec<(Value, Value)> = ranks.into_iter().zip(items.iter().copied()).collect();
    let result = sort_pairs(cx, &mut pairs, reverse);
    items.clear();
    for (rank, item) in pairs {
        cx.drop(rank);
        items.push(item);
    }
    result
}

/// What `key` gives for each item, new references.
fn ranks(cx: &mut Context<'_>, items: &[Value], key: Value) -> Outcome<Vec<Value>> {
    let mut ranks = Vec::with_capacity(items.len());
    for item in items {
        match cx.call(key, Args::positional(&[*item])) {
            Ok(rank) => ranks.push(rank),
            Err(raised) => {
                cx.drop_all(ranks);
                return Err(raised);
            }
        }
    }
    Ok(ranks)
}

/// After the first comparison that fails, all others answer "equal", so that the sort ends soon.
fn sort_pairs(cx: &mut Context<'_>, pairs: &mut [(Value, Value)], reverse: bool) -> Outcome<()> {
    let mut failure: Option<Raised> = None;
    let mut less = |cx: &mut Context<'_>, left: Value, right: Value| {
        if failure.is_some() {
            return false;
        }
        rich::rich(cx, Comparison::Lt, left, right).unwrap_or_else(|raised| {
            failure = Some(raised);
            false
        })
    };
    merge_sort(
        pairs,
        &mut |left: &(Value, Value), right: &(Value, Value)| {
            let (left, right) = if reverse {
                (right.0, left.0)
            } else {
                (left.0, right.0)
            };
            if less(cx, left, right) {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        },
    );
    failure.map_or(Ok(()), Err)
}

/// A stable merge sort that asks only whether the later item is less than the earlier one. The standard library's sort
/// may panic when the order is not total, and Python's need not be.
fn merge_sort<T: Copy>(items: &mut [T], compare: &mut impl FnMut(&T, &T) -> Ordering) {
    let middle = items.len() / 2;
    if middle == 0 {
        return;
    }
    merge_sort(&mut items[..middle], compare);
    merge_sort(&mut items[middle..], compare);
    if compare(&items[middle], &items[middle - 1]) != Ordering::Less {
        return;
    }
    let (left, right) = (items[..middle].to_vec(), items[middle..].to_vec());
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    for place in items {
        let take_right = match (left.peek(), right.peek()) {
            (Some(left), Some(right)) => compare(right, left) == Ordering::Less,
            (None, _) => true,
            (_, None) => false,
        };
        let next = if take_right {
            right.next()
        } else {
            left.next()
        };
        *place = *next.unwrap_or(place);
    }
}

/// `left is right or left == right`
pub(super) fn same(cx: &mut Context<'_>, left: Value, right: Value) -> Outcome<bool> {
    let same = compare::same(cx.ts, left, right);
    cx.lift(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sort_is_stable_and_survives_nonsense() {
        let mut pairs = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e')];
        merge_sort(&mut pairs, &mut |left, right| left.0.cmp(&right.0));
        assert_eq!(pairs, [(0, 'e'), (1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
        let mut numbers: Vec<u32> = (0..100).collect();
        merge_sort(&mut numbers, &mut |_, _| Ordering::Less);
        numbers.sort_unstable();
        assert_eq!(numbers, (0..100).collect::<Vec<u32>>());
    }
}
