//! Two threads ask whether a cached object is uniquely referenced, to change it in place.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_unique_is_exclusive",
    pillar: Pillar::Refcount,
    question: "When two threads find the same cached object, can both believe that it is theirs to change?",
    always: "At most one of them changes the object, and alone.",
    sometimes: &["the owner changes it", "the other thread is refused"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    // The one reference belongs to a cache that both threads look at.
    let object = stage.role(1).create();
    let threads = [1, 2].map(|number| {
        stage.spawn(number, move |role| {
            let unique = object.count().is_uniquely_referenced(role.me);
            if unique {
                object.write(number);
            }
            unique
        })
    });
    let [owner, other] = threads.map(|thread| thread.join());
    claims.always("not both", !(owner && other), || "both changed it");
    claims.sometimes("the owner changes it", owner);
    claims.sometimes("the other thread is refused", !other);
    claims.always(
        "destroyed",
        stage.role(1).release(object),
        || "a reference is left",
    );
}
