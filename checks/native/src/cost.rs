//! Fast paths as they are compiled through the facade, beside the same written by hand on `std`.
//!
//! The functions of a pair must be the same machine code: recorder, sites and faults cost nothing natively. They are
//! here, and not in the test that compares them, because this crate is optimised in every profile.

use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};

use crate::rt::protocols::refcount::{RefCount, ThreadId};
use crate::rt::sync::{atomic, event, site};

/// What [`RefCount`] is, in `std`'s words.
#[derive(Debug)]
#[repr(C)]
pub struct ByHand {
    owner: AtomicU32,
    local: AtomicU32,
    shared: AtomicI64,
}

const IMMORTAL: u32 = u32::MAX;
const ONE: i64 = 4;
/// The owner word of a deferred object has it.
const NUMBERED: u32 = 1 << 31;

/// Takes a reference, through the facade.
#[inline(never)]
pub fn incref(count: &RefCount, me: ThreadId) {
    count.incref(me);
}

/// Takes a reference, by hand.
#[inline(never)]
pub fn incref_by_hand(count: &ByHand, me: ThreadId) {
    count.incref(me);
}

impl ByHand {
    // A method, as `RefCount::incref` is: inlining decides where the returns stand.
    #[inline]
    fn incref(&self, me: ThreadId) {
        // ORDERING: as in `RefCount::incref`.
        let local = self.local.load(Ordering::Relaxed);
        if local == IMMORTAL {
            return;
        }
        let owner = self.owner.load(Ordering::Relaxed);
        if owner == me.get() {
            self.local.store(local + 1, Ordering::Relaxed);
        } else if owner & NUMBERED != 0 {
            count_by_hand(me, owner & !NUMBERED, 1);
        } else {
            self.shared.fetch_add(ONE, Ordering::Relaxed);
        }
    }
}

/// The slow path of a deferred count, of which only the call matters here.
#[cold]
#[inline(never)]
pub fn count_by_hand(me: ThreadId, number: u32, change: i64) {
    std::hint::black_box((me, number, change));
}

/// As `incref_by_hand`, and counts that it did, as a recorder would.
#[inline(never)]
pub fn incref_recorded(count: &ByHand, me: ThreadId, recorded: &AtomicU64) {
    // ORDERING: Relaxed, as a count carries nothing.
    recorded.fetch_add(1, Ordering::Relaxed);
    incref_by_hand(count, me);
}

/// Whether the caller's reference is the only one, through the facade.
#[inline(never)]
#[must_use]
pub fn is_unique(count: &RefCount, me: ThreadId) -> bool {
    count.is_uniquely_referenced(me)
}

/// Whether the caller's reference is the only one, by hand.
#[inline(never)]
#[must_use]
pub fn is_unique_by_hand(count: &ByHand, me: ThreadId) -> bool {
    // ORDERING: as in `RefCount::is_uniquely_referenced`.
    count.owner.load(Ordering::Relaxed) == me.get()
        && count.local.load(Ordering::Relaxed) == 1
        && count.shared.load(Ordering::Acquire) == 0
}

/// An addition with everything that the facade offers to name it.
#[inline(never)]
pub fn named_addition(counter: &atomic::AtomicU64) -> u64 {
    event::operation("addition", || {
        event::label(counter, "counter");
        event::acquired(counter, "lock");
        // ORDERING: AcqRel, for the sake of having a site.
        let old = counter.fetch_add(1, site("cost.addition", Ordering::AcqRel));
        event::released(counter);
        old
    })
}

/// The addition alone.
#[inline(never)]
pub fn addition_by_hand(counter: &AtomicU64) -> u64 {
    // ORDERING: as in `named_addition`.
    counter.fetch_add(1, Ordering::AcqRel)
}
