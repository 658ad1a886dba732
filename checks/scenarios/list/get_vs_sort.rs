//! Whether a reader without the lock sees all of an item that a sort has moved.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{arrange, get, set};
use crate::scenarios::containers::{Stage, int, readable, take};

const MOVED: &str = "the reader finds the item where the sort has put it";
const BEFORE: &str = "the reader finds what was there before";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_get_vs_sort",
    pillar: Pillar::List,
    question: "Does a read without the lock see all of an item that a sort has moved to another place?",
    always: "What is found was in the list, and is whole.",
    sometimes: &[MOVED, BEFORE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(0), int(5)]);
    // The reader has marked the list already, so that nothing but its read orders it after the other.
    take(stage.thread(1), get(stage.thread(1), &list, 0));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                let stored = set(ts, &list, 0, readable(ts, 1));
                assert_eq!(stored, Ok(()), "the list has an item");
                let ((), changed) = arrange(ts, &list, |items| items.reverse());
                assert!(!changed, "nothing else writes");
            }),
            Box::new(move |ts| {
                let item = take(ts, get(ts, &list, 1));
                claims.always(
                    "the item is whole",
                    matches!(item, None | Some(1 | 5)),
                    || format!("{item:?}"),
                );
                claims.sometimes(MOVED, item == Some(1));
                claims.sometimes(BEFORE, item == Some(5));
            }),
        ])
        .finish(&[list.value()]);
}
