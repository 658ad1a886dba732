//! Objects that threads count for themselves, so that only a collection ends them.

use std::ptr::NonNull;

use super::look::each_part;
use crate::objects::header::{Header, Tag};
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;

/// Defers the counts of all objects with these layouts that the calling thread owns, or nobody.
pub fn defer_counts(ts: &ThreadState, layouts: &[Tag]) {
    each_part(ts, |object, header| {
        if layouts.contains(&header.tag()) {
            defer(ts, object, header);
        }
    });
}

/// Defers the count of an object that the calling thread owns, or nobody, and has a reference to.
pub fn defer_count(ts: &ThreadState, value: Value) {
    if let (Some(object), Some(header)) = (value.header(), value.as_header()) {
        defer(ts, object, header);
    }
}

fn defer(ts: &ThreadState, object: NonNull<Header>, header: &Header) {
    // A collection passes over what shows no references.
    if header.kind().traverse.is_some() {
        let runtime = ts.runtime();
        // SAFETY: the caller has a reference or has stopped the world; a collection ends the deferral before the object.
        let _ = unsafe {
            runtime
                .deferred
                .defer(&runtime.parking.lot, ts.id(), object.cast())
        };
    }
}
