//! Sets and frozensets: writers hold the set's lock, readers ask whether a key is there without it.
//!
//! # Source           CPython Objects/setobject.c (3.13.5 for the table, PR 132290 and PR 142735 for the lookup without
//! the lock).
//! Differences: the mask lies in the table's own block, so that no reader can pair it with another table (gh-132657).
//! Probing and growth are CPython's, and so is the order of iteration; as there, a place is used for one key only.
//!
//! # State            table ──▶ block { mask, fill │ place 0 .. mask }      used
//!   key of a place:  nothing -> key -> removed          its hash is written before the key, and never again
//!   table null       no place; used is 0
//!
//! # Transitions      (l) holding the set's lock   (r) any thread that owns the set or saw it marked shared
//!   add      -l-> hash and then key written, used + 1; when that filled the table too much, grow
//!   remove   -l-> the place says removed, used - 1
//!   grow     -l-> a new table with the keys, published in one step
//!   clear    -l-> no table, in one step; then the references are given back
//!   replace  -l-> another table with other keys, in one step; then the references are given back
//!   contains -r-> table, places, an answer without a reference; on doubt the lock
//!
//! A frozenset changes only while one thread knows it, and is then read by all without lock or mark. Its hash is cached
//! in a word that says the same whoever computes it.
//!
//! # Invariants
//! 1. Who finds a key sees its hash and an initialised object.                set_contains_vs_add
//! 2. A key that readers can hold has a header until quiescence.              set_contains_vs_discard
//! 3. A place is touched only at an index within its own table's mask.        set_contains_vs_growth, set_contains_vs_shrink
//! 4. A table that readers can hold is freed through QSBR.                    set_contains_vs_growth
//! 5. A snapshot is taken in one section of the lock.                         set_entries_vs_clear
//! 6. Other keys take the place of a set's own in one step.                   set_entries_vs_replace
//! 7. What takes two sets is done at one moment of both.                      set_update_vs_changes, set_subset_vs_discards
//!
//! # Orderings
//! | site              | operation   | order   | pairs with        | carries                            | if weakened     |
//! | set.table.publish | store table | Release | set.table.load    | mask and places                    | use before init |
//! | set.table.load    | load table  | Acquire | set.table.publish | the same                           | use before init |
//! | set.key.publish   | store key   | Release | set.key.load      | the hash, the key's header, fields | data race       |
//! | set.key.load      | load key    | Acquire | set.key.publish   | the same                           | data race       |
//!
//! # Not covered      Keys whose comparison runs Python code or takes references are always compared under the lock.
//! Where that code gives the locks up, an operation on two sets falls apart into what it did before and after.
//!
//! # Checks           Scenarios `set_*`, faults `se*`, `qs-set-*`, ordering sites `set.*`.

mod combine;
mod layout;
mod probe;
mod read;
mod relations;
mod write;

use std::ptr::NonNull;

use crate::objects::header::{Header, Kind};
use crate::objects::hooks::Error;
use crate::objects::life::{alloc_in_class, alloc_own, decref};
use crate::objects::lookup::Needle;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::{event, seeded};

pub use combine::{update, within};
pub use layout::{FrozenSet, Set};
pub use relations::{equal, hash, is_disjoint, is_proper_subset, is_subset};

/// A new empty set.
#[must_use]
pub fn new(ts: &ThreadState) -> Value {
    Value::object(alloc_own(ts, |header| Set::new(header, None, 0)).cast())
}

/// A new empty frozenset; [`add`] may fill it until other code can reach it.
#[must_use]
pub fn new_frozen(ts: &ThreadState) -> Value {
    let make = |header| FrozenSet(Set::new(header, None, 0));
    Value::object(alloc_own(ts, make).cast())
}

/// A new empty set that is an instance of a class that shares the layout.
///
/// # Safety
/// The caller borrows the class, which is one of sets.
#[must_use]
pub unsafe fn new_in(ts: &ThreadState, class: NonNull<Kind>) -> Value {
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, |header| Set::new(header, None, 0), 0) };
    Value::object(block.cast())
}

