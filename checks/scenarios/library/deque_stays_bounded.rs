//! Whether a deque that may have one item has one.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{deque_of, numbers};
use crate::rt::objects::deque::{End, push};
use crate::scenarios::containers::{Stage, Work, int, object};

const FIRST: &str = "the first thread's item is left";
const SECOND: &str = "the second thread's item is left";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "library_deque_stays_bounded",
    pillar: Pillar::Library,
    question: "Can two appends leave more items in a deque than there may be?",
    always: "The item that came last is there, and no other one.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let deque = deque_of(stage.thread(0), Some(1));
    let first = object(stage.thread(0), 7);
    push(stage.thread(0), &deque, End::Right, first);
    let add = move |number: i64| -> Work {
        Box::new(move |ts| push(ts, &deque, End::Right, int(number)))
    };
    let stage = stage.run([add(1), add(2)]);
    let left = numbers(stage.thread(0), &deque);
    let right = left == [1] || left == [2];
    claims.always(SCENARIO.always, right, || format!("{left:?}"));
    claims.sometimes(FIRST, left == [1]);
    claims.sometimes(SECOND, left == [2]);
    stage.finish(&[deque.value()]);
}
