//! Objects that threads count for themselves, so that only a collection ends them.

use std::ptr::NonNull;

use super::kind_of;
use super::look::each_part;
use crate::objects::header::Header;
use crate::objects::life::decref;
use crate::objects::local;
use crate::objects::value::Value;
use crate::protocols::thread_state::ThreadState;
use crate::sync::seeded;

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

/// Defers the leaf that the calling thread has chosen, if there is one; the caller is at a safepoint.
pub fn share_contended(ts: &ThreadState) {
    if let Some(leaf) = local::of(ts).contended.take() {
        let leaf = Value::object(leaf);
        let _ = defer_for_owner(ts, leaf);
        // SAFETY: the reference was taken when the leaf was chosen.
        unsafe { decref(ts, leaf) };
    }
}

/// Defers the count of a leaf to which the calling thread has a reference, whoever owns it; stops the world, so that the
/// owner does not count meanwhile. The next collection counts the leaf like others again.
pub fn defer_for_owner(ts: &ThreadState, leaf: Value) -> bool {
    let (Some(object), Some(header)) = (leaf.header(), leaf.as_header()) else {
        return false;
    };
    let (runtime, running) = (ts.runtime(), seeded!("ct1-taken-from-a-running-owner"));
    if !running {
        runtime.world().stop(Some(ts));
    }
    let owner = header.count.owner().unwrap_or(ts.id());
    // SAFETY: the caller has a reference, the owner is stopped, and a collection ends the deferral before the object.
    let deferred = unsafe { (runtime.deferred).defer(&runtime.parking.lot, owner, object.cast()) };
    if !running {
        runtime.world().restart(Some(ts));
    }
    deferred
}

/// Ends the deferral of all leaves, and gives those that are dead. The world is stopped, and all tallies are folded.
pub(super) fn end_leaves(ts: &ThreadState) -> Vec<NonNull<Header>> {
    let runtime = ts.runtime();
    let lot = &runtime.parking.lot;
    if seeded!("ct2-leaves-stay-deferred") {
        return Vec::new();
    }
    let deferred = runtime.deferred.counts(lot).into_iter();
    let objects = deferred.map(NonNull::cast::<Header>);
    // SAFETY: what is deferred is alive, and its count is the first field of the header.
    let leaves = objects.filter(|leaf| kind_of(unsafe { leaf.as_ref() }).traverse.is_none());
    leaves
        .filter(|leaf| {
            // SAFETY: as above.
            let count = unsafe { &leaf.as_ref().count };
            runtime.deferred.end(lot, count);
            !count.snapshot().is_alive()
        })
        .collect()
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
