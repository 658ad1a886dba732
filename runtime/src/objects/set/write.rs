//! Changing a set under its lock.

use std::ptr::NonNull;

use super::layout::{MIN_PLACES, REMOVED, Set, Table};
use super::read::{find_locked, find_plainly};
use crate::objects::hooks::Error;
use crate::objects::life::new_ref_with_lock;
use crate::objects::lookup::Needle;
use crate::objects::shared::{self, drop_all, removed, replaced};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::Ordering;
use crate::sync::{event, seeded};

/// Above so many keys a table grows to two times their number, and not four times.
const LARGE: usize = 50_000;

/// Proof that the calling thread holds the set's lock, or is alone with the set.
pub(super) struct Writer<'a> {
    ts: &'a ThreadState,
    set: &'a Set,
}

/// Runs `write` with the set's lock held.
pub(super) fn locked<R>(ts: &ThreadState, set: &Set, write: impl FnOnce(&Writer) -> R) -> R {
    shared::locked(ts, &set.header, || write(&Writer { ts, set }))
}

/// The same for a `write` that neither waits nor runs code.
#[inline]
pub(super) fn locked_briefly<R>(
    ts: &ThreadState,
    set: &Set,
    write: impl FnOnce(&Writer) -> R,
) -> R {
    shared::locked_briefly(ts, &set.header, || write(&Writer { ts, set }))
}

/// The keys of a set at one moment, in the order of its table, with references of their own.
pub(super) struct Snapshot {
    /// The mask of the table, when no key was ever removed from it.
    dense: Option<usize>,
    /// Place, hash and key.
    pub(super) keys: Vec<(usize, u64, Value)>,
}

/// The smallest table with more than so many places.
fn places(more_than: usize) -> usize {
    (more_than + 1).next_power_of_two().max(MIN_PLACES)
}

/// Whether a table with so many places in use is too full.
fn is_full(fill: usize, mask: usize) -> bool {
    fill * 5 >= mask * 3
}

