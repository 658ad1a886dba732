//! A thread makes a merged object immortal while its old owner still finds it in the queue.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::refcount::Immortalized;

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_immortal_survives_drain",
    pillar: Pillar::Refcount,
    question: "Does a late merge by the old owner leave an object immortal that another thread made so?",
    always: "Once immortal, always immortal.",
    sometimes: &["drained before", "drained after"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::new();
    let (owner, other) = (stage.role(1), stage.role(2));
    owner.register(Deaf);
    let object = owner.create();
    object.count().incref(owner.me);
    // T2 drops a reference that T1 counted: the object is in T1's queue.
    let mut died = other.dies(object);
    // T2 takes two, and T1 drops two: merged, with the queue's reference and one of T2's.
    object.count().incref(other.me);
    object.count().incref(other.me);
    died |= owner.dies(object) || owner.dies(object);
    claims.always("alive before the race", !died, || "dead");
    let draining = stage.spawn(1, move |role| {
        let immortal = object.count().is_immortal();
        let mut dead = false;
        role.leave(|_| dead = true);
        (dead, immortal)
    });
    let interning = stage.spawn(2, move |role| {
        let drained = object.count().snapshot().shared == 1;
        (object.count().set_immortal(role.me), drained)
    });
    let (dead, after) = draining.join();
    let (outcome, before) = interning.join();
    let now = object.count().snapshot();
    claims.always("never dies", !dead, || "dead");
    claims.always("made immortal", outcome == Immortalized::Done, || "refused");
    claims.always("still immortal", now.is_immortal(), || format!("{now:?}"));
    claims.sometimes("drained before", before);
    claims.sometimes("drained after", after);
    stage.role(3).free(object);
}
