//! Whether a reader without the lock survives the end of the value that it found.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::scenarios::containers::{Stage, int, readable};

const OLD: &str = "the reader finds the old value";
const NEW: &str = "the reader finds the new value";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_value_replaced_and_dropped",
    pillar: Pillar::Dict,
    question: "Does a read without the lock survive the end of a value that another thread replaces?",
    always: "The value found is the old or the new one, alive.",
    sometimes: &[OLD, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 1, &[(1, readable(stage.thread(0), 10))]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| put(ts, &dict, 1, int(20))),
            Box::new(move |ts| {
                let value = look_up(ts, &dict, 1);
                claims.always("the value is alive", matches!(value, Some(10 | 20)), || {
                    format!("{value:?}")
                });
                claims.sometimes(OLD, value == Some(10));
                claims.sometimes(NEW, value == Some(20));
            }),
        ])
        .finish(&[dict.value()]);
}
