//! Whether a dict iterator that two threads exhaust gives its dict up once.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::dict;
use crate::rt::objects::iterator::{TableIterator, next_entry, over_table};
use crate::scenarios::containers::{Shared, Stage, Work};

const BOTH: &str = "both threads came to the end";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_dict_iterator_ends_once",
    pillar: Pillar::Claim,
    question: "Is the dict given up once when two threads come to the end of an iterator?",
    always: "Nobody gets an entry, and the dict is freed once.",
    sometimes: &[BOTH],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict::new(stage.thread(0));
    dict.as_header()
        .inspect(|header| header.count.set_maybe_weakref());
    let iterator = Shared::<TableIterator>::new(over_table(stage.thread(0), dict));
    // Marked before, since the question is not who marks it.
    iterator
        .value()
        .as_header()
        .inspect(|header| header.mark_shared());
    let worker = || -> Work {
        let told = claims.clone();
        Box::new(move |ts| {
            let entry = next_entry(ts, &iterator);
            let ended = entry == Ok(None);
            told.always("there is no entry", ended, || format!("{entry:?}"));
            told.sometimes(BOTH, ended);
        })
    };
    stage.run([worker(), worker()]).finish(&[iterator.value()]);
}
