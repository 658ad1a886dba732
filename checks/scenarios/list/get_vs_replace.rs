//! Whether a slice assignment is seen in one step.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{get, replace};
use crate::scenarios::containers::{Stage, int, take};

const SPLIT: &str = "the assignment falls between two reads";
const NEW: &str = "the reader finds the new items";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_get_vs_replace",
    pillar: Pillar::List,
    question: "Is a slice assignment to the whole list seen in one step?",
    always: "Who sees the new first item sees the new second one.",
    sometimes: &[SPLIT, NEW],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1), int(2)]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| replace(ts, &list, |_| 0..2, &[int(3), int(4)])),
            Box::new(move |ts| {
                let seen = [0, 1].map(|index| take(ts, get(ts, &list, index)));
                let torn = seen == [Some(3), Some(2)];
                claims.always("an assignment is seen in one step", !torn, || {
                    format!("{seen:?}")
                });
                claims.sometimes(SPLIT, seen == [Some(1), Some(4)]);
                claims.sometimes(NEW, seen == [Some(3), Some(4)]);
            }),
        ])
        .finish(&[list.value()]);
}
