//! Objects that threads count for themselves, so that only a collection ends them.

use std::ptr::NonNull;

use super::look::each_part;
use crate::objects::header::Header;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;

/// Defers the counts of all objects that are chosen and that the calling thread owns, or nobody; `choose` only looks, as
/// the world is stopped.
pub fn defer_counts(ts: &ThreadState, choose: impl Fn(&Value) -> bool) {
    each_part(ts, |object, header| {
        if choose(&Value::object(object)) {
            let _ = defer(ts, object, header);
        }
    });
}

/// Defers the count of an object that the calling thread owns, or nobody, and has a reference to; says whether it was
/// not deferred before, and is now.
pub fn defer_count(ts: &ThreadState, value: Value) -> bool {
    let header = value.header().zip(value.as_header());
    header.is_some_and(|(object, header)| defer(ts, object, header))
}

fn defer(ts: &ThreadState, object: NonNull<Header>, header: &Header) -> bool {
    // A collection passes over what shows no references.
    if header.kind().traverse.is_none() || header.count.number().is_some() {
        return false;
    }
    let runtime = ts.runtime();
    let lot = &runtime.parking.lot;
    // SAFETY: the caller has a reference or has stopped the world; a collection ends the deferral before the object.
    unsafe { runtime.deferred.defer(lot, ts.id(), object.cast()) }
}
