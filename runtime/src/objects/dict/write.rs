//! Changing a dict under its lock.

use std::ptr::{self, NonNull};

use super::layout::{Dict, Keys, Live};
use super::read::{Found, find_locked, find_plainly};
use super::table::Index;
use crate::objects::hooks::Error;
use crate::objects::life::new_ref_with_lock;
use crate::objects::lookup::Needle;
use crate::objects::shared::{self, drop_all, removed, replaced};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::Ordering;
use crate::sync::{event, invariant, seeded, site};

/// The room of a dict's first keys block.
const FIRST_ROOM: usize = 5;

/// Proof that the calling thread holds the dict's lock.
pub(super) struct Writer<'a> {
    ts: &'a ThreadState,
    dict: &'a Dict,
}

/// Runs `write` with the dict's lock held.
pub(super) fn locked<R>(ts: &ThreadState, dict: &Dict, write: impl FnOnce(&Writer) -> R) -> R {
    shared::locked(ts, &dict.header, || write(&Writer { ts, dict }))
}

/// The same for a `write` that neither waits nor runs code.
#[inline]
pub(super) fn locked_briefly<R>(
    ts: &ThreadState,
    dict: &Dict,
    write: impl FnOnce(&Writer) -> R,
) -> R {
    shared::locked_briefly(ts, &dict.header, || write(&Writer { ts, dict }))
}

/// The same for a dict that the caller found and may have no reference to; see [`shared::locked_if_held`].
#[inline]
pub(super) fn locked_if_held<R>(
    ts: &ThreadState,
    dict: &Dict,
    held: impl FnOnce() -> bool,
    write: impl FnOnce(&Writer) -> Option<R>,
) -> Option<R> {
    shared::locked_if_held(ts, &dict.header, held, || write(&Writer { ts, dict }))
}

/// A keys block that nobody else knows, with one entry whose references it takes over.
pub(super) fn first_keys(ts: &ThreadState, needle: Needle, value: Value) -> NonNull<Keys> {
    let keys = Keys::alloc(ts, FIRST_ROOM);
    // SAFETY: the block is new.
    insert(unsafe { keys.as_ref() }, needle, value);
    keys
}

/// Runs `write`, which may run code, with the locks of the dict and of another one held; it gets both writers.
pub(super) fn locked_with<R>(
    ts: &ThreadState,
    dict: &Dict,
    other: &Dict,
    write: impl FnOnce(&Writer, &Writer) -> R,
) -> R {
    shared::locked_both(ts, &dict.header, &other.header, || {
        write(&Writer { ts, dict }, &Writer { ts, dict: other })
    })
}

