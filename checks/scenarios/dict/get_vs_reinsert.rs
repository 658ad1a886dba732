//! Whether a key that is deleted and added again is found with a value that it had.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::rt::objects::dict::pop;
use crate::scenarios::containers::{Stage, int, take};

const OLD: &str = "the reader finds the old value";
const ABSENT: &str = "the reader comes between deletion and addition";
const NEW: &str = "the reader finds the new value";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_get_vs_reinsert",
    pillar: Pillar::Dict,
    question: "Is a key that is deleted and added again found with one of its values, in their order, or not at all?",
    always: "No old value is found after the new one, and no absence after it.",
    sometimes: &[OLD, ABSENT, NEW],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 2, &[(1, int(10))]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                take(ts, pop(ts, &dict, int(1)).expect("integers have hashes"));
                put(ts, &dict, 1, int(20));
            }),
            Box::new(move |ts| {
                let seen = [1, 1].map(|key| look_up(ts, &dict, key));
                let age = |value| match value {
                    Some(10) => 0,
                    None => 1,
                    _ => 2,
                };
                claims.always(
                    "values come in their order",
                    age(seen[0]) <= age(seen[1]),
                    || format!("{seen:?}"),
                );
                claims.sometimes(OLD, seen[0] == Some(10));
                claims.sometimes(ABSENT, seen[0].is_none());
                claims.sometimes(NEW, seen[1] == Some(20));
            }),
        ])
        .finish(&[dict.value()]);
}
