//! Whether two inserts of one key leave one entry.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, put};
use crate::rt::objects::dict::entries;
use crate::scenarios::containers::{Stage, int};

const FIRST: &str = "the first thread's value stays";
const SECOND: &str = "the second thread's value stays";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_insert_vs_insert",
    pillar: Pillar::Dict,
    question: "Do two inserts of one key that is not there leave one entry?",
    always: "The key is there once, with one of the two values.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 2, &[]);
    let stage = stage.run([
        Box::new(move |ts| put(ts, &dict, 1, int(10))),
        Box::new(move |ts| put(ts, &dict, 1, int(20))),
    ]);
    let left = entries(stage.thread(0), &dict);
    let stays = |number| left == [(int(1), int(number))];
    claims.always("one entry", stays(10) || stays(20), || format!("{left:?}"));
    claims.sometimes(FIRST, stays(10));
    claims.sometimes(SECOND, stays(20));
    stage.finish(&[dict.value()]);
}
