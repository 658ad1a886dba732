//! What is done with two sets at one moment of both.

use super::layout::Set;
use super::write;
use crate::objects::header::Header;
use crate::objects::hooks::Error;
use crate::objects::lookup::Needle;
use crate::objects::shared::{self, drop_all};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::{event, seeded};

/// Runs `body`, which may run code, with the lock of a set and that of another container, where there is one: as long as
/// it does not give them up, all that it does happens at one moment of both.
pub fn within<R>(
    ts: &ThreadState,
    set: &Set,
    other: Option<&Header>,
    body: impl FnOnce() -> R,
) -> R {
    match other {
        Some(other) => shared::locked_both(ts, &set.header, other, body),
        None => shared::locked(ts, &set.header, body),
    }
}

/// Adds every key of `source`, at one moment of both.
///
/// # Errors
/// As for [`contains`](super::contains); the keys before the failing one are added.
pub fn update(ts: &ThreadState, set: &Set, source: &Set) -> Result<(), Error> {
    let mut known = Vec::new();
    event::changes(set, source);
    let result = event::operation("set.update", || {
        if seeded!("se4-update-in-two-sections") {
            return take_all(ts, set, source, &mut known);
        }
        let other = (!source.is_frozen()).then_some(&source.header);
        within(ts, set, other, || take_all(ts, set, source, &mut known))
    });
    // SAFETY: the set did not take these references of the snapshot.
    unsafe { drop_all(ts, known) };
    result
}

/// Adds the keys; those that the set has, and after an error the rest, go to `known`.
fn take_all(
    ts: &ThreadState,
    set: &Set,
    source: &Set,
    known: &mut Vec<Value>,
) -> Result<(), Error> {
    let snapshot = write::locked(ts, source, |writer| writer.snapshot());
    write::locked(ts, set, |writer| {
        let mut result = Ok(());
        for (_, hash, key) in writer.take_if_vacant(snapshot) {
            let needle = Needle { key, hash };
            let found = match result {
                Ok(()) => writer.find(needle),
                Err(_) => Ok(None),
            };
            let added = result.is_ok() && found.is_ok_and(|found| writer.put(found, needle));
            if !added {
                known.push(key);
            }
            result = result.and(found.map(drop));
        }
        result
    })
}
