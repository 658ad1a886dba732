//! The owner and another thread drop the last two references at once.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, LIVE, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_owner_and_other_drop",
    pillar: Pillar::Refcount,
    question: "When the owner and another thread drop the last two references at once, is the object destroyed once, \
               after both are done with it?",
    always: "Exactly one of the two destroys the object, and no use of it comes later.",
    sometimes: &["the owner destroys", "the other thread destroys"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    object.count().incref(stage.role(2).me);
    let threads = [1, 2].map(|number| {
        stage.spawn(number, move |role| {
            (object.read() == LIVE, role.release(object))
        })
    });
    let [(_, by_owner), (_, by_other)] = threads.map(|thread| thread.join());
    claims.always("destroyed once", by_owner != by_other, || {
        format!("by owner: {by_owner}, by other: {by_other}")
    });
    claims.sometimes("the owner destroys", by_owner);
    claims.sometimes("the other thread destroys", by_other);
}
