//! Deleting a key only while it has a certain value.

use super::layout::Dict;
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
