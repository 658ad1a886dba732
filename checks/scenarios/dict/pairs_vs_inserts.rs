//! Whether two dicts are compared as they are at one moment.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, put};
use crate::rt::objects::dict::pairs;
use crate::scenarios::containers::{Stage, int, take};

const OLD: &str = "neither value has changed";
const BETWEEN: &str = "one value has changed";
const NEW: &str = "both values have changed";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_pairs_vs_inserts",
    pillar: Pillar::Dict,
    question: "Can a comparison of two dicts see the newer value of the second one beside the older of the first?",
    always: "The values are those of one moment.",
    sometimes: &[OLD, BETWEEN, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let [left, right] = [(); 2].map(|()| dict_of(owner, 1, &[(1, int(0))]));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                put(ts, &left, 1, int(1));
                put(ts, &right, 1, int(1));
            }),
            Box::new(move |ts| {
                let found = pairs(ts, &left, &right).expect("integers compare");
                let pairs = found.unwrap_or_default().into_iter();
                let seen: Vec<_> = pairs
                    .map(|(ours, theirs)| (take(ts, Some(ours)), take(ts, Some(theirs))))
                    .collect();
                let fits = seen.len() == 1 && seen != [(Some(0), Some(1))];
                claims.always("a comparison is of one moment", fits, || {
                    format!("{seen:?}")
                });
                claims.sometimes(OLD, seen == [(Some(0), Some(0))]);
                claims.sometimes(BETWEEN, seen == [(Some(1), Some(0))]);
                claims.sometimes(NEW, seen == [(Some(1), Some(1))]);
            }),
        ])
        .finish(&[left.value(), right.value()]);
}
