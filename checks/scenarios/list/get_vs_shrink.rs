//! Whether a reader without the lock survives a pop that gives the array up.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{get, pop};
use crate::scenarios::containers::{Stage, drop_ref, int, object, take};

const FOUND: &str = "the reader finds the item";
const GONE: &str = "the reader finds nothing";
const WAITS: &str = "the array was given up, and waits for the reader";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_get_vs_shrink",
    pillar: Pillar::List,
    question: "Does a read without the lock survive a pop after which the array is given up?",
    always: "The item is found whole, or not at all.",
    sometimes: &[FOUND, GONE, WAITS],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let list = list_of(owner, &[object(owner, 1), int(2)]);
    drop_ref(owner, pop(owner, &list, -1).expect("an item"));
    let (told, claims) = (claims.clone(), claims.clone());
    stage
        .run([
            Box::new(move |ts| {
                let item = pop(ts, &list, 0);
                // The item lives still, so nothing but the array can wait.
                told.sometimes(WAITS, ts.retires());
                take(ts, item);
            }),
            Box::new(move |ts| {
                let item = take(ts, get(ts, &list, 0));
                claims.always("the item is whole", matches!(item, None | Some(1)), || {
                    format!("{item:?}")
                });
                claims.sometimes(FOUND, item.is_some());
                claims.sometimes(GONE, item.is_none());
            }),
        ])
        .finish(&[list.value()]);
}