/// The same for frozensets; [`add`] may fill it until other code can reach it.
///
/// # Safety
/// The caller borrows the class, which is one of frozensets.
#[must_use]
pub unsafe fn new_frozen_in(ts: &ThreadState, class: NonNull<Kind>) -> Value {
    let make = |header| FrozenSet(Set::new(header, None, 0));
    // SAFETY: the caller's clause.
    let block = unsafe { alloc_in_class(ts, class, make, 0) };
    Value::object(block.cast())
}

/// The set, when the value is a set or a frozenset.
#[inline]
#[must_use]
pub fn of(value: &Value) -> Option<&Set> {
    let frozen = || value.downcast::<FrozenSet>().map(|frozen| &frozen.0);
    value.downcast::<Set>().or_else(frozen)
}

/// Whether the set has a key.
///
/// # Errors
/// What hashing the key or comparing it raised.
#[inline]
pub fn contains(ts: &ThreadState, set: &Set, key: Value) -> Result<bool, Error> {
    let needle = Needle::new(ts, key)?;
    event::glances(set, Some(needle.hash));
    event::call("set.contains", needle, || read::contains(ts, set, needle))
}

/// Adds a key, whose reference it takes over also when it fails; says whether the set did not have it.
///
/// # Errors
/// As for [`contains`].
pub fn add(ts: &ThreadState, set: &Set, key: Value) -> Result<bool, Error> {
    let added = Needle::new(ts, key).and_then(|needle| {
        event::inserts(set, needle.hash, || true);
        event::call("set.add", needle, || add_locked(ts, set, needle))
    });
    if added != Ok(true) {
        // SAFETY: the set did not take the reference.
        unsafe { decref(ts, key) };
    }
    added
}

fn add_locked(ts: &ThreadState, set: &Set, needle: Needle) -> Result<bool, Error> {
    let plainly = write::locked_briefly(ts, set, |writer| {
        let found = writer.find_plainly(needle)?;
        Some(writer.put(found, needle))
    });
    if let Some(is_new) = plainly {
        return Ok(is_new);
    }
    write::locked(ts, set, |writer| {
        let found = writer.find(needle)?;
        Ok(writer.put(found, needle))
    })
}

/// Removes a key; says whether the set had it.
///
/// # Errors
/// As for [`contains`].
pub fn discard(ts: &ThreadState, set: &Set, key: Value) -> Result<bool, Error> {
    let needle = Needle::new(ts, key)?;
    event::writes(set, Some(needle.hash));
    let removed = event::call("set.discard", needle, || {
        let plainly = write::locked_briefly(ts, set, |writer| {
            let found = writer.find_plainly(needle)?;
            Some(found.and_then(|place| writer.remove(place)))
        });
        if let Some(removed) = plainly {
            return Ok(removed);
        }
        write::locked(ts, set, |writer| {
            let found = writer.find(needle)?;
            Ok(found.and_then(|place| writer.remove(place)))
        })
    })?;
    // SAFETY: the set gave its reference to this call.
    removed.inspect(|&key| unsafe { decref(ts, key) });
    Ok(removed.is_some())
}

/// Removes some key and gives it to the caller; `None` when there is none.
#[must_use = "the reference must be given back"]
pub fn pop(ts: &ThreadState, set: &Set) -> Option<Value> {
    event::writes(set, None);
    event::call("set.pop", (), || {
        write::locked(ts, set, |writer| writer.pop())
    })
}

/// Removes every key.
pub fn clear(ts: &ThreadState, set: &Set) {
    event::writes(set, None);
    let detached = event::operation("set.clear", || {
        write::locked(ts, set, |writer| writer.clear())
    });
    detached.drop_all(ts, set);
}

/// A new set with the same keys.
#[must_use]
pub fn copy(ts: &ThreadState, set: &Set) -> Value {
    copy_into(ts, set, new(ts))
}

/// A new frozenset with the same keys.
#[must_use]
pub fn copy_frozen(ts: &ThreadState, set: &Set) -> Value {
    copy_into(ts, set, new_frozen(ts))
}

