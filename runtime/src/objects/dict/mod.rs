//! Dicts: compact and in insertion order; writers hold the dict's lock, readers look keys up without it.
//!
//! # Source           CPython Objects/dictobject.c `_Py_dict_lookup_threadsafe`, `insertdict`, `dictresize` (3.13.5).
//! Differences: no split keys. An entry is used for one key only, so nothing that a reader has found can turn into
//! another key's; with removed items that keep their block until quiescence this makes it needless to read the keys
//! pointer, the key and the value again after the reference was taken.
//!
//! # State            keys ──▶ block { capacity, usable, entries │ index table │ entry 0 .. entry capacity-1 }      used
//!   place of the table:  empty -> entry e -> deleted -> entry f ...       never empty again
//!   entry:               vacant -> key and value -> key and another value ... -> vacated
//!   usable + entries = capacity while the lock is free
//!
//! # Transitions      (l) holding the dict's lock   (r) any thread that owns the dict or saw it marked shared
//!   add      -l-> entry filled, its place published, entries + 1, usable - 1
//!   replace  -l-> another value in the entry
//!   remove   -l-> place deleted, value and then key vacated
//!   grow     -l-> a new block with the live entries, published in one step
//!   clear    -l-> no block, in one step; then the references are given back
//!   get      -r-> block, places, key, value, a reference; when the value died meanwhile, again; on doubt the lock
//!
//! A `get` without the lock was true at a moment during the call. A value found was in its entry when it was loaded, or
//! when its block was replaced, if that was later than the load of the block. A key not found had no place when the
//! last place was loaded, or was deleted between two loads: a key changes its place only by being deleted first.
//!
//! # Invariants
//! 1. A place leads to an entry whose hash, key and first value are written.   dict_get_vs_insert
//! 2. An entry found through the table has its key until it is vacated.        dict_get_vs_delete
//! 3. An entry is touched only at an index below its block's capacity.         dict_get_vs_resize
//! 4. A block that readers can hold is freed through QSBR.                     dict_get_vs_resize,
//!    dict_owner_get_vs_foreign_resize
//! 5. usable, and then entries, add up to at least the capacity.               dict_room_vs_insert
//! 6. An item that readers can hold has a header until quiescence.             dict_get_vs_delete,
//!    dict_value_replaced_and_dropped, dict_get_vs_key_removed
//! 7. What takes two dicts is done at one moment of both.                      dict_update_vs_inserts, dict_union_vs_inserts,
//!    dict_pairs_vs_inserts
//!
//! # Orderings
//! | site               | operation    | order   | pairs with         | carries                      | if weakened     |
//! | dict.keys.publish  | store keys   | Release | dict.keys.load     | head, table and entries      | use before init |
//! | dict.keys.load     | load keys    | Acquire | dict.keys.publish  | the same                     | use before init |
//! | dict.index.publish | store place  | Release | dict.index.load    | hash, key and first value    | data race       |
//! | dict.index.load    | load place   | Acquire | dict.index.publish | the same                     | data race       |
//! | dict.value.publish | store value  | Release | dict.value.load    | the value's header, fields   | use before init |
//! | dict.value.load    | load value   | Acquire | dict.value.publish | the same                     | use before init |
//! | dict.usable.lower  | store usable | Release | dict.usable.read   | the entry is counted         | Invariant 5     |
//! | dict.usable.read   | load usable  | Acquire | dict.usable.lower  | the same                     | Invariant 5     |
//!
//! # Not covered      Keys whose comparison runs Python code or takes references are always compared under the lock.
//!
//! # Checks           Scenarios `dict_*`, faults `di*`, `dict-*`, `qs-*`, ordering sites `dict.*`.

mod combine;
mod held;
mod layout;
mod read;
mod table;
mod write;

pub use combine::{pairs, union, update};
pub use held::delete_held;
pub(super) use held::{put_in_passing, with_entry};
pub use read::get_either;

use std::ptr::NonNull;

