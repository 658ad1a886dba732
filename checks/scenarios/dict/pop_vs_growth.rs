//! Whether a key that is popped while the dict grows is gone.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, put};
use crate::rt::objects::dict::{entries, pop, room};
use crate::scenarios::containers::{Stage, int, take};

const GREW: &str = "the dict had grown before the key was popped";
const POPPED: &str = "the key was popped before the dict grew";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_pop_vs_growth",
    pillar: Pillar::Dict,
    question: "Is a key that is popped while the dict grows gone from the dict that grew?",
    always: "The popped key is gone and the other one is there.",
    sometimes: &[GREW, POPPED],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 1, &[(1, int(10))]);
    let small = room(stage.thread(0), &dict);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let grew = room(ts, &dict) > small;
            let popped = take(ts, pop(ts, &dict, int(1)).expect("integers have hashes"));
            told.always("it was there", popped == Some(10), || format!("{popped:?}"));
            told.sometimes(GREW, grew);
            told.sometimes(POPPED, room(ts, &dict) == small);
        }),
        Box::new(move |ts| put(ts, &dict, 2, int(20))),
    ]);
    let left = entries(stage.thread(0), &dict);
    claims.always("one entry", left == [(int(2), int(20))], || {
        format!("{left:?}")
    });
    stage.finish(&[dict.value()]);
}
