//! Changing a list under its lock.

use std::ptr::NonNull;

use super::layout::{Array, List};
use super::read::{each_locked, position};
use crate::objects::compare::{plainly_equal, same};
use crate::objects::hooks::Error;
use crate::objects::life::{decref, new_ref};
use crate::objects::shared::{self, removed, replaced};
use crate::objects::value::Value;
use crate::protocols::critical_section;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::Ordering;
use crate::sync::{event, seeded, site};

/// What the search for an item to take out came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub(super) enum Taken {
    /// An item, unless the comparison itself emptied its place.
    Item(Option<Value>),
    Nothing,
}

/// Proof that the calling thread holds the list's lock.
pub(super) struct Writer<'a> {
    ts: &'a ThreadState,
    list: &'a List,
}

/// Runs `write`, which runs no code, with the list's lock held.
#[inline]
pub(super) fn locked<R>(ts: &ThreadState, list: &List, write: impl FnOnce(&Writer) -> R) -> R {
    shared::locked_briefly(ts, &list.header, || write(&Writer { ts, list }))
}

/// Runs `write`, which may run code, in a section of the list's lock.
pub(super) fn section<R>(ts: &ThreadState, list: &List, write: impl FnOnce(&Writer) -> R) -> R {
    shared::locked(ts, &list.header, || write(&Writer { ts, list }))
}

/// Runs `write`, which runs no code, with the locks of the list and of another one held.
pub(super) fn locked_with<R>(
    ts: &ThreadState,
    list: &List,
    other: &List,
    write: impl FnOnce(&Writer) -> R,
) -> R {
    shared::locked_both_briefly(ts, &list.header, &other.header, || {
        write(&Writer { ts, list })
    })
}

/// As [`locked`]; where the fault of a missing lock is seeded.
pub(super) fn locked_append(ts: &ThreadState, list: &List, write: impl FnOnce(&Writer)) {
    if seeded!("li4-append-without-lock") {
        write(&Writer { ts, list });
    } else {
        locked(ts, list, write);
    }
}

/// The capacity of an array that is made for `len` items to which more will come. Long arrays get more room, since each
/// move of one takes new pages from the system.
fn grown(len: usize) -> usize {
    const LONG: usize = 1 << 12;
    len + 2 + if len < LONG { len * 3 / 8 } else { len / 2 }
}

