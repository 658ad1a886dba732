//! Two threads defer the count of one object that nobody owns.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::deferred::Deferred;

use super::stage::{Deaf, Object, Role, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_deferred_once",
    pillar: Pillar::Refcount,
    question: "Does an object get one number when two threads defer its count?",
    always: "In the end the references of both threads are counted, and nothing else.",
    sometimes: &["a thread found the number of the other"],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let owner = stage.role(1);
    let object = owner.create();
    // Each thread has a reference, and nobody owns the object.
    let _ = object.count().merge(1);
    let deferred = Arc::new(Deferred::new());
    let (first, second) = (Arc::clone(&deferred), Arc::clone(&deferred));
    let one = stage.spawn(1, move |role| defer(role, &first, object));
    let other = stage.spawn(2, move |role| defer(role, &second, object));
    let found = [one.join(), other.join()];
    claims.sometimes(
        "a thread found the number of the other",
        found.contains(&true),
    );
    let now = object.count().snapshot();
    claims.always("deferred", now.is_deferred, || format!("{now:?}"));
    deferred.end(&stage.lot, object.count());
    let now = object.count().snapshot();
    let right = now.total() == 2 && !now.is_deferred;
    claims.always("two references are counted", right, || format!("{now:?}"));
    owner.release(object);
    owner.release(object);
}

/// Defers the count; says whether that was done before.
fn defer(role: &Role, deferred: &Deferred, object: Object) -> bool {
    let found = object.count().number().is_some();
    // SAFETY: the thread has a reference, and the block is freed after the end of the deferral.
    let done = unsafe { deferred.defer(&role.stage.lot, role.me, object.counted()) };
    found && done
}
