//! Whether two appends both count.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{deque_of, numbers};
use crate::rt::objects::deque::{End, push};
use crate::scenarios::containers::{Stage, Work, int};

const FIRST: &str = "the first thread was first";
const SECOND: &str = "the second thread was first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "library_deque_appends_lose_nothing",
    pillar: Pillar::Library,
    question: "Can one append to a deque undo another?",
    always: "The deque has the items of both.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let deque = deque_of(stage.thread(0), None);
    let add = move |number: i64| -> Work {
        Box::new(move |ts| push(ts, &deque, End::Right, int(number)))
    };
    let stage = stage.run([add(1), add(2)]);
    let made = numbers(stage.thread(0), &deque);
    let (first, second) = (made == [1, 2], made == [2, 1]);
    claims.always("both appends count", first || second, || {
        format!("{made:?}")
    });
    claims.sometimes(FIRST, first);
    claims.sometimes(SECOND, second);
    stage.finish(&[deque.value()]);
}
