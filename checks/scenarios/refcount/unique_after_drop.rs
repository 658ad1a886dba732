//! The owner changes an object in place as soon as the last other reference is gone.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_unique_after_drop",
    pillar: Pillar::Refcount,
    question: "When an object becomes uniquely referenced, is its former holder done with it?",
    always: "What the owner changes in place nobody uses at the same time.",
    sometimes: &["unique again", "still shared"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    object.count().incref(stage.role(2).me);
    let changing = stage.spawn(1, move |role| {
        let unique = object.count().is_uniquely_referenced(role.me);
        if unique {
            object.write(7);
        }
        unique
    });
    let dropping = stage.spawn(2, move |role| {
        object.read();
        role.release(object)
    });
    let unique = changing.join();
    claims.always("not the last reference", !dropping.join(), || "destroyed");
    claims.sometimes("unique again", unique);
    claims.sometimes("still shared", !unique);
    claims.always(
        "destroyed",
        stage.role(1).release(object),
        || "a reference is left",
    );
}
