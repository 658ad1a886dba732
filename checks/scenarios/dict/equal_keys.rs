//! A dict whose keys are one value of each group of equal ones, with the number of the group.

use reports::scenario::Claims;

use crate::rt::objects::dict::{self, Dict};
use crate::rt::objects::{Value, incref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::scenarios::containers::{int, take};
use crate::scenarios::zoo::Group;

/// Sets a key, which the caller keeps.
pub(super) fn set(ts: &ThreadState, dict: &Dict, key: Value, value: i64) {
    incref(ts, key);
    dict::insert(ts, dict, key, int(value)).expect("the key has a hash");
}

/// The number under a key.
pub(super) fn look_up(ts: &ThreadState, dict: &Dict, key: Value) -> Option<i64> {
    take(ts, dict::get(ts, dict, key).expect("the key has a hash"))
}

/// Looks every value of every group up.
pub(super) fn find_all(ts: &ThreadState, dict: &Dict, groups: &[Group], claims: &Claims) {
    for (number, group) in groups.iter().enumerate() {
        for &key in group {
            let found = look_up(ts, dict, key);
            let right = found == Some(number as i64);
            claims.always("the key is found", right, || {
                format!("{found:?} for {key:?} of group {number}")
            });
        }
    }
}
