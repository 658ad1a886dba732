//! A thread that is not the owner finds an object dead that was merged before, and a reference escapes its finalizer.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Stage};
use crate::rt::protocols::refcount::Resurrected;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_resurrection_of_merged",
    pillar: Pillar::Refcount,
    question: "When an object is found dead that its owner had merged, is it resurrected as any other?",
    always: "Exactly one of the two destroys the object.",
    sometimes: &[
        "the finalizer's thread destroys",
        "the other thread destroys",
    ],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let (owner, other) = (stage.role(1), stage.role(2));
    let object = owner.create();
    object.count().incref(other.me);
    claims.always("merged", !owner.dies(object), || "dead too early");
    claims.always("dead", other.dies(object), || "a reference is left");
    object.count().resurrect_start(other.me);
    // The finalizer, which runs in T2, shows the object to T1, which takes a reference.
    object.count().incref(owner.me);
    let ending = stage.spawn(2, move |role| {
        object.read();
        let dead = object.count().resurrect_end(role.me) == Resurrected::Dead;
        if dead {
            role.destroy(object);
        }
        dead
    });
    let dropping = stage.spawn(1, move |role| {
        object.read();
        role.release(object)
    });
    let (by_end, by_drop) = (ending.join(), dropping.join());
    claims.always("destroyed once", by_end != by_drop, || {
        format!("by end: {by_end}, by drop: {by_drop}")
    });
    claims.sometimes(SCENARIO.sometimes[0], by_end);
    claims.sometimes(SCENARIO.sometimes[1], by_drop);
}