impl Writer<'_> {
    fn table(&self) -> Option<&Table> {
        self.set.table_locked()
    }

    /// Finds a key without running code: nothing where only code can tell.
    pub(super) fn find_plainly(&self, needle: Needle) -> Option<Option<usize>> {
        find_plainly(self.set, needle)
    }

    /// Adds a key unless it was found; says whether it did.
    pub(super) fn put(&self, found: Option<usize>, needle: Needle) -> bool {
        if found.is_none() {
            self.add(needle);
        }
        found.is_none()
    }

    pub(super) fn find(&self, needle: Needle) -> Result<Option<usize>, Error> {
        find_locked(self.ts, self.set, needle)
    }

    /// Adds a key that the set does not have; takes over the reference.
    pub(super) fn add(&self, needle: Needle) {
        if self.table().is_none() {
            self.set.publish(Some(Table::alloc(self.ts, MIN_PLACES)));
        }
        let Some(table) = self.table() else { return };
        event::stores(self.set, Some(needle.hash));
        table.add(needle.hash, needle.key);
        self.changed(self.set.len() + 1);
        if is_full(table.fill(), table.mask()) {
            let used = self.set.len();
            let more_than = if used > LARGE { used * 2 } else { used * 4 };
            self.resize(more_than);
        }
    }

    /// Makes room for so many more keys, as CPython does before it adds another set.
    pub(super) fn reserve(&self, more: usize) {
        let (fill, mask) = self
            .table()
            .map_or((0, MIN_PLACES - 1), |table| (table.fill(), table.mask()));
        if is_full(fill + more, mask) {
            self.resize((self.set.len() + more) * 2);
        }
    }

    /// Moves the keys into a new table and leaves removed ones behind.
    fn resize(&self, more_than: usize) {
        let target = Table::alloc(self.ts, places(more_than));
        for (_, hash, key) in self.table().into_iter().flat_map(|table| table.live(0)) {
            // SAFETY: the table is new.
            unsafe { target.as_ref() }.add(hash, key);
        }
        let old = self.detach(Some(target));
        // SAFETY: the references are in the new table.
        unsafe { old.free(self.ts) };
    }

    /// Removes the key at a place; gives its reference back.
    pub(super) fn remove(&self, index: usize) -> Option<Value> {
        let place = self.table()?.place(index);
        // ORDERING: relaxed: keys change under the lock.
        let key = place.key(Ordering::Relaxed).filter(|&key| key != REMOVED)?;
        event::stores(self.set, Some(place.hash()));
        place.remove();
        self.changed(self.set.len() - 1);
        if seeded!("se-removed-key-not-deferred") {
            return Some(key);
        }
        Some(removed(&self.set.header, key))
    }

    /// Removes the next key after the one that was removed so last.
    pub(super) fn pop(&self) -> Option<Value> {
        let start = self.set.inner(|inner| inner.finger) & self.table()?.mask();
        let (index, ..) = self.from(start).or_else(|| self.from(0))?;
        self.set.inner(|inner| inner.finger = index + 1);
        self.remove(index)
    }

    fn from(&self, start: usize) -> Option<(usize, u64, Value)> {
        self.table()?.live(start).next()
    }

    /// The first key at a place or after it, a new reference.
    pub(super) fn key_from(&self, place: usize) -> Option<(usize, Value)> {
        let (index, _, key) = self.from(place)?;
        Some((index, new_ref_with_lock(self.ts, key)))
    }

    /// All keys, new references.
    pub(super) fn snapshot(&self) -> Snapshot {
        let share = |(index, hash, key)| (index, hash, new_ref_with_lock(self.ts, key));
        let live = self.table().into_iter().flat_map(|table| table.live(0));
        let keys: Vec<_> = live.map(share).collect();
        let table = self.table().filter(|table| table.fill() == keys.len());
        Snapshot {
            dense: table.map(Table::mask),
            keys,
        }
    }

    /// Fills the set with another set's keys if it never had one; else makes room for them and gives them back.
    pub(super) fn take_if_vacant(&self, from: Snapshot) -> Vec<(usize, u64, Value)> {
        if self.table().is_none_or(|table| table.fill() == 0) {
            self.take(from);
            return Vec::new();
        }
        self.reserve(from.keys.len());
        from.keys
    }

    /// Puts a table with another set's keys in the place of the set's own.
    pub(super) fn replace(&self, from: Snapshot) -> Detached {
        let len = from.keys.len();
        let target = (len > 0).then(|| from.into_table(self.ts));
        event::stores(self.set, None);
        let old = self.detach(target);
        self.changed(len);
        old
    }

    /// Fills the set, which has no key, with another set's keys.
    pub(super) fn take(&self, from: Snapshot) {
        if from.keys.is_empty() {
            return;
        }
        self.reserve(from.keys.len());
        if self.table().is_none() {
            self.set.publish(Some(Table::alloc(self.ts, MIN_PLACES)));
        }
        let Some(table) = self.table() else { return };
        self.changed(from.keys.len());
        let in_place = from.dense == Some(table.mask());
        for (index, hash, key) in from.keys {
            event::stores(self.set, Some(hash));
            if in_place {
                table.put(index, hash, key);
            } else {
                table.add(hash, key);
            }
        }
    }

    /// Takes everything out at once.
    pub(super) fn clear(&self) -> Detached {
        event::stores(self.set, None);
        let old = self.detach(None);
        self.changed(0);
        old
    }

    fn changed(&self, len: usize) {
        self.set.set_len(len);
        self.renewed();
    }

    fn renewed(&self) {
        self.set.inner(|inner| inner.version += 1);
    }

    /// Publishes another table and gives the old one to the caller.
    fn detach(&self, table: Option<NonNull<Table>>) -> Detached {
        let old = self.table().map(NonNull::from);
        self.set.publish(table);
        self.renewed();
        Detached {
            table: old,
            was_shared: self.set.header.is_shared(),
        }
    }
}

impl Snapshot {
    /// A table with the keys, in the order of the one that they were taken from.
    fn into_table(self, ts: &ThreadState) -> NonNull<Table> {
        let roomy = || places(self.keys.len() * 2);
        let target = Table::alloc(ts, self.dense.map_or_else(roomy, |mask| mask + 1));
        // SAFETY: the table is new.
        let table = unsafe { target.as_ref() };
        for (index, hash, key) in self.keys {
            match self.dense {
                Some(_) => table.put(index, hash, key),
                None => table.add(hash, key),
            }
        }
        target
    }
}

/// A table that its set no longer points to.
#[must_use]
pub(super) struct Detached {
    table: Option<NonNull<Table>>,
    was_shared: bool,
}

impl Detached {
    /// Frees the table, now or when no reader can hold it.
    ///
    /// # Safety
    /// Its references are elsewhere.
    unsafe fn free(self, ts: &ThreadState) {
        if let Some(table) = self.table {
            let was_shared = self.was_shared && !seeded!("qs-set-table-freed-at-once");
            // SAFETY: the set points to another table.
            unsafe { replaced(ts, was_shared, table.cast()) };
        }
    }

    /// Frees the table and gives its references back. No lock is held.
    pub(super) fn drop_all(self, ts: &ThreadState, set: &Set) {
        // Collected first: a finalizer may reach a safepoint, and the table is gone then.
        let mut keys = Vec::new();
        if let Some(table) = self.table {
            // SAFETY: the table is this value's own.
            let live = unsafe { table.as_ref() }.live(0);
            keys.extend(live.map(|(_, _, key)| removed(&set.header, key)));
        }
        // SAFETY: the references are in `keys`, which owns them now.
        unsafe {
            self.free(ts);
            drop_all(ts, keys);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn tables_have_cpythons_sizes() {
        assert_eq!([0, 7, 8, 20, 32].map(places), [8, 8, 16, 32, 64]);
    }
}
