//! Whether the bounds of a slice are those of the list that it is taken from.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::replace;
use crate::scenarios::containers::{Stage, Work, int};

const FIRST: &str = "the first worker is first";
const SECOND: &str = "the second worker is first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_slice_deletes_add_up",
    pillar: Pillar::List,
    question: "Do two threads that each delete the last item by a slice delete two?",
    always: "One item is left of three.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1), int(2), int(3)]);
    let worker = |first: &'static str| -> Work {
        let claims = claims.clone();
        Box::new(move |ts| {
            replace(ts, &list, |len| len.saturating_sub(1)..len, &[]);
            claims.sometimes(first, list.len() == 2);
        })
    };
    let stage = stage.run([worker(FIRST), worker(SECOND)]);
    let left = numbers(stage.thread(0), &list);
    claims.always("two items are gone", left == [1], || format!("{left:?}"));
    stage.finish(&[list.value()]);
}
