//! Looking a key up: without the dict's lock while that gives a certain answer, else with it.

use std::ptr;

use super::layout::{Dict, Entry, Keys};
use super::table::Index;
use crate::objects::hooks::Error;
use crate::objects::life::{decref, incref};
use crate::objects::lookup::{Match, Needle};
use crate::objects::shared::{Read, locked, mark_before_read, read_slot, read_slot_locked};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::atomic::Ordering;
use crate::sync::{event, invariant, seeded, site};

/// How many times a read without the lock starts again because the value that it found died under its hands.
const TRIES: usize = 2;

/// Where a key was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) place: usize,
    pub(super) entry: usize,
}

#[inline]
fn compare(entry: &Entry, needle: Needle) -> Match {
    let key = match entry.key() {
        Some(key) => key,
        None => {
            let trusted = seeded!("di1-key-not-tested");
            invariant!(
                !trusted,
                "dict 2",
                "an entry that the table names has no key"
            );
            return Match::Different;
        }
    };
    needle.compare(key, || entry.hash())
}

#[inline]
pub(super) fn get(ts: &ThreadState, dict: &Dict, needle: Needle) -> Result<Option<Value>, Error> {
    if !seeded!("di2-reader-does-not-mark") {
        mark_before_read(ts, &dict.header);
    }
    if seeded!("di15-value-counted-late") {
        let value = borrowed(ts, dict, needle)?;
        value.inspect(|&value| incref(ts, value));
        return Ok(value);
    }
    for _ in 0..TRIES {
        match try_get(ts, dict, needle) {
            Read::Found(value) => return Ok(Some(value)),
            Read::Absent => return Ok(None),
            Read::Changed => {}
            Read::Unclear => break,
        }
    }
    get_locked(ts, dict, needle)
}

/// The answer if it can be had without the lock, and without a reference to the dict, which may be dead: then its blocks
/// and its items wait for this thread.
#[inline]
pub(super) fn get_in_passing(
    ts: &ThreadState,
    dict: &Dict,
    needle: Needle,
) -> Option<Option<Value>> {
    // What an unmarked dict had is freed at once, but not while its owner looks.
    let waits = dict.header.is_shared() || dict.header.is_owned_by(ts);
    if !waits && !seeded!("di-unmarked-dict-in-passing") {
        return None;
    }
    match try_get(ts, dict, needle) {
        Read::Found(value) => Some(Some(value)),
        Read::Absent => Some(None),
        Read::Changed | Read::Unclear => None,
    }
}

/// The value that the first of two dicts which has a key has for it, a new reference.
///
/// # Errors
/// As for [`get`](super::get).
#[inline]
pub fn get_either(ts: &ThreadState, dicts: [&Dict; 2], key: Value) -> Result<Option<Value>, Error> {
    let needle = Needle::new(ts, key)?;
    let look = |dict: &Dict| {
        event::glances(dict, Some(needle.hash));
        event::call("dict.get", needle, || get(ts, dict, needle))
    };
    match look(dicts[0])? {
        None => look(dicts[1]),
        found => Ok(found),
    }
}

/// Whether the dict has no such key, as far as that can be told without the lock.
pub(super) fn is_missing(ts: &ThreadState, dict: &Dict, needle: Needle) -> bool {
    match try_get(ts, dict, needle) {
        Read::Found(value) => {
            // SAFETY: the reference was just given.
            unsafe { decref(ts, value) };
            false
        }
        _ => true,
    }
}

/// One try without the lock. The answer was true at some moment during the call; see the protocol's header.
fn try_get(ts: &ThreadState, dict: &Dict, needle: Needle) -> Read {
    let Some(keys) = dict.keys() else {
        return Read::Absent;
    };
    for place in keys.probe(needle.hash) {
        // ORDERING: pairs with `dict.index.publish`: the entry's hash, key and first value are written.
        match keys.index(place, site("dict.index.load", Ordering::Acquire)) {
            Index::Empty => break,
            Index::Deleted => {}
            Index::Entry(index) => match compare(keys.entry(index), needle) {
                Match::Same => return read_value(ts, keys.entry(index)),
                Match::Different => {}
                Match::Unclear(_) => return Read::Unclear,
            },
        }
    }
    Read::Absent
}

