//! Whether a search of a list survives that an earlier item is deleted: it looks at one place after the other.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{delete, index_of};
use crate::scenarios::containers::{Stage, int};

const BEFORE: &str = "the item is found in its old place";
const AFTER: &str = "the item is found in its new place";
const MISSED: &str = "the item moves from a place that comes to one that was looked at";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_index_of_vs_delete",
    pillar: Pillar::List,
    question: "Does a search that looks at one place after the other survive the deletion of an earlier item?",
    always: "The item is found where it was or where it is, or it moved behind the search.",
    sometimes: &[BEFORE, AFTER, MISSED],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1), int(2)]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                assert!(delete(ts, &list, 0), "there is an item");
            }),
            Box::new(move |ts| {
                let place = index_of(ts, &list, int(2)).expect("integers compare");
                claims.always("a place of it", matches!(place, None | Some(0 | 1)), || {
                    format!("{place:?}")
                });
                claims.sometimes(BEFORE, place == Some(1));
                claims.sometimes(AFTER, place == Some(0));
                claims.sometimes(MISSED, place.is_none());
            }),
        ])
        .finish(&[list.value()]);
}
