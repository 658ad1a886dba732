//! Whether each key is popped once.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::set_of;
use crate::rt::objects::set::pop;
use crate::scenarios::containers::{Stage, Work, int, number};

const CROSSED: &str = "the second worker pops the first key";
const STRAIGHT: &str = "the first worker pops the first key";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "set_pop_vs_pop",
    pillar: Pillar::Set,
    question: "Do two threads that pop keys never get the same one?",
    always: "Each thread gets one of the two keys, and each key goes to one thread.",
    sometimes: &[CROSSED, STRAIGHT],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let set = set_of(stage.thread(0), [1, 2]);
    let results = set_of(stage.thread(0), []);
    let worker = |crossed: bool| -> Work {
        let claims = claims.clone();
        Box::new(move |ts| {
            let key = pop(ts, &set).and_then(number);
            claims.sometimes(if crossed { CROSSED } else { STRAIGHT }, key == Some(1));
            let new = key.is_some_and(|key| super::set::add(ts, &results, int(key)) == Ok(true));
            claims.always("each key is popped once", new, || format!("{key:?}"));
        })
    };
    let stage = stage.run([worker(false), worker(true)]);
    let left = set.len();
    claims.always("no key is left", left == 0, || left);
    stage.finish(&[set.value(), results.value()]);
}
