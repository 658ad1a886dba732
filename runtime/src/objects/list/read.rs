//! Reading a list without its lock.

use super::layout::List;
use crate::objects::life::incref;
use crate::objects::shared::{
    Read, locked, locked_briefly, mark_before_read, read_slot, read_slot_locked,
};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::Ordering;
use crate::sync::{seeded, site};

/// The position that a Python index means in a list of `len` items, if there is one.
pub(super) fn position(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index + len as i64 } else { index };
    usize::try_from(index).ok().filter(|&index| index < len)
}

#[inline]
pub(super) fn get(ts: &ThreadState, list: &List, index: i64) -> Option<Value> {
    if !seeded!("li2-reader-does-not-mark") {
        mark_before_read(ts, &list.header);
    }
    match try_get(ts, list, index) {
        Read::Found(value) => Some(value),
        Read::Absent | Read::Changed | Read::Unclear => get_locked(ts, list, index),
    }
}

#[inline]
fn try_get(ts: &ThreadState, list: &List, index: i64) -> Read {
    let Ok(index) = usize::try_from(index) else {
        return Read::Unclear;
    };
    let Some(array) = list.array() else {
        return Read::Absent;
    };
    // The array's own capacity, because the length may belong to another array (Invariant 3).
    let limit = if seeded!("m6-index-checked-against-len") {
        list.len()
    } else {
        array.capacity()
    };
    if index >= limit {
        return Read::Absent;
    }
    // ORDERING: pairs with `list.slot.publish` and `list.slot.shift`: the item's header and fields are initialised.
    read_slot(
        ts,
        array.slot(index),
        site("list.slot.load", Ordering::Acquire),
    )
}

/// The answer when the read without the lock found nothing or nothing certain.
#[cold]
fn get_locked(ts: &ThreadState, list: &List, index: i64) -> Option<Value> {
    locked(ts, &list.header, || {
        let index = position(index, list.len())?;
        // SAFETY: the lock is held, so the array stays.
        let array = unsafe { list.array_locked()?.as_ref() };
        read_slot_locked(ts, array.slot(index))
    })
}

/// The index that a pop works with: the fault makes it one from the front, by a length that may be old.
#[inline]
pub(super) fn place_to_pop(list: &List, index: i64) -> i64 {
    if seeded!("li17-pop-of-an-old-length") && index < 0 {
        index + list.len() as i64
    } else {
        index
    }
}

/// All items at one moment, new references.
pub(super) fn all(ts: &ThreadState, list: &List) -> Vec<Value> {
    if seeded!("li15-items-counted-late") {
        let mut items = Vec::new();
        locked_briefly(ts, &list.header, || {
            each_locked(list, &mut |item| items.push(item))
        });
        items.iter().for_each(|&item| incref(ts, item));
        return items;
    }
    locked_briefly(ts, &list.header, || all_locked(ts, list))
}

/// New references to all items. The caller holds the lock.
pub(super) fn all_locked(ts: &ThreadState, list: &List) -> Vec<Value> {
    // SAFETY: the lock is held, so the array stays.
    let array = list.array_locked().map(|array| unsafe { array.as_ref() });
    let slots = |array| {
        (0..list.len())
            .filter_map(move |i| read_slot_locked(ts, super::layout::Array::slot(array, i)))
    };
    array.into_iter().flat_map(slots).collect()
}

/// Shows every item. The caller holds the lock or is alone with the list.
pub(super) fn each_locked(list: &List, visit: &mut dyn FnMut(Value)) {
    let Some(array) = list.array_locked() else {
        return;
    };
    // SAFETY: the array stays, by the clause above.
    let array = unsafe { array.as_ref() };
    for index in 0..list.len() {
        // ORDERING: relaxed: nobody else writes the slots meanwhile.
        array
            .slot(index)
            .load(Ordering::Relaxed)
            .into_iter()
            .for_each(&mut *visit);
    }
}