fn copy_into(ts: &ThreadState, set: &Set, target: Value) -> Value {
    event::reads(set, None);
    let snapshot = event::operation("set.copy", || {
        write::locked(ts, set, |writer| writer.snapshot())
    });
    if let Some(target) = of(&target) {
        write::locked(ts, target, |writer| writer.take(snapshot));
    }
    target
}

/// Makes room for so many more keys.
pub fn reserve(ts: &ThreadState, set: &Set, more: usize) {
    write::locked(ts, set, |writer| writer.reserve(more));
}

/// Gives a set the keys of another in place of its own, in one step.
pub fn replace(ts: &ThreadState, set: &Set, source: &Set) {
    event::reads(source, None);
    let snapshot = write::locked(ts, source, |writer| writer.snapshot());
    event::writes(set, None);
    let detached = event::operation("set.replace", || {
        write::locked(ts, set, |writer| writer.replace(snapshot))
    });
    detached.drop_all(ts, set);
}

/// All keys at one moment, in the order of iteration, new references.
#[must_use = "the references must be given back"]
pub fn entries(ts: &ThreadState, set: &Set) -> Vec<Value> {
    event::reads(set, None);
    if seeded!("se3-two-sections") {
        return entries_in_sections(ts, set);
    }
    let keys = write::locked(ts, set, |writer| writer.snapshot()).keys;
    keys.into_iter().map(|(_, _, key)| key).collect()
}

/// The fault of a snapshot whose lock is given up between the test and the use.
fn entries_in_sections(ts: &ThreadState, set: &Set) -> Vec<Value> {
    let first = write::locked(ts, set, |writer| writer.key_from(0));
    let mut keys = Vec::new();
    let mut next = first;
    while let Some((place, key)) = next {
        keys.push(key);
        next = write::locked(ts, set, |writer| writer.key_from(place + 1));
    }
    keys
}

/// A place in a set that is being iterated over.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    place: usize,
    len: usize,
}

impl Cursor {
    /// The first place of a set as it is now.
    #[must_use]
    pub fn new(set: &Set) -> Self {
        event::glances(set, event::LENGTH);
        Self {
            place: 0,
            len: set.len(),
        }
    }

    /// Whether the set's size is what it was when the cursor was made.
    #[must_use]
    pub fn is_valid(&self, set: &Set) -> bool {
        event::glances(set, event::LENGTH);
        self.len == set.len()
    }

    /// Makes the cursor fail from now on, as one does that failed before.
    pub fn spoil(&mut self) {
        self.len = usize::MAX;
    }

    /// The next key, a new reference; `None` at the end.
    ///
    /// # Errors
    /// The set's size is not what it was when the cursor was made.
    pub fn next(&mut self, ts: &ThreadState, set: &Set) -> Result<Option<Value>, Error> {
        event::reads(set, None);
        write::locked_briefly(ts, set, |writer| {
            if set.len() != self.len {
                return Err(Error::SizeChanged);
            }
            let found = writer.key_from(self.place);
            self.place = found.map_or(usize::MAX, |(place, _)| place + 1);
            Ok(found.map(|(_, key)| key))
        })
    }
}

unsafe fn traverse(object: NonNull<Header>, visit: &mut dyn FnMut(Value)) {
    // SAFETY: the caller's clause; the kind says that this is a set, and a frozenset is one inside.
    let set = unsafe { object.cast::<Set>().as_ref() };
    for (_, _, key) in set
        .table_locked()
        .into_iter()
        .flat_map(|table| table.live(0))
    {
        visit(key);
    }
}

unsafe fn release(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is dead, by the caller's clause.
    let set = unsafe { object.cast::<Set>().as_ref() };
    if let Some(table) = set.table_locked() {
        // SAFETY: every reader of the table held a reference to the set, and none is left.
        unsafe { ts.local().free(NonNull::from(table).cast()) };
    }
}

unsafe fn clear_object(ts: &ThreadState, object: NonNull<Header>) {
    // SAFETY: the object is alive, by the caller's clause.
    clear(ts, unsafe { object.cast::<Set>().as_ref() });
}

#[cfg(test)]
mod tests;
