//! Whether each of two threads that take the last item of a list gets one.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::pop;
use crate::scenarios::containers::{Stage, Work, int, take};

const LAST: &str = "a thread gets the item that was the last";
const FIRST: &str = "a thread gets the item that was before it";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_pops_add_up",
    pillar: Pillar::List,
    question: "Does each of two threads that take the last item of a list with two get one of them?",
    always: "Each thread gets an item, and the list is empty.",
    sometimes: &[LAST, FIRST],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1), int(2)]);
    let worker = |claims: Claims| -> Work {
        Box::new(move |ts| {
            let item = take(ts, pop(ts, &list, -1));
            claims.always("there is an item for each", item.is_some(), || "none");
            claims.sometimes(LAST, item == Some(2));
            claims.sometimes(FIRST, item == Some(1));
        })
    };
    let stage = stage.run([worker(claims.clone()), worker(claims.clone())]);
    let left = list.len();
    claims.always("both are taken", left == 0, || left);
    stage.finish(&[list.value()]);
}