use crate::objects::header::{Header, Kind, Object};
use crate::objects::hooks::Error;
use crate::objects::life::{alloc_in_class, alloc_value, decref, new_ref_with_lock};
use crate::objects::lookup::Needle;
use crate::objects::shared::{drop_all, replaced};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::{event, seeded};

pub use layout::Dict;
use layout::Keys;
use write::Prepared;

/// A new empty dict.
#[must_use]
pub fn new(ts: &ThreadState) -> Value {
    of_keys(ts, None, 0)
}

/// A new empty dict with room for so many keys before it must grow.
#[must_use]
pub fn with_room(ts: &ThreadState, room: usize) -> Value {
    of_keys(ts, Some(Keys::alloc(ts, room)), 0)
}

/// A new empty dict that is an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of dicts.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>) -> Value {
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, |header| Dict::new(header, None, 0), 0) };
    Value::object(block.cast())
}

fn of_keys(ts: &ThreadState, keys: Option<NonNull<Keys>>, used: usize) -> Value {
    alloc_value(ts, Dict::new(Header::new(ts, Dict::KIND), keys, used))
}

/// The value of a key, a new reference.
///
/// # Errors
/// What hashing the key or comparing it raised.
#[inline]
pub fn get(ts: &ThreadState, dict: &Dict, key: Value) -> Result<Option<Value>, Error> {
    let needle = Needle::new(ts, key)?;
    event::glances(dict, Some(needle.hash));
    event::call("dict.get", needle, || read::get(ts, dict, needle))
}

/// As [`get`], for a caller who has no reference to the dict, but found it since its last quiescent state where it is
/// taken out of with [`Header::defer`]; nothing when only a holder can say.
///
/// # Errors
/// As for [`get`].
#[inline]
pub(super) fn get_in_passing(
    ts: &ThreadState,
    dict: &Dict,
    key: Value,
) -> Result<Option<Option<Value>>, Error> {
    let needle = Needle::new(ts, key)?;
    event::glances(dict, Some(needle.hash));
    Ok(event::call("dict.get", needle, || {
        read::get_in_passing(ts, dict, needle)
    }))
}

/// Whether the dict has a key.
///
/// # Errors
/// As for [`get`].
pub fn contains(ts: &ThreadState, dict: &Dict, key: Value) -> Result<bool, Error> {
    let value = get(ts, dict, key)?;
    // SAFETY: `get` gave a new reference.
    value.inspect(|&value| unsafe { decref(ts, value) });
    Ok(value.is_some())
}

/// Sets the value of a key. Takes over the references to both, also when it fails.
///
/// # Errors
/// As for [`get`].
pub fn insert(ts: &ThreadState, dict: &Dict, key: Value, value: Value) -> Result<(), Error> {
    let dropped = Needle::new(ts, key).and_then(|needle| {
        event::inserts(dict, needle.hash, || read::is_missing(ts, dict, needle));
        event::call("dict.insert", (needle, value), || {
            insert_locked(ts, dict, needle, value)
        })
    });
    let (result, dropped) = match dropped {
        Ok(old) => (Ok(()), old.map(|old| [key, old])),
        Err(error) => (Err(error), Some([key, value])),
    };
    // SAFETY: a key that the dict had keeps its old reference, so the caller's is given back, with the old value's.
    unsafe { drop_all(ts, dropped.into_iter().flatten()) };
    result
}

/// Adds the key, or replaces its value and gives the old one.
fn insert_locked(
    ts: &ThreadState,
    dict: &Dict,
    needle: Needle,
    value: Value,
) -> Result<Option<Value>, Error> {
    let plainly = write::locked_briefly(ts, dict, |writer| {
        let found = writer.find_plainly(needle)?;
        Some(writer.put(found, needle, value))
    });
    if let Some(old) = plainly {
        return Ok(old);
    }
    write::locked(ts, dict, |writer| {
        let found = writer.find(needle)?;
        Ok(writer.put(found, needle, value))
    })
}

