//! Whether a reader finds its key while the table is replaced by a larger one.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{add, has, set_of};
use crate::scenarios::containers::{Stage, int};

const FOUND: &str = "the reader finds the key that made the set grow";
const MISSED: &str = "the reader does not find it yet";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "set_contains_vs_growth",
    pillar: Pillar::Set,
    question: "Does a reader find a key that was always there while the set grows?",
    always: "A key that was always there is found.",
    sometimes: &[FOUND, MISSED],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let set = set_of(stage.thread(0), 1..5);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| add(ts, &set, int(13))),
            Box::new(move |ts| {
                let new = has(ts, &set, int(13));
                claims.sometimes(FOUND, new);
                claims.sometimes(MISSED, !new);
                let old = has(ts, &set, int(4));
                claims.always("a key that was always there is found", old, || old);
            }),
        ])
        .finish(&[set.value()]);
}
