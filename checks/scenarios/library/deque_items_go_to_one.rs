//! Whether an item that is taken out is one thread's.

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{deque_of, numbers};
use crate::rt::objects::deque::{End, pop, push};
use crate::scenarios::containers::{Stage, Work, int, take};

const FIRST: &str = "the first thread took the left item";
const SECOND: &str = "the second thread took the left item";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "library_deque_items_go_to_one",
    pillar: Pillar::Library,
    question: "Can two threads take the same item out of a deque?",
    always: "Two threads that take an item each have both items.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let deque = deque_of(stage.thread(0), None);
    for number in [1, 2] {
        push(stage.thread(0), &deque, End::Right, int(number));
    }
    let seen: Arc<Mutex<Vec<i64>>> = Arc::default();
    let worker = |witness: &'static str| -> Work {
        let (seen, told) = (Arc::clone(&seen), claims.clone());
        Box::new(move |ts| {
            let taken = take(ts, pop(ts, &deque, End::Left));
            told.sometimes(witness, taken == Some(1));
            seen.lock().expect("nobody panics").extend(taken);
        })
    };
    let stage = stage.run([worker(FIRST), worker(SECOND)]);
    let mut seen = seen.lock().expect("nobody panics").clone();
    seen.sort_unstable();
    let left = numbers(stage.thread(0), &deque);
    let right = seen == [1, 2] && left.is_empty();
    claims.always(SCENARIO.always, right, || {
        format!("{seen:?}, left {left:?}")
    });
    stage.finish(&[deque.value()]);
}
