//! Whether a reader without the lock survives the removal, and the end, of the item that it found.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{get, pop};
use crate::scenarios::containers::{Stage, int, readable, take};

const FOUND: &str = "the reader finds the item";
const GONE: &str = "the reader finds nothing";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_get_vs_pop",
    pillar: Pillar::List,
    question: "Does a read without the lock survive the end of the item that it found?",
    always: "The item is found alive and whole, or not at all.",
    sometimes: &[FOUND, GONE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1), readable(stage.thread(0), 2)]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                take(ts, pop(ts, &list, -1));
            }),
            Box::new(move |ts| {
                let item = take(ts, get(ts, &list, 1));
                claims.always("the item is whole", matches!(item, None | Some(2)), || {
                    format!("{item:?}")
                });
                claims.sometimes(FOUND, item.is_some());
                claims.sometimes(GONE, item.is_none());
            }),
        ])
        .finish(&[list.value()]);
}
