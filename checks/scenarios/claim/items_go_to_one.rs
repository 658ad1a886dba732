//! Whether each item of an iterator goes to one thread.

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{iterator_over, next};
use crate::rt::objects::list;
use crate::scenarios::containers::{Stage, Work, int};

const FIRST: &str = "the first worker gets the first item";
const SECOND: &str = "the second worker gets the first item";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "claim_items_go_to_one",
    pillar: Pillar::Claim,
    question: "Does each item go to one of two threads that share an iterator?",
    always: "The two threads get the two items.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list::new(stage.thread(0), &[int(1), int(2)]);
    list.as_header()
        .inspect(|header| header.count.set_maybe_weakref());
    let iterator = iterator_over(stage.thread(0), list);
    let seen: Arc<Mutex<Vec<i64>>> = Arc::default();
    let worker = |witness: &'static str| -> Work {
        let (seen, told) = (Arc::clone(&seen), claims.clone());
        Box::new(move |ts| {
            let item = next(ts, &iterator);
            told.sometimes(witness, item == Some(1));
            seen.lock().expect("nobody panics").extend(item);
        })
    };
    let work = [worker(FIRST), worker(SECOND)];
    let stage = stage.run(work);
    let mut seen = seen.lock().expect("nobody panics").clone();
    seen.sort_unstable();
    claims.always("each item goes to one", seen == [1, 2], || {
        format!("{seen:?}")
    });
    stage.finish(&[iterator.value()]);
}
