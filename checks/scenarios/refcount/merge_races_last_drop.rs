//! The owner merges a queued object while another thread drops the last other reference.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::refcount::{Decref, Merged};

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_merge_races_last_drop",
    pillar: Pillar::Refcount,
    question: "When the owner merges while another thread drops the last reference, does the owner let go of the \
               header in time?",
    always: "Whoever brings the count to zero destroys the object, and nobody touches the header later.",
    sometimes: &["the merge finds it dead", "the drop finds it dead"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let owner = stage.role(1);
    let object = owner.create();
    object.count().incref(owner.me);
    // One of the two references dies elsewhere: it belongs to the owner's queue now.
    let queued = object.count().decref(stage.role(3).me);
    claims.always("queued", queued == Decref::Queue, || format!("{queued:?}"));
    let merging = stage.spawn(1, move |role| {
        let dead = object.count().merge(-1) == Merged::Dead;
        if dead {
            role.destroy(object);
        }
        dead
    });
    let dropping = stage.spawn(2, move |role| {
        object.read();
        role.release(object)
    });
    let (merge, drop) = (merging.join(), dropping.join());
    claims.always("destroyed once", merge != drop, || {
        format!("by merge: {merge}, by drop: {drop}")
    });
    claims.sometimes("the merge finds it dead", merge);
    claims.sometimes("the drop finds it dead", drop);
}