impl Writer<'_> {
    fn keys(&self) -> Option<&Keys> {
        self.dict.keys_locked()
    }

    pub(super) fn is_as_long_as(&self, other: &Self) -> bool {
        self.dict.len() == other.dict.len()
    }

    /// Finds a key without running code: nothing where only code can tell.
    pub(super) fn find_plainly(&self, needle: Needle) -> Option<Option<Found>> {
        find_plainly(self.dict, needle)
    }

    pub(super) fn find(&self, needle: Needle) -> Result<Option<Found>, Error> {
        find_locked(self.ts, self.dict, needle)
    }

    /// The value at a place where a key was found, borrowed from the dict.
    pub(super) fn value(&self, found: Found) -> Option<Value> {
        // ORDERING: relaxed: values change under the lock that this writer holds.
        self.keys()?
            .entry(found.entry)
            .value()
            .load(Ordering::Relaxed)
    }

    /// Replaces the value of a key that was found; gives the old one back.
    pub(super) fn set_value(&self, found: Found, value: Value) -> Option<Value> {
        let old = self.value(found)?;
        let entry = self.keys()?.entry(found.entry);
        event::stores(self.dict, Some(entry.hash()));
        entry.set_value(value);
        Some(removed(&self.dict.header, old))
    }

    /// Adds a key that the dict does not have; takes over both references.
    pub(super) fn add(&self, needle: Needle, value: Value) {
        if self.keys().is_none_or(Keys::is_full) {
            self.grow();
        }
        if let Some(keys) = self.keys() {
            event::stores(self.dict, Some(needle.hash));
            insert(keys, needle, value);
            self.dict.set_len(self.dict.len() + 1);
            self.dict.changed();
        }
    }

    /// Sets the value of a key that was found or not; gives the old one back.
    pub(super) fn put(&self, found: Option<Found>, needle: Needle, value: Value) -> Option<Value> {
        match found {
            Some(found) => self.set_value(found, value),
            None => {
                self.add(needle, value);
                None
            }
        }
    }

    /// Removes a key that was found; gives its references back.
    pub(super) fn remove(&self, found: Found) -> Option<(Value, Value)> {
        let keys = self.keys()?;
        let entry = keys.entry(found.entry);
        let (key, value) = entry.pair_locked()?;
        event::stores(self.dict, Some(entry.hash()));
        // ORDERING: relaxed: nothing is found by it.
        keys.set_index(found.place, Index::Deleted, Ordering::Relaxed);
        entry.vacate();
        self.dict.set_len(self.dict.len() - 1);
        self.dict.changed();
        let header = &self.dict.header;
        let key = if seeded!("qs-removed-key-not-deferred") {
            key
        } else {
            removed(header, key)
        };
        Some((key, removed(header, value)))
    }

    /// Removes the key that was added last.
    pub(super) fn pop_last(&self) -> Option<(Value, Value)> {
        let keys = self.keys()?;
        let entry = keys.live(0).next_back()?.index;
        keys.set_end(entry);
        let place = keys.place_of(entry);
        self.remove(Found { place, entry })
    }

    /// Makes room for one more entry and leaves deleted entries behind.
    #[cold]
    fn grow(&self) {
        let room = (self.dict.len() * 2).max(FIRST_ROOM);
        let keys = Keys::alloc(self.ts, room);
        self.copy_into(keys, |value| value);
        let old = self.detach(Some(keys));
        // SAFETY: the references are in the new block.
        unsafe { old.free(self.ts) };
    }

    /// Copies every live entry into a block that nobody else knows; `reference` says what becomes of the references.
    fn copy_into(&self, target: NonNull<Keys>, reference: impl Fn(Value) -> Value) {
        // SAFETY: the block is new.
        let target = unsafe { target.as_ref() };
        for live in self.keys().into_iter().flat_map(|keys| keys.live(0)) {
            let needle = Needle {
                key: reference(live.key),
                hash: live.hash,
            };
            insert(target, needle, reference(live.value));
        }
    }

    /// A keys block with the same entries and references of its own, and their number. `prepared` was made for the
    /// room of the block at `source`.
    pub(super) fn duplicate(
        &self,
        source: *const Keys,
        prepared: Prepared,
    ) -> (NonNull<Keys>, usize) {
        let keys = self.keys().map_or(ptr::null(), ptr::from_ref);
        let entries = self.keys().map_or(0, Keys::entries);
        let target = if ptr::eq(keys, source) {
            // Enough, though the room was read without the lock: by Invariant 5 it was at least the capacity.
            invariant!(
                entries <= prepared.room,
                "dict 5",
                "{entries} entries in room for {}",
                prepared.room
            );
            prepared.keys
        } else {
            // SAFETY: nobody else knows the block.
            unsafe { self.ts.local().free(prepared.keys.cast()) };
            Keys::alloc(self.ts, entries)
        };
        self.copy_into(target, |value| new_ref_with_lock(self.ts, value));
        (target, self.dict.len())
    }

    /// All keys and values, new references.
    pub(super) fn entries(&self) -> Vec<(Value, Value)> {
        let live = self.keys().into_iter().flat_map(|keys| keys.live(0));
        live.map(|live| self.share(live)).collect()
    }

    /// As [`Self::entries`], the keys with their hashes.
    pub(super) fn needles(&self) -> Vec<(Needle, Value)> {
        let live = self.keys().into_iter().flat_map(|keys| keys.live(0));
        let share = |live: Live| {
            let hash = live.hash;
            let (key, value) = self.share(live);
            (Needle { key, hash }, value)
        };
        live.map(share).collect()
    }

    /// The first entry at a position or after it, with new references.
    pub(super) fn entry_from(&self, position: usize) -> Option<(usize, (Value, Value))> {
        let live = self.keys()?.live(position).next()?;
        Some((live.index, self.share(live)))
    }

    /// The last entry before a position, with new references.
    pub(super) fn entry_before(&self, position: usize) -> Option<(usize, (Value, Value))> {
        let keys = self.keys()?;
        let all = 0..position.min(keys.entries());
        let (index, (key, value)) = all.rev().find_map(|index| {
            let pair = keys.entry(index).pair_locked()?;
            Some((index, pair))
        })?;
        let share = |value| new_ref_with_lock(self.ts, value);
        Some((index, (share(key), share(value))))
    }

    fn share(&self, live: Live) -> (Value, Value) {
        (
            new_ref_with_lock(self.ts, live.key),
            new_ref_with_lock(self.ts, live.value),
        )
    }

    /// Takes everything out at once.
    pub(super) fn clear(&self) -> Detached {
        if seeded!("di10-clear-drops-first") {
            self.drop_in_place();
        }
        event::stores(self.dict, None);
        let old = self.detach(None);
        self.dict.set_len(0);
        old
    }

    /// The fault of a clear that gives references back while the entries can still be found.
    fn drop_in_place(&self) {
        for live in self.keys().into_iter().flat_map(|keys| keys.live(0)) {
            if let Some(keys) = self.keys() {
                keys.entry(live.index).vacate();
            }
            let header = &self.dict.header;
            // SAFETY: the entry owned the references.
            unsafe {
                drop_all(
                    self.ts,
                    [removed(header, live.key), removed(header, live.value)],
                )
            };
        }
    }

    /// Publishes another keys block and gives the old one to the caller.
    fn detach(&self, keys: Option<NonNull<Keys>>) -> Detached {
        let old = self.keys().map(NonNull::from);
        self.dict.publish(keys);
        self.dict.changed();
        Detached {
            keys: old,
            was_shared: self.dict.header.is_shared(),
        }
    }
}

