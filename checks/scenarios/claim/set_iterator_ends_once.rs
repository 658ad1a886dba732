//! Whether a set iterator that two threads exhaust gives its key to one of them, and its set up once.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::iterator::{Entry, TableIterator, next_entry, over_table};
use crate::rt::objects::set;
use crate::scenarios::containers::{Shared, Stage, Work, int};

const FIRST: &str = "the first thread got the key";
const SECOND: &str = "the second thread got the key";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_set_iterator_ends_once",
    pillar: Pillar::Claim,
    question: "Does each thread that steps through a set of one key get the key or the end?",
    always: "A thread gets the key or the end.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let set = set::new(stage.thread(0));
    let _ = set::add(stage.thread(0), set::of(&set).expect("a set"), int(1));
    set.as_header()
        .inspect(|header| header.count.set_maybe_weakref());
    let iterator = Shared::<TableIterator>::new(over_table(stage.thread(0), set));
    // Marked before, since the question is not who marks it.
    iterator
        .value()
        .as_header()
        .inspect(|header| header.mark_shared());
    let worker = |witness: &'static str| -> Work {
        let told = claims.clone();
        Box::new(move |ts| {
            let entry = next_entry(ts, &iterator);
            let key = entry == Ok(Some(Entry::Key(int(1))));
            told.sometimes(witness, key);
            told.always(SCENARIO.always, key || entry == Ok(None), || {
                format!("{entry:?}")
            });
        })
    };
    stage
        .run([worker(FIRST), worker(SECOND)])
        .finish(&[iterator.value()]);
}
