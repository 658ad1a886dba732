//! Whether two threads that set a default agree on it.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up};
use crate::rt::objects::dict::setdefault;
use crate::scenarios::containers::{Stage, Work, int, take};

const FIRST: &str = "the first worker's default stays";
const SECOND: &str = "the second worker's default stays";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_setdefault_agrees",
    pillar: Pillar::Dict,
    question: "Do two threads that set a default for one key get the same value?",
    always: "Both get the value that the dict has.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 1, &[]);
    let worker = |claims: Claims, default: i64| -> Work {
        Box::new(move |ts| {
            let value = setdefault(ts, &dict, int(1), int(default)).expect("integers have hashes");
            let (value, stored) = (take(ts, Some(value)), look_up(ts, &dict, 1));
            claims.always("the default is the value", value == stored, || {
                format!("{value:?} against {stored:?}")
            });
            claims.sometimes(FIRST, value == Some(10));
            claims.sometimes(SECOND, value == Some(20));
        })
    };
    stage
        .run([worker(claims.clone(), 10), worker(claims.clone(), 20)])
        .finish(&[dict.value()]);
}