/// The value of a key, a new reference; adds the key with `default` first when the dict does not have it. Takes over
/// the references to both, also when it fails.
///
/// # Errors
/// As for [`get`].
pub fn setdefault(
    ts: &ThreadState,
    dict: &Dict,
    key: Value,
    default: Value,
) -> Result<Value, Error> {
    let found = Needle::new(ts, key).and_then(|needle| {
        event::inserts(dict, needle.hash, || read::is_missing(ts, dict, needle));
        event::call("dict.setdefault", (needle, default), || {
            setdefault_locked(ts, dict, needle, default)
        })
    });
    if found != Ok(None) {
        // SAFETY: the dict took neither reference.
        unsafe { drop_all(ts, [key, default]) };
    }
    Ok(found?.unwrap_or(default))
}

/// The value that the dict has; `None` when it took `default`, with a second reference for the caller.
fn setdefault_locked(
    ts: &ThreadState,
    dict: &Dict,
    needle: Needle,
    default: Value,
) -> Result<Option<Value>, Error> {
    let late = seeded!("di16-looked-then-set");
    let value = write::locked(ts, dict, |writer| {
        let found = writer.find(needle)?;
        let value = found.and_then(|found| writer.value(found));
        if value.is_none() && !late {
            writer.add(needle, new_ref_with_lock(ts, default));
        }
        Ok(value.map(|value| new_ref_with_lock(ts, value)))
    });
    if late && value == Ok(None) {
        insert_locked(ts, dict, needle, new_ref_with_lock(ts, default))?;
    }
    value
}

/// Removes a key and gives its value to the caller; `None` when the dict does not have it.
///
/// # Errors
/// As for [`get`].
pub fn pop(ts: &ThreadState, dict: &Dict, key: Value) -> Result<Option<Value>, Error> {
    let needle = Needle::new(ts, key)?;
    event::writes(dict, Some(needle.hash));
    let removed = event::call("dict.pop", needle, || {
        write::locked(ts, dict, |writer| {
            let found = writer.find(needle)?;
            Ok(found.and_then(|found| writer.remove(found)))
        })
    })?;
    Ok(removed.map(|(key, value)| {
        // SAFETY: the dict owned the reference to its key.
        unsafe { decref(ts, key) };
        value
    }))
}

/// Deletes a key; says whether the dict had it.
///
/// # Errors
/// As for [`get`].
pub fn delete(ts: &ThreadState, dict: &Dict, key: Value) -> Result<bool, Error> {
    let value = pop(ts, dict, key)?;
    // SAFETY: the dict gave its reference to this call.
    value.inspect(|&value| unsafe { decref(ts, value) });
    Ok(value.is_some())
}

/// Removes the key that was added last and gives it, with its value, to the caller.
#[must_use = "the references must be given back"]
pub fn pop_item(ts: &ThreadState, dict: &Dict) -> Option<(Value, Value)> {
    event::writes(dict, None);
    event::call("dict.popitem", (), || {
        write::locked(ts, dict, |writer| writer.pop_last())
    })
}

/// Deletes every key.
pub fn clear(ts: &ThreadState, dict: &Dict) {
    event::writes(dict, None);
    let detached = event::operation("dict.clear", || {
        write::locked(ts, dict, |writer| writer.clear())
    });
    detached.drop_all(ts, dict);
}

/// A new dict with the same keys and values.
#[must_use]
pub fn copy(ts: &ThreadState, dict: &Dict) -> Value {
    event::reads(dict, None);
    event::operation("dict.copy", || {
        // The block is made before the lock is taken.
        let (source, room) = read::room(ts, dict);
        let keys = Keys::alloc(ts, room);
        let (keys, used) = write::locked(ts, dict, |writer| {
            writer.duplicate(source, Prepared { keys, room })
        });
        of_keys(ts, Some(keys), used)
    })
}

/// How many entries the dict has room for, counting those that it has, at least; read without the lock.
#[must_use]
pub fn room(ts: &ThreadState, dict: &Dict) -> usize {
    event::call("dict.room", (), || read::room(ts, dict).1)
}

