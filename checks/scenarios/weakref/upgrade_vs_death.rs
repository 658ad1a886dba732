//! Whether a weak reference leads to a live referent or to none.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::target::{leads_to, target, weak};
use crate::scenarios::containers::{Stage, drop_ref};

const ALIVE: &str = "the referent was alive";
const DEAD: &str = "the referent was dead";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "weakref_upgrade_vs_death",
    pillar: Pillar::Weakref,
    question: "Does an upgrade give a live referent or none while the last reference is dropped?",
    always: "What an upgrade gives lives, and the referent is freed once.",
    sometimes: &[ALIVE, DEAD],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let object = target(owner);
    let reference = weak(owner, object, None);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| drop_ref(ts, object)),
            Box::new(move |ts| {
                let alive = leads_to(ts, reference, object);
                claims.sometimes(ALIVE, alive);
                claims.sometimes(DEAD, !alive);
            }),
        ])
        .finish(&[reference]);
}
