//! An object becomes deferred while a thread that does not know of it gives its reference back, and one that leaves folds
//! what it has counted.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::deferred::{Deferred, Tally};
use crate::rt::protocols::refcount::{Counter, Decref, Number, ThreadId};

use super::stage::{Deaf, Object, Role, Slot, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_deferred_is_not_found_dead",
    pillar: Pillar::Refcount,
    question: "Is an object with a deferred count alive for those who drop it, whatever threads count for themselves?",
    always: "Nobody finds the object dead, and in the end every reference is counted.",
    sometimes: &[
        "the straggler counted in the shared word",
        "the straggler counted for itself",
        "the reference went from one thread to another",
    ],
    bound: Bound::Preemptions(2),
    body,
};

/// A thread with a tally.
#[derive(Clone, Copy)]
struct Counting<'a>(ThreadId, &'a Tally);

impl Counter for Counting<'_> {
    fn id(self) -> ThreadId {
        self.0
    }

    fn count(self, number: Number, change: i64) {
        self.1.add(number, change);
    }
}

/// What the threads share beside the stage.
struct Shared {
    deferred: Deferred,
    tallies: [Tally; 3],
    slot: Slot,
}

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let owner = stage.role(1);
    let object = owner.create();
    // T1 and T3 have a reference each, and nobody owns the object.
    let _ = object.count().merge(1);
    let shared = Arc::new(Shared {
        deferred: Deferred::new(),
        tallies: [Tally::new(), Tally::new(), Tally::new()],
        slot: Slot::new("slot", None),
    });
    let (first, second, third) = (
        Arc::clone(&shared),
        Arc::clone(&shared),
        Arc::clone(&shared),
    );
    let deferring = stage.spawn(1, move |role| defer_and_share(role, &first, object));
    let leaving = stage.spawn(2, move |role| take_and_leave(role, &second));
    let straggling = stage.spawn(3, move |role| {
        let numbered = object.count().number().is_some();
        let me = Counting(role.me, &third.tallies[2]);
        (object.count().decref(me) == Decref::Dead, numbered)
    });
    deferring.join();
    let (taken, found_by_second) = leaving.join();
    let (found_by_third, numbered) = straggling.join();
    let found = u32::from(found_by_second) + u32::from(found_by_third);
    claims.always("nobody finds the object dead", found == 0, || {
        format!("{found} threads")
    });
    claims.sometimes("the straggler counted in the shared word", !numbered);
    claims.sometimes("the straggler counted for itself", numbered);
    claims.sometimes("the reference went from one thread to another", taken);
    end(claims, &owner, &shared, object, 2 - i64::from(taken));
}

/// Defers the count, and puts one more reference into the slot.
fn defer_and_share(role: &Role, shared: &Shared, object: Object) {
    let me = Counting(role.me, &shared.tallies[0]);
    // SAFETY: the thread has a reference; the block is freed after the end of the deferral.
    let _ = unsafe {
        shared
            .deferred
            .defer(&role.stage.lot, role.me, object.counted())
    };
    object.count().incref(me);
    shared.slot.replace(Some(object));
}

/// Drops the reference from the slot, and leaves; says whether there was one, and whether it was the last.
fn take_and_leave(role: &Role, shared: &Shared) -> (bool, bool) {
    let Some(object) = shared.slot.replace(None) else {
        return (false, false);
    };
    let tally = &shared.tallies[1];
    let dead = object.count().decref(Counting(role.me, tally)) == Decref::Dead;
    shared.deferred.fold(&role.stage.lot, tally);
    (true, dead)
}

/// The collection: so many references are left.
fn end(claims: &Claims, owner: &Role, shared: &Shared, object: Object, left: i64) {
    let lot = &owner.stage.lot;
    for tally in &shared.tallies {
        shared.deferred.fold(lot, tally);
    }
    shared.deferred.end(lot, object.count());
    let total = object.count().snapshot().total();
    claims.always("every reference is counted", total == left, || {
        format!("{total} of {left}")
    });
    for _ in 0..left {
        owner.release(object);
    }
}
