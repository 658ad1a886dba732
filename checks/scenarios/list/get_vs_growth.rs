//! Whether a reader without the lock survives an append that replaces the array.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{append, get};
use crate::scenarios::containers::{Stage, object, take};

const FOUND: &str = "the reader finds the new item";
const MISSED: &str = "the reader comes before the new item";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_get_vs_growth",
    pillar: Pillar::List,
    question: "Does a read without the lock survive an append that replaces the array?",
    always: "The old item is found with its number, the new one with its own or not at all.",
    sometimes: &[FOUND, MISSED],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[object(stage.thread(0), 1)]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| append(ts, &list, object(ts, 2))),
            Box::new(move |ts| {
                let old = take(ts, get(ts, &list, 0));
                claims.always("the old item stays", old == Some(1), || format!("{old:?}"));
                let new = take(ts, get(ts, &list, 1));
                claims.always(
                    "the new item is whole",
                    matches!(new, None | Some(2)),
                    || format!("{new:?}"),
                );
                claims.sometimes(FOUND, new.is_some());
                claims.sometimes(MISSED, new.is_none());
            }),
        ])
        .finish(&[list.value()]);
}
