//! Changes of a dict that depend on what is there: a key only while it has a certain value, and a dict only while its
//! finder's object has it.

use super::layout::Dict;
use super::of_keys;
use super::read;
use super::write;
use crate::objects::hooks::Error;
use crate::objects::life::decref;
use crate::objects::lookup::Needle;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::event;

/// Deletes a key if its value is this very one; says whether it was. Another thread may have replaced it since the
/// caller looked.
///
/// # Errors
/// As for [`get`](super::get).
pub fn delete_held(ts: &ThreadState, dict: &Dict, key: Value, value: Value) -> Result<bool, Error> {
    let needle = Needle::new(ts, key)?;
    event::writes(dict, Some(needle.hash));
    let removed = event::call("dict.delete", (needle, value), || {
        write::locked(ts, dict, |writer| {
            let found = writer.find(needle)?;
            let found = found.filter(|&found| writer.value(found) == Some(value));
            Ok(found.and_then(|found| writer.remove(found)))
        })
    })?;
    if let Some((key, value)) = removed {
        // SAFETY: the dict owned both references.
        unsafe {
            decref(ts, key);
            decref(ts, value);
        }
    }
    Ok(removed.is_some())
}

/// A new dict with one key, whose references it takes over.
#[must_use]
pub(in crate::objects) fn with_entry(ts: &ThreadState, needle: Needle, value: Value) -> Value {
    of_keys(ts, Some(write::first_keys(ts, needle, value)), 1)
}

/// Sets the value of a key in a dict that the caller found since its last quiescent state, and to which it may have no
/// reference: if its lock is free, and `held` says under it that something keeps it while the lock is held. Gives what
/// the caller has to give back then, and takes its references over; nothing when only a holder can do it.
#[inline]
pub(in crate::objects) fn put_in_passing(
    ts: &ThreadState,
    dict: &Dict,
    (needle, value): (Needle, Value),
    held: impl FnOnce() -> bool,
) -> Option<Option<[Value; 2]>> {
    event::inserts(dict, needle.hash, || read::is_missing(ts, dict, needle));
    let old = event::call("dict.insert", (needle, value), || {
        write::locked_if_held(ts, dict, held, |writer| {
            let found = writer.find_plainly(needle)?;
            Some(writer.put(found, needle, value))
        })
    });
    // A key that the dict had keeps its old reference.
    old.map(|old| old.map(|old| [needle.key, old]))
}
