//! What is done with two dicts at one moment of both.
//!
//! A key whose comparison runs code that gives the locks up divides it into what was done before and after.

use super::layout::{Dict, Keys};
use super::write::{self, Prepared, Writer};
use super::{of_keys, read};
use crate::objects::hooks::Error;
use crate::objects::life::new_ref_with_lock;
use crate::objects::lookup::Needle;
use crate::objects::shared::drop_all;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::{event, seeded};

/// Sets every key of `source` in `dict`, at one moment of both.
///
/// # Errors
/// As for [`get`](super::get); the keys before the failing one are set.
pub fn update(ts: &ThreadState, dict: &Dict, source: &Dict) -> Result<(), Error> {
    let mut dropped = Vec::new();
    event::changes(dict, source);
    let result = event::operation("dict.update", || {
        if seeded!("di11-update-in-two-sections") {
            let pairs = write::locked(ts, source, |writer| writer.needles());
            return write::locked(ts, dict, |writer| put_all(writer, pairs, &mut dropped));
        }
        write::locked_with(ts, dict, source, |writer, source| {
            put_all(writer, source.needles(), &mut dropped)
        })
    });
    // SAFETY: the dict has taken other references, or none.
    unsafe { drop_all(ts, dropped) };
    result
}

/// Sets the keys; references that the dict did not take, or does not need any more, go to `dropped`.
fn put_all(
    writer: &Writer,
    pairs: Vec<(Needle, Value)>,
    dropped: &mut Vec<Value>,
) -> Result<(), Error> {
    let mut result = Ok(());
    for (needle, value) in pairs {
        let found = result.and_then(|()| writer.find(needle));
        match found {
            Ok(found) => {
                let old = writer.put(found, needle, value);
                dropped.extend(old.into_iter().flat_map(|old| [needle.key, old]));
            }
            Err(_) => dropped.extend([needle.key, value]),
        }
        result = found.map(drop);
    }
    result
}

/// A new dict with the keys of `dict` and then those of `other`, whose values count, at one moment of both.
///
/// # Errors
/// As for [`get`](super::get).
pub fn union(ts: &ThreadState, dict: &Dict, other: &Dict) -> Result<Value, Error> {
    event::reads_both(dict, other);
    let ((keys, used), pairs) = event::operation("dict.union", || {
        // The block is made before the locks are taken.
        let (source, room) = read::room(ts, dict);
        let prepared = Prepared {
            keys: Keys::alloc(ts, room),
            room,
        };
        if seeded!("di12-union-in-two-sections") {
            let copied = write::locked(ts, dict, |writer| writer.duplicate(source, prepared));
            return (copied, write::locked(ts, other, |other| other.needles()));
        }
        write::locked_with(ts, dict, other, |writer, other| {
            (writer.duplicate(source, prepared), other.needles())
        })
    });
    let made = of_keys(ts, Some(keys), used);
    let mut dropped = Vec::new();
    let target = made.downcast::<Dict>();
    let result = target.map_or(Ok(()), |target| {
        write::locked(ts, target, |writer| put_all(writer, pairs, &mut dropped))
    });
    if result.is_err() {
        dropped.push(made);
    }
    // SAFETY: the references are nobody else's.
    unsafe { drop_all(ts, dropped) };
    result.map(|()| made)
}

/// The values that two dicts have for each key, at one moment of both, new references; nothing when they have not the
/// same keys.
///
/// # Errors
/// As for [`get`](super::get).
pub fn pairs(
    ts: &ThreadState,
    left: &Dict,
    right: &Dict,
) -> Result<Option<Vec<(Value, Value)>>, Error> {
    let mut dropped = Vec::new();
    let result = event::operation("dict.compare", || {
        if seeded!("di13-compare-in-two-sections") {
            let needles = write::locked(ts, left, |left| left.needles());
            return write::locked(ts, right, |right| matched(ts, needles, right, &mut dropped));
        }
        write::locked_with(ts, left, right, |left, right| {
            match left.is_as_long_as(right) {
                true => matched(ts, left.needles(), right, &mut dropped),
                false => Ok(None),
            }
        })
    });
    // SAFETY: the references were taken above and are not among the pairs.
    unsafe { drop_all(ts, dropped) };
    result
}

/// Looks the keys up in a dict; references that are not among the pairs go to `dropped`.
fn matched(
    ts: &ThreadState,
    needles: Vec<(Needle, Value)>,
    right: &Writer,
    dropped: &mut Vec<Value>,
) -> Result<Option<Vec<(Value, Value)>>, Error> {
    let mut pairs = Vec::with_capacity(needles.len());
    let mut result = Ok(true);
    for (needle, value) in needles {
        dropped.push(needle.key);
        let found = match result {
            Ok(true) => right.find(needle),
            _ => Ok(None),
        };
        match found.map(|found| found.and_then(|found| right.value(found))) {
            Ok(Some(other)) => pairs.push((value, new_ref_with_lock(ts, other))),
            missing => {
                dropped.push(value);
                result = result.and(missing.map(|_| false));
            }
        }
    }
    if result == Ok(true) {
        return Ok(Some(pairs));
    }
    dropped.extend(pairs.into_iter().flat_map(|(left, right)| [left, right]));
    result.map(|_| None)
}