impl Writer<'_> {
    fn len(&self) -> usize {
        self.list.len()
    }

    fn array(&self) -> Option<&Array> {
        // SAFETY: the lock is held, so the array stays until this writer replaces it.
        self.list
            .array_locked()
            .map(|array| unsafe { array.as_ref() })
    }

    fn capacity(&self) -> usize {
        self.array().map_or(0, Array::capacity)
    }

    fn load(&self, index: usize) -> Option<Value> {
        // ORDERING: relaxed: slots change under the lock that this writer holds.
        self.array()?.slot(index).load(Ordering::Relaxed)
    }

    fn store(&self, index: usize, value: Option<Value>, order: Ordering) {
        event::stores(self.list, u64::try_from(index).ok());
        if let Some(array) = self.array() {
            array.slot(index).store(value, order);
        }
    }

    /// Fills a slot with an item that comes from outside the list.
    fn fill(&self, index: usize, value: Value) {
        // ORDERING: pairs with `list.slot.load`: readers find an initialised item.
        let order = site("list.slot.publish", Ordering::Release);
        self.store(index, Some(value), order);
    }

    /// Copies an item from one slot to another.
    fn shift(&self, from: usize, to: usize) {
        // ORDERING: pairs with `list.slot.load`: a reader of the new place, too, finds what the item's creator wrote.
        let order = if seeded!("li3-shift-relaxed") {
            Ordering::Relaxed
        } else {
            site("list.slot.shift", Ordering::Release)
        };
        self.store(to, self.load(from), order);
    }

    fn empty(&self, index: usize) {
        // ORDERING: relaxed: nothing is found there.
        self.store(index, None, Ordering::Relaxed);
    }

    pub(super) fn is_longer_than(&self, len: usize) -> bool {
        self.len() > len
    }

    pub(super) fn set(&self, index: i64, value: Value) -> Result<Value, Value> {
        let index = position(index, self.len()).ok_or(value)?;
        let old = self.load(index).ok_or(value)?;
        self.fill(index, value);
        Ok(removed(&self.list.header, old))
    }

    pub(super) fn push(&self, value: Value) {
        let len = self.len();
        self.reserve(1);
        self.fill(len, value);
        self.list.set_len(len + 1);
    }

    pub(super) fn extend(&self, values: &[Value]) {
        let len = self.len();
        self.reserve(values.len());
        for (offset, &value) in values.iter().enumerate() {
            self.fill(len + offset, value);
        }
        self.list.set_len(len + values.len());
    }

    pub(super) fn insert(&self, index: i64, value: Value) {
        let len = self.len();
        let index = if index < 0 { index + len as i64 } else { index };
        let index = index.clamp(0, len as i64) as usize;
        self.reserve(1);
        for from in (index..len).rev() {
            self.shift(from, from + 1);
        }
        self.fill(index, value);
        self.list.set_len(len + 1);
    }

    pub(super) fn remove(&self, index: i64) -> Option<Value> {
        let len = self.len();
        let index = position(index, len)?;
        let item = self.load(index)?;
        for from in index + 1..len {
            self.shift(from, from - 1);
        }
        self.empty(len - 1);
        self.list.set_len(len - 1);
        self.shrink();
        Some(removed(&self.list.header, item))
    }

    fn item(&self, index: usize) -> Option<Value> {
        self.load(Some(index).filter(|&index| index < self.len())?)
    }

    /// Takes out the first item that equals `value`; nothing where only code can tell which that is.
    pub(super) fn take_plainly(&self, value: Value) -> Option<Taken> {
        for index in 0..self.len() {
            if plainly_equal(self.item(index)?, value)? {
                return Some(Taken::Item(self.remove(index as i64)));
            }
        }
        Some(Taken::Nothing)
    }

    /// The same in a section that may be opened while code compares. Where another thread has moved the item meanwhile,
    /// its place is looked at once more; where the code did so itself, what stands there by now is taken out, as in CPython.
    pub(super) fn take_equal(&self, value: Value) -> Result<Taken, Error> {
        let (mut index, mut is_second_look) = (0, false);
        while let Some(item) = self.item(index) {
            let item = new_ref(self.ts, item);
            let (equal, was_open) = critical_section::opens(self.ts, || same(self.ts, item, value));
            let stays = self.item(index) == Some(item);
            let taken = match equal {
                Ok(true) if stays || !was_open || seeded!("li12-remove-what-stands-there") => {
                    Taken::Item(self.remove(index as i64))
                }
                _ => Taken::Nothing,
            };
            // SAFETY: the reference was taken above.
            unsafe { decref(self.ts, item) };
            if taken != Taken::Nothing {
                return Ok(taken);
            }
            is_second_look = equal? && !is_second_look;
            index += usize::from(!is_second_look);
        }
        Ok(Taken::Nothing)
    }

    /// Adds the items so many times more; the references are new ones.
    pub(super) fn repeat(&self, times: usize) {
        let items = self.items();
        let (len, more) = (items.len(), items.len() * times);
        self.reserve(more);
        for (offset, &item) in items.iter().cycle().take(more).enumerate() {
            self.fill(len + offset, new_ref(self.ts, item));
        }
        self.list.set_len(len + more);
    }

    pub(super) fn rewrite(&self, change: impl FnOnce(&mut Vec<Value>) -> Vec<Value>) -> Vec<Value> {
        let mut items = self.items();
        let gone = change(&mut items);
        let array =
            (!items.is_empty()).then(|| Array::alloc(self.ts, items.len(), items.iter().copied()));
        event::stores(self.list, None);
        self.replace(array);
        self.list.set_len(items.len());
        for &item in &gone {
            removed(&self.list.header, item);
        }
        gone
    }

    /// The fault of a sort that moves the items where readers find them, with stores that carry nothing.
    pub(super) fn order_in_place<R>(&self, order: impl FnOnce(&mut Vec<Value>) -> R) -> R {
        let mut items = self.items();
        let answer = order(&mut items);
        for (index, &item) in items.iter().enumerate() {
            // ORDERING: relaxed, as the fault wants it.
            self.store(index, Some(item), Ordering::Relaxed);
        }
        answer
    }

    /// The list's own references.
    fn items(&self) -> Vec<Value> {
        let mut items = Vec::with_capacity(self.len());
        each_locked(self.list, &mut |item| items.push(item));
        items
    }

    /// Makes room for `more` items.
    fn reserve(&self, more: usize) {
        let wanted = self.len() + more;
        if wanted > self.capacity() {
            self.resize(grown(wanted));
        }
    }

    /// Gives memory back when less than half of it is in use.
    fn shrink(&self) {
        let (len, capacity) = (self.len(), self.capacity());
        if len < capacity / 2 && (len == 0 || grown(len) < capacity) {
            self.resize(if len == 0 { 0 } else { grown(len) });
        }
    }

    #[cold]
    fn resize(&self, capacity: usize) {
        // ORDERING: relaxed: slots change under the lock that this writer holds.
        let load = |array: &Array, index| array.slot(index).load(Ordering::Relaxed);
        let old = self.array();
        let items = (0..self.len()).filter_map(|index| load(old?, index));
        self.replace((capacity > 0).then(|| Array::alloc(self.ts, capacity, items)));
    }

    /// Publishes another array and frees the old one, now or when no reader can hold it.
    fn replace(&self, array: Option<NonNull<Array>>) {
        let old = self.list.array_locked();
        if old.is_none() && array.is_some() && self.list.header.is_arranged() {
            // However few items are left in the end, the sort is told that something was put in.
            let _ = self.list.header.set_arranged(false);
        }
        self.list.publish(array);
        if let Some(old) = old {
            let was_shared = self.list.header.is_shared() && !seeded!("qs-array-freed-at-once");
            // SAFETY: the list points to another array now.
            unsafe { replaced(self.ts, was_shared, old.cast()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::grown;

    #[test]
    fn growth_leaves_room() {
        assert!((0..1000).all(|len| grown(len) > len));
    }
}