/// All keys and values at one moment, in insertion order, new references.
#[must_use = "the references must be given back"]
pub fn entries(ts: &ThreadState, dict: &Dict) -> Vec<(Value, Value)> {
    event::reads(dict, None);
    if seeded!("di14-entries-one-by-one") {
        let after = |position| write::locked(ts, dict, |writer| writer.entry_from(position));
        let all = std::iter::successors(after(0), |(index, _)| after(index + 1));
        return all.map(|(_, pair)| pair).collect();
    }
    write::locked(ts, dict, |writer| writer.entries())
}

/// A place in a dict that is being iterated over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The next entry, or the one before which the next one is when it goes backwards.
    position: usize,
    left: usize,
    len: usize,
}

impl Cursor {
    /// The first entry of a dict as it is now.
    #[must_use]
    pub fn new(dict: &Dict) -> Self {
        event::glances(dict, event::LENGTH);
        let len = dict.len();
        Self {
            position: 0,
            left: len,
            len,
        }
    }

    /// Behind the last entry, to go backwards from there.
    #[must_use]
    pub fn at_end(dict: &Dict) -> Self {
        Self {
            position: usize::MAX,
            ..Self::new(dict)
        }
    }

    /// How many entries are still to come; none if the dict's size has changed.
    #[must_use]
    pub fn left(&self, dict: &Dict) -> usize {
        event::glances(dict, event::LENGTH);
        if dict.len() == self.len { self.left } else { 0 }
    }

    /// Makes the cursor fail from now on, as one does that failed before.
    pub fn spoil(&mut self) {
        self.len = usize::MAX;
    }

    /// The next key and value, new references; `None` at the end.
    ///
    /// # Errors
    /// The dict was changed since the cursor was made.
    pub fn next(&mut self, ts: &ThreadState, dict: &Dict) -> Result<Option<(Value, Value)>, Error> {
        event::reads(dict, None);
        write::locked_briefly(ts, dict, |writer| {
            if dict.len() != self.len {
                return Err(Error::SizeChanged);
            }
            match writer.entry_from(self.position) {
                None => Ok(None),
                Some(_) if self.left == 0 => Err(Error::KeysChanged),
                Some((index, pair)) => {
                    self.position = index + 1;
                    self.left -= 1;
                    Ok(Some(pair))
                }
            }
        })
    }

    /// The key and value before, new references; `None` at the start.
    ///
    /// # Errors
    /// As for [`Self::next`].
    pub fn next_back(
        &mut self,
        ts: &ThreadState,
        dict: &Dict,
    ) -> Result<Option<(Value, Value)>, Error> {
        event::reads(dict, None);
        write::locked(ts, dict, |writer| {
            if dict.len() != self.len {
                return Err(Error::SizeChanged);
            }
            match writer.entry_before(self.position) {
                None => Ok(None),
                Some(_) if self.left == 0 => Err(Error::KeysChanged),
                Some((index, pair)) => {
                    self.position = index;
                    self.left -= 1;
                    Ok(Some(pair))
                }
            }
        })
    }
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is a dict.
    let dict = unsafe { object.cast::<Dict>().as_ref() };
    for live in dict.keys_locked().into_iter().flat_map(|keys| keys.live(0)) {
        visit(live.key);
        visit(live.value);
    }
}

unsafe fn release(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is dead, by the caller's clause.
    let dict = unsafe { object.cast::<Dict>().as_ref() };
    if let Some(keys) = dict.keys_locked() {
        let waits = dict.header.is_deferred();
        // SAFETY: every reader of the block held a reference to the dict, and none is left; or it reads in passing, and
        // then the dict's own block waits as well.
        unsafe { replaced(ts, waits, NonNull::from(keys).cast()) };
    }
}

unsafe fn clear_object(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is alive, by the caller's clause.
    clear(ts, unsafe { object.cast::<Dict>().as_ref() });
}

#[cfg(test)]
mod tests;
