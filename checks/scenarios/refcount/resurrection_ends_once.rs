//! A finalizer ends while a thread drops the reference that escaped from it.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::refcount::Resurrected;

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_resurrection_ends_once",
    pillar: Pillar::Refcount,
    question: "When a reference that escaped from a finalizer is dropped while the finalizer ends, does one thread \
               decide that the object is dead?",
    always: "Exactly one of the two destroys the object, and no use of it comes later.",
    sometimes: &[
        "the finalizer's thread destroys",
        "the other thread destroys",
    ],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let owner = stage.role(1);
    let object = owner.create();
    claims.always("dead", owner.dies(object), || "a reference is left");
    object.count().resurrect_start(owner.me);
    // The finalizer shows the object to T2, which takes a reference.
    object.count().incref(stage.role(2).me);
    let ending = stage.spawn(1, move |role| {
        object.read();
        let dead = object.count().resurrect_end(role.me) == Resurrected::Dead;
        if dead {
            role.destroy(object);
        }
        dead
    });
    let dropping = stage.spawn(2, move |role| {
        object.read();
        role.release(object)
    });
    let (by_end, by_drop) = (ending.join(), dropping.join());
    claims.always("destroyed once", by_end != by_drop, || {
        format!("by end: {by_end}, by drop: {by_drop}")
    });
    claims.sometimes("the finalizer's thread destroys", by_end);
    claims.sometimes("the other thread destroys", by_drop);
}
