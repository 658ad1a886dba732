//! Looking a key up: without the set's lock while that gives a certain answer, else with it.

use super::layout::{REMOVED, Set, Table};
use super::probe::Probe;
use crate::objects::hooks::Error;
use crate::objects::lookup::{Match, Needle};
use crate::objects::shared::{locked, mark_before_read};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::Ordering;
use crate::sync::{seeded, site};

#[inline]
pub(super) fn contains(ts: &ThreadState, set: &Set, needle: Needle) -> Result<bool, Error> {
    // The table of a frozenset never changes once another thread can reach it.
    if !set.is_frozen() {
        mark_before_read(ts, &set.header);
    }
    match try_contains(set, needle) {
        Some(found) => Ok(found),
        None => contains_locked(ts, set, needle),
    }
}

/// The answer without the lock; `None` on doubt. It was true at a moment during the call; see the protocol's header.
fn try_contains(set: &Set, needle: Needle) -> Option<bool> {
    let Some(table) = set.table() else {
        return Some(false);
    };
    for index in Probe::new(mask(set, table), needle.hash) {
        let place = table.place(index);
        // ORDERING: pairs with `set.key.publish`: the hash is written, and the key's header and fields.
        match place.key(site("set.key.load", Ordering::Acquire)) {
            None => break,
            Some(key) if key == REMOVED => {}
            Some(key) => match needle.compare(key, || place.hash()) {
                Match::Same => return Some(true),
                Match::Different => {}
                Match::Unclear(_) => return None,
            },
        }
    }
    Some(false)
}

/// The mask that belongs to the table, since it lies in the same block.
fn mask(set: &Set, table: &Table) -> usize {
    if seeded!("se1-mask-and-table-apart") {
        return set.table().map_or(0, Table::mask);
    }
    table.mask()
}

#[cold]
fn contains_locked(ts: &ThreadState, set: &Set, needle: Needle) -> Result<bool, Error> {
    locked(ts, &set.header, || {
        Ok(find_locked(ts, set, needle)?.is_some())
    })
}

/// What one walk along a probe under the lock came to.
enum Walk {
    Found(usize),
    Absent,
    /// Python code ran meanwhile and the set is another.
    Changed,
}

/// The place of a key. The caller holds the lock, which may be given up while Python code compares keys; the answer is
/// true when this returns.
pub(super) fn find_locked(
    ts: &ThreadState,
    set: &Set,
    needle: Needle,
) -> Result<Option<usize>, Error> {
    loop {
        let ask = |key| needle.compare_with_code(ts, key, || set.version());
        match walk_locked(set, needle, ask)? {
            Walk::Found(place) => return Ok(Some(place)),
            Walk::Absent => return Ok(None),
            Walk::Changed => {}
        }
    }
}

/// The same without Python code; nothing where only that can tell.
pub(super) fn find_plainly(set: &Set, needle: Needle) -> Option<Option<usize>> {
    match walk_locked(set, needle, |_| Err(())) {
        Ok(Walk::Found(place)) => Some(Some(place)),
        Ok(_) => Some(None),
        Err(()) => None,
    }
}

/// Walks along a probe under the lock. `ask` compares with a key for which that takes references or code; it gives
/// nothing when the set was changed meanwhile.
fn walk_locked<E>(
    set: &Set,
    needle: Needle,
    ask: impl Fn(Value) -> Result<Option<bool>, E>,
) -> Result<Walk, E> {
    let Some(table) = set.table_locked() else {
        return Ok(Walk::Absent);
    };
    for index in Probe::new(table.mask(), needle.hash) {
        let place = table.place(index);
        // ORDERING: relaxed: keys change under the lock.
        let answer = match place.key(Ordering::Relaxed) {
            None => break,
            Some(key) if key == REMOVED => continue,
            Some(key) => match needle.compare(key, || place.hash()) {
                Match::Same => Some(true),
                Match::Different => Some(false),
                Match::Unclear(key) => ask(key)?,
            },
        };
        match answer {
            Some(true) => return Ok(Walk::Found(index)),
            Some(false) => {}
            None => return Ok(Walk::Changed),
        }
    }
    Ok(Walk::Absent)
}
