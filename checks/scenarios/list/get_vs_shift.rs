//! Whether a reader without the lock sees all of an item that one thread made and another moved.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{get, insert, pop, set};
use crate::scenarios::containers::{Stage, drop_ref, int, readable, take};

const MOVED: &str = "the reader finds the item where it was moved to";
const BEFORE: &str = "the reader finds nothing there yet";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_get_vs_shift",
    pillar: Pillar::List,
    question: "Does a read without the lock see all of an item that a second thread made and a third one moved?",
    always: "What is found was stored by somebody, and is whole.",
    sometimes: &[MOVED, BEFORE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<3>::new();
    let list = list_of(stage.thread(0), &[int(0), int(0)]);
    drop_ref(
        stage.thread(0),
        pop(stage.thread(0), &list, -1).expect("an item"),
    );
    // The reader has marked the list already, so that nothing but its read orders it after the others.
    take(stage.thread(2), get(stage.thread(2), &list, 0));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                let stored = set(ts, &list, 0, readable(ts, 1));
                assert_eq!(stored, Ok(()), "the list has an item");
            }),
            Box::new(move |ts| insert(ts, &list, 0, int(5))),
            Box::new(move |ts| {
                let item = take(ts, get(ts, &list, 1));
                claims.always(
                    "the item is whole",
                    matches!(item, None | Some(0 | 1)),
                    || format!("{item:?}"),
                );
                claims.sometimes(MOVED, item == Some(1));
                claims.sometimes(BEFORE, item.is_none());
            }),
        ])
        .finish(&[list.value()]);
}