#[inline]
fn read_value(ts: &ThreadState, entry: &Entry) -> Read {
    // ORDERING: pairs with `dict.value.publish`: the value's header and fields are initialised.
    read_slot(
        ts,
        entry.value(),
        site("dict.value.load", Ordering::Acquire),
    )
}

/// The answer when the reads without the lock gave none.
#[cold]
fn get_locked(ts: &ThreadState, dict: &Dict, needle: Needle) -> Result<Option<Value>, Error> {
    locked(ts, &dict.header, || {
        let found = find_locked(ts, dict, needle)?;
        let keys = dict.keys_locked();
        let entry = found.zip(keys).map(|(found, keys)| keys.entry(found.entry));
        Ok(entry.and_then(|entry| read_slot_locked(ts, entry.value())))
    })
}

/// The fault of a value that leaves the lock without a reference.
fn borrowed(ts: &ThreadState, dict: &Dict, needle: Needle) -> Result<Option<Value>, Error> {
    locked(ts, &dict.header, || {
        let found = find_locked(ts, dict, needle)?;
        let entry = found.zip(dict.keys_locked());
        let entry = entry.map(|(found, keys)| keys.entry(found.entry));
        // ORDERING: relaxed: values change under the lock.
        Ok(entry.and_then(|entry| entry.value().load(Ordering::Relaxed)))
    })
}

/// What one walk along a probe under the lock came to.
enum Walk {
    Found(Found),
    Absent,
    /// Python code ran meanwhile and the dict is another.
    Changed,
}

/// Finds a key. The caller holds the lock, which may be given up while Python code compares keys; the answer is true
/// when this returns.
pub(super) fn find_locked(
    ts: &ThreadState,
    dict: &Dict,
    needle: Needle,
) -> Result<Option<Found>, Error> {
    loop {
        // The dict may be changed while Python code compares, so that the entry may be gone.
        let ask = |key| needle.compare_with_code(ts, key, || dict.version());
        match walk_locked(dict, needle, ask)? {
            Walk::Found(found) => return Ok(Some(found)),
            Walk::Absent => return Ok(None),
            Walk::Changed => {}
        }
    }
}

/// The same without Python code; nothing where only that can tell.
pub(super) fn find_plainly(dict: &Dict, needle: Needle) -> Option<Option<Found>> {
    match walk_locked(dict, needle, |_| Err(())) {
        Ok(Walk::Found(found)) => Some(Some(found)),
        Ok(_) => Some(None),
        Err(()) => None,
    }
}

/// Walks along a probe under the lock. `ask` compares with a key for which that takes references or code; it gives
/// nothing when the dict was changed meanwhile.
fn walk_locked<E>(
    dict: &Dict,
    needle: Needle,
    ask: impl Fn(Value) -> Result<Option<bool>, E>,
) -> Result<Walk, E> {
    let Some(keys) = dict.keys_locked() else {
        return Ok(Walk::Absent);
    };
    for place in keys.probe(needle.hash) {
        // ORDERING: relaxed: the table changes under the lock.
        let entry = match keys.index(place, Ordering::Relaxed) {
            Index::Empty => break,
            Index::Deleted => continue,
            Index::Entry(entry) => entry,
        };
        let answer = match compare(keys.entry(entry), needle) {
            Match::Same => Some(true),
            Match::Different => Some(false),
            Match::Unclear(key) => ask(key)?,
        };
        match answer {
            Some(true) => return Ok(Walk::Found(Found { place, entry })),
            Some(false) => {}
            None => return Ok(Walk::Changed),
        }
    }
    Ok(Walk::Absent)
}

/// How many entries the dict can have, at least, without its lock, and the keys block that this was read from.
pub(super) fn room(ts: &ThreadState, dict: &Dict) -> (*const Keys, usize) {
    mark_before_read(ts, &dict.header);
    dict.keys()
        .map_or((ptr::null(), 0), |keys| (ptr::from_ref(keys), keys.room()))
}
