//! Whether two sets are compared as they are at one moment.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::set_of;
use crate::rt::objects::set::{discard, is_subset};
use crate::scenarios::containers::{Stage, int};

const FULL: &str = "nothing has been discarded";
const EMPTY: &str = "both sets are empty";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "set_subset_vs_discards",
    pillar: Pillar::Set,
    question: "Can a comparison of two sets see a key that left the smaller one before it left the larger?",
    always: "The smaller set is a subset of the larger.",
    sometimes: &[FULL, EMPTY],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let (large, small) = (set_of(owner, [1, 2]), set_of(owner, [1]));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                for set in [small, large] {
                    discard(ts, &set, int(1)).expect("integers have hashes");
                }
            }),
            Box::new(move |ts| {
                let before = large.len();
                let answer = is_subset(ts, &small, &large).expect("integers compare");
                claims.always("it is a subset", answer, || answer);
                claims.sometimes(FULL, small.len() == 1);
                claims.sometimes(EMPTY, before == 1);
            }),
        ])
        .finish(&[large.value(), small.value()]);
}