/// Puts an entry into a block with room for it. The caller holds the lock, or nobody else knows the block.
fn insert(keys: &Keys, needle: Needle, value: Value) {
    let index = keys.entries();
    let entry = keys.entry(index);
    let place = keys.free_place(needle.hash);
    let early = seeded!("di1-index-before-entry");
    if !early {
        entry.fill(needle.hash, needle.key, value);
    }
    // ORDERING: pairs with `dict.index.load`: who finds the entry sees its hash, key and value.
    let order = site("dict.index.publish", Ordering::Release);
    keys.set_index(place, Index::Entry(index), order);
    if early {
        entry.fill(needle.hash, needle.key, value);
    }
    keys.count_entry();
    keys.set_end(index + 1);
}

/// A keys block that was made before the lock was taken.
pub(super) struct Prepared {
    pub(super) keys: NonNull<Keys>,
    pub(super) room: usize,
}

/// A keys block that its dict no longer points to.
#[must_use]
pub(super) struct Detached {
    keys: Option<NonNull<Keys>>,
    was_shared: bool,
}

impl Detached {
    /// Frees the block, now or when no reader can hold it.
    ///
    /// # Safety
    /// Its references are elsewhere.
    unsafe fn free(self, ts: &ThreadState) {
        if let Some(keys) = self.keys {
            let was_shared = self.was_shared && !seeded!("qs-keys-freed-at-once");
            // SAFETY: the dict points to another block.
            unsafe { replaced(ts, was_shared, keys.cast()) };
        }
    }

    /// Frees the block and gives its references back. No lock is held.
    pub(super) fn drop_all(self, ts: &ThreadState, dict: &Dict) {
        // Collected first: a finalizer may reach a safepoint, and the block is gone then.
        let mut items = Vec::new();
        if let Some(keys) = self.keys {
            // SAFETY: the block is this value's own.
            for live in unsafe { keys.as_ref() }.live(0) {
                items.extend([
                    removed(&dict.header, live.key),
                    removed(&dict.header, live.value),
                ]);
            }
        }
        // SAFETY: the references are in `items`, which owns them now.
        unsafe {
            self.free(ts);
            drop_all(ts, items);
        }
    }
}
