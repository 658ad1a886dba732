//! A thread makes an object immortal that another thread owns and counts.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::refcount::Immortalized;

use super::stage::{Deaf, Stage};

pub(super) const SCENARIO: Scenario = Scenario {
    name: "refcount_immortal_by_owner_only",
    pillar: Pillar::Refcount,
    question: "Does an object that was made immortal stay so, whoever counted it meanwhile?",
    always: "Once immortal, always immortal.",
    sometimes: &["made immortal", "refused, because another thread owns it"],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<Deaf>::new();
    let object = stage.role(1).create();
    // T1 has a reference, and T2 has one.
    object.count().incref(stage.role(2).me);
    let owning = stage.spawn(1, move |role| {
        object.read();
        role.release(object)
    });
    let interning = stage.spawn(2, move |role| {
        let outcome = object.count().set_immortal(role.me);
        if outcome == Immortalized::Refused {
            return (outcome, role.release(object));
        }
        (outcome, false)
    });
    let by_owner = owning.join();
    let (outcome, by_other) = interning.join();
    let immortal = outcome == Immortalized::Done;
    claims.sometimes("made immortal", immortal);
    claims.sometimes("refused, because another thread owns it", !immortal);
    let destroyed = u32::from(by_owner) + u32::from(by_other);
    claims.always(
        "destroyed once, or never when immortal",
        destroyed == u32::from(!immortal),
        || format!("immortal: {immortal}, destroyed {destroyed} times"),
    );
    if immortal {
        let now = object.count().snapshot();
        claims.always("still immortal", now.is_immortal(), || format!("{now:?}"));
        stage.role(3).free(object);
    }
}
