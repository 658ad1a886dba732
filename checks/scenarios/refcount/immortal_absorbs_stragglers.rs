//! The owner makes an object immortal while another thread still counts it.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::refcount::Immortalized;

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_immortal_absorbs_stragglers",
    pillar: Pillar::Refcount,
    question: "Does a drop that began before the object became immortal leave it alive?",
    always: "An immortal object never dies.",
    sometimes: &["a drop before", "a drop after"],
    bound: Bound::Preemptions(3),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::new();
    let owner = stage.role(1);
    owner.register(Deaf);
    let object = owner.create();
    // T1 has one reference and T2 two, all of them counted by T1.
    object.count().incref(owner.me);
    object.count().incref(owner.me);
    let interning = stage.spawn(1, move |role| {
        let before = object.count().snapshot();
        let outcome = object.count().set_immortal(role.me);
        let mut died = role.dies(object);
        role.leave(|_| died = true);
        (outcome, before.shared != 0, died)
    });
    let dropping = stage.spawn(2, move |role| {
        let (first, second) = (role.dies(object), role.dies(object));
        (first || second, object.count().is_immortal())
    });
    let (outcome, before, by_owner) = interning.join();
    let (by_other, after) = dropping.join();
    let now = object.count().snapshot();
    claims.always("made immortal", outcome == Immortalized::Done, || "refused");
    claims.always("never dies", !by_owner && !by_other, || {
        format!("dead for the owner: {by_owner}, for the other: {by_other}")
    });
    claims.always(
        "still immortal",
        now.is_immortal() && now.owner.is_none() && now.shared > 0,
        || format!("{now:?}"),
    );
    claims.sometimes("a drop before", before);
    claims.sometimes("a drop after", after);
    stage.role(3).free(object);
}
