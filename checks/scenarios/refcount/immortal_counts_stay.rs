//! Two threads count an object that is immortal from the start.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_immortal_counts_stay",
    pillar: Pillar::Refcount,
    question: "Do the counts of an immortal object stay as they are, whoever takes and drops references?",
    always: "No count of an immortal object moves.",
    sometimes: &["the object is immortal when the other thread drops a reference"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let owner = stage.role(1);
    let object = owner.create();
    let _ = object.count().set_immortal(owner.me);
    let before = object.count().snapshot();
    let taking = stage.spawn(1, move |role| {
        object.count().incref(role.me);
        object.count().snapshot()
    });
    let dropping = stage.spawn(2, move |role| {
        (role.dies(object), object.count().snapshot())
    });
    let (seen, (died, left)) = (taking.join(), dropping.join());
    let after = object.count().snapshot();
    let told = || format!("{before:?}, then {seen:?}, {left:?} and {after:?}");
    let stays = [seen, left, after].iter().all(|now| *now == before);
    claims.always("no count moves", stays && !died, told);
    claims.sometimes(SCENARIO.sometimes[0], left.is_immortal());
    owner.free(object);
}
