//! Sorting: a stable merge sort that takes any order, also one that is not total.

use crate::compile::Comparison;
use crate::eval::cx::Cx;
use crate::eval::ops::compare;
use crate::eval::{Args, Outcome};
use crate::objects::list::List;
use crate::refs::{Owned, Ref};
use crate::types::store;

/// An item and what it is ordered by.
struct Ranked {
    rank: Option<Owned>,
    item: Owned,
}

impl Ranked {
    fn rank(&self) -> Ref<'_> {
        self.rank.as_ref().unwrap_or(&self.item).borrow()
    }
}

/// `list.sort`: other threads wait until it is done, and see the list empty where they need no lock.
pub(super) fn sort(cx: &Cx, list: &List, key: Ref<'_>, reverse: bool) -> Outcome<()> {
    let sort = |items: &mut Vec<Owned>| sort_items(cx, items, key, reverse);
    let (result, changed) = store::list_arrange(cx, list, sort);
    result?;
    match changed {
        true => Err(cx.value_error("list modified during sort")),
        false => Ok(()),
    }
}

/// Sorts items; after an error they are all there, in some order.
pub(crate) fn sort_items(
    cx: &Cx,
    items: &mut Vec<Owned>,
    key: Ref<'_>,
    reverse: bool,
) -> Outcome<()> {
    let mut ranks = Vec::with_capacity(items.len());
    for item in items.iter() {
        ranks.push(match key.not_none() {
            Some(key) => Some(cx.call(key, Args::positional(&[item.borrow()]))?),
            None => None,
        });
    }
    let pairs = std::mem::take(items).into_iter().zip(ranks);
    let ranked: Vec<Ranked> = pairs.map(|(item, rank)| Ranked { rank, item }).collect();
    let mut order: Vec<usize> = (0..ranked.len()).collect();
    if reverse {
        order.reverse();
    }
    let mut is_less = |left: usize, right: usize| {
        let (left, right) = (ranked[left].rank(), ranked[right].rank());
        compare::holds_for(cx, Comparison::Lt, left, right)
    };
    let result = merge_sort(&mut order, &mut is_less);
    if reverse {
        order.reverse();
    }
    let mut ranked: Vec<Option<Ranked>> = ranked.into_iter().map(Some).collect();
    let taken = order.into_iter().filter_map(|at| ranked[at].take());
    *items = taken.map(|one| one.item).collect();
    result
}

/// Asks only whether a later item is less than an earlier one. After an error `items` has the same members.
fn merge_sort(
    items: &mut [usize],
    is_less: &mut impl FnMut(usize, usize) -> Outcome<bool>,
) -> Outcome<()> {
    let middle = items.len() / 2;
    if middle == 0 {
        return Ok(());
    }
    merge_sort(&mut items[..middle], is_less)?;
    merge_sort(&mut items[middle..], is_less)?;
    if !is_less(items[middle], items[middle - 1])? {
        return Ok(());
    }
    let (left, right) = items.split_at(middle);
    let mut merged = Vec::with_capacity(items.len());
    let (mut one, mut other) = (0, 0);
    while one < left.len() && other < right.len() {
        if is_less(right[other], left[one])? {
            merged.push(right[other]);
            other += 1;
        } else {
            merged.push(left[one]);
            one += 1;
        }
    }
    merged.extend_from_slice(&left[one..]);
    merged.extend_from_slice(&right[other..]);
    items.copy_from_slice(&merged);
    Ok(())
}
