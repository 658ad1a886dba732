//! Whether a reader without the lock sees all of a value that was just stored: `dict_value` of CDSChecker.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::scenarios::containers::{Stage, int, readable};

const OLD: &str = "the reader finds the old value";
const NEW: &str = "the reader finds the new value";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_get_vs_replace",
    pillar: Pillar::Dict,
    question: "Does a read without the lock see all of a value that another thread has just made and stored?",
    always: "The value found is the old or the new one, whole.",
    sometimes: &[OLD, NEW],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 1, &[(1, int(10))]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| put(ts, &dict, 1, readable(ts, 20))),
            Box::new(move |ts| {
                let value = look_up(ts, &dict, 1);
                claims.always("the value is whole", matches!(value, Some(10 | 20)), || {
                    format!("{value:?}")
                });
                claims.sometimes(OLD, value == Some(10));
                claims.sometimes(NEW, value == Some(20));
            }),
        ])
        .finish(&[dict.value()]);
}
