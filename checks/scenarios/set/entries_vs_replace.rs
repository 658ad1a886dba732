//! Whether keys are replaced in one step.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{has, set_of};
use crate::rt::objects::set::{entries, replace};
use crate::scenarios::containers::{Stage, drop_ref, int};

const OLD: &str = "the set had its old keys";
const NEW: &str = "the set had its new keys";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "set_entries_vs_replace",
    pillar: Pillar::Set,
    question: "Can an intersection in place be seen while it is made?",
    always: "The set has its old keys or its new ones, and at any time the one that both have.",
    sometimes: &[OLD, NEW],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let set = set_of(stage.thread(0), [1, 2]);
    let kept = set_of(stage.thread(0), [2]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| replace(ts, &set, &kept)),
            Box::new(move |ts| {
                let common = has(ts, &set, int(2));
                claims.always("the common key is there", common, || common);
                let keys = entries(ts, &set);
                let count = keys.len();
                keys.into_iter().for_each(|key| drop_ref(ts, key));
                claims.always("no key is missing", count > 0, || count);
                claims.sometimes(OLD, count == 2);
                claims.sometimes(NEW, count == 1);
            }),
        ])
        .finish(&[set.value(), kept.value()]);
}
