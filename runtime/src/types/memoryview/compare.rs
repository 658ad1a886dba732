//! Equality of views.

use crate::compile::Comparison;
use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};

use super::item::Item;
use super::{MemoryView, Open, is_released, open, over};

/// Views are equal when shapes and items are; a released one is equal to itself only.
pub(super) fn compare(cx: &Cx, comparison: Comparison, left: Ref<'_>, right: Ref<'_>) -> Outcome {
    let wanted = match comparison {
        Comparison::Eq => true,
        Comparison::Ne => false,
        _ => return Ok(Owned::not_implemented()),
    };
    let is_gone =
        |value: Ref<'_>| value.payload::<MemoryView>().is_some() && is_released(cx, value);
    if is_gone(left) || is_gone(right) {
        return Ok(Owned::bool((left == right) == wanted));
    }
    if !crate::types::buffer::is_bytes_like(cx, right) {
        return Ok(Owned::not_implemented());
    }
    let other = over(cx, right)?;
    let equal = same(&open(cx, left)?, &open(cx, other.borrow())?);
    Ok(Owned::bool(equal == wanted))
}

fn same(left: &Open<'_>, right: &Open<'_>) -> bool {
    let (one, other) = (left.layout, right.layout);
    if one.shape != other.shape {
        return false;
    }
    let (first, second) = (left.bytes(), right.bytes());
    let items = first.chunks_exact(one.format.size());
    let others = second.chunks_exact(other.format.size());
    items
        .zip(others)
        .all(|(a, b)| Item::read(one.format, a) == Item::read(other.format, b))
}
