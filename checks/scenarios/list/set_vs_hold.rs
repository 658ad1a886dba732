//! Whether the item that a store replaces stays until a reader without the lock has let go of it.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{get, set};
use crate::scenarios::containers::{Stage, int, object, take};

const OLD: &str = "the reader finds the item that is replaced";
const NEW: &str = "the reader finds the new item";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_set_vs_hold",
    pillar: Pillar::List,
    question: "Does a read without the lock survive the end of the item that a store replaces?",
    always: "The item found is alive and whole.",
    sometimes: &[OLD, NEW],
    bound: Bound::Preemptions(2),
    body,
};

/// The list is shared before the workers start, so that the reader needs no lock.
fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let list = list_of(owner, &[object(owner, 1)]);
    take(stage.thread(1), get(stage.thread(1), &list, 0));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                let stored = set(ts, &list, 0, int(2));
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
