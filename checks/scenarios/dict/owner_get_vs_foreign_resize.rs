//! Whether the owner of an unshared dict survives another thread that replaces its keys block.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::scenarios::containers::{Stage, int};

const FOUND: &str = "the owner finds the new key";
const MISSED: &str = "the owner comes before the new key";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_owner_get_vs_foreign_resize",
    pillar: Pillar::Dict,
    question: "Does a read by the owner of a dict that was never shared survive an addition by another thread?",
    always: "The key that was there is found; the new one with its value or not at all.",
    sometimes: &[FOUND, MISSED],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 2, &[(1, int(10)), (2, int(20))]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                let seen = [2, 3].map(|key| look_up(ts, &dict, key));
                let right = matches!(seen, [Some(20), None | Some(30)]);
                claims.always("the owner finds what is there", right, || {
                    format!("{seen:?}")
                });
                claims.sometimes(FOUND, seen[1].is_some());
                claims.sometimes(MISSED, seen[1].is_none());
            }),
            Box::new(move |ts| put(ts, &dict, 3, int(30))),
        ])
        .finish(&[dict.value()]);
}
