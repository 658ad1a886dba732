//! Whether an iterator that two threads exhaust gives its source up once.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::iterator_over;
use crate::rt::objects::{iterator, list};
use crate::scenarios::containers::{Stage, Work};

const BOTH: &str = "both threads came to the end";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_exhausted_once",
    pillar: Pillar::Claim,
    question: "Is the list given up once when two threads come to the end of an iterator?",
    always: "Nobody gets an item, and the list is freed once.",
    sometimes: &[BOTH],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list::new(stage.thread(0), &[]);
    list.as_header()
        .inspect(|header| header.count.set_maybe_weakref());
    let iterator = iterator_over(stage.thread(0), list);
    // Marked before, since the question is not who marks it.
    iterator
        .value()
        .as_header()
        .inspect(|header| header.mark_shared());
    let worker = || -> Work {
        let told = claims.clone();
        Box::new(move |ts| {
            let item = iterator::next(ts, &iterator, |_, _| Ok(None));
            let ended = item == Ok(None);
            told.always("there is no item", ended, || format!("{item:?}"));
            told.sometimes(BOTH, ended);
        })
    };
    stage.run([worker(), worker()]).finish(&[iterator.value()]);
}
