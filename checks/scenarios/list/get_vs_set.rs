//! Whether a reader without the lock sees all of an item that was just stored: `dict_value` of CDSChecker for lists.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{get, set};
use crate::scenarios::containers::{Stage, int, readable, take};

const OLD: &str = "the reader finds the old item";
const NEW: &str = "the reader finds the new item";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_get_vs_set",
    pillar: Pillar::List,
    question: "Does a read without the lock see all of an item that another thread has just made and stored?",
    always: "The item found is the old or the new one, whole.",
    sometimes: &[OLD, NEW],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1)]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                let stored = set(ts, &list, 0, readable(ts, 2));
                assert_eq!(stored, Ok(()), "the list has one item");
            }),
            Box::new(move |ts| {
                let item = take(ts, get(ts, &list, 0));
                claims.always("the item is whole", matches!(item, Some(1 | 2)), || {
                    format!("{item:?}")
                });
                claims.sometimes(OLD, item == Some(1));
                claims.sometimes(NEW, item == Some(2));
            }),
        ])
        .finish(&[list.value()]);
}
