//! Slices of a list that are assigned and deleted, in one step: the bounds are those of the length under the lock.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::eval::ops::{iterate, number};
use crate::objects::list::List;
use crate::refs::{Owned, Ref};
use crate::types::store;

use number::Bounds;

/// The sizes of what was given and of what it should replace, where they must be the same and are not.
type Mismatch = Option<(usize, usize)>;

/// `list[slice] = value`, or without a value `del list[slice]`.
pub(super) fn set_slice(
    cx: &Cx,
    list: &List,
    parts: [Ref<'_>; 3],
    value: Option<Ref<'_>>,
) -> Outcome<()> {
    let Some(value) = value else {
        let bounds = number::bounds(cx, parts)?;
        store::list_rewrite(cx, list, |items| delete(items, bounds));
        return Ok(());
    };
    let mut mismatch = None;
    match value.exact::<List>() {
        Some(source) => {
            let bounds = number::bounds(cx, parts)?;
            store::list_rewrite_from(cx, list, source, |items, new| {
                assign(items, new, bounds, &mut mismatch)
            });
        }
        None => {
            let new = iterate::sequence(cx, value, "must assign iterable to extended slice")?;
            let bounds = number::bounds(cx, parts)?;
            store::list_rewrite(cx, list, |items| assign(items, new, bounds, &mut mismatch));
        }
    }
    let Some((given, wanted)) = mismatch else {
        return Ok(());
    };
    Err(cx.value_error(format!(
        "attempt to assign sequence of size {given} to extended slice of size {wanted}"
    )))
}

/// Takes out what the bounds select.
fn delete(items: &mut Vec<Owned>, bounds: Bounds) -> Vec<Owned> {
    let selected = bounds.select(items.len());
    if selected.step == 1 {
        let start = selected.start as usize;
        return items.drain(start..start + selected.count).collect();
    }
    let mut places: Vec<usize> = selected.positions().collect();
    places.sort_unstable();
    let from_behind = places.into_iter().rev();
    from_behind.map(|at| items.remove(at)).collect()
}

/// Puts items in the place of those that the bounds select; gives back those that the list does not have.
fn assign(
    items: &mut Vec<Owned>,
    new: Vec<Owned>,
    bounds: Bounds,
    mismatch: &mut Mismatch,
) -> Vec<Owned> {
    let selected = bounds.select(items.len());
    if selected.step == 1 {
        let start = selected.start as usize;
        return items.splice(start..start + selected.count, new).collect();
    }
    if new.len() != selected.count {
        *mismatch = Some((new.len(), selected.count));
        return new;
    }
    let swap = |(at, item): (usize, Owned)| std::mem::replace(&mut items[at], item);
    selected.positions().zip(new).map(swap).collect()
}
