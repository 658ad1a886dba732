//! Whether a reader without the lock survives the end of every item and of the array.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{clear, get};
use crate::scenarios::containers::{Stage, object, take};

const FOUND: &str = "the reader finds the item";
const GONE: &str = "the reader finds nothing";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_get_vs_clear",
    pillar: Pillar::List,
    question: "Does a read without the lock survive a clear?",
    always: "The item is found alive and whole, or not at all; who finds nothing finds nothing later.",
    sometimes: &[FOUND, GONE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[object(stage.thread(0), 1)]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| clear(ts, &list)),
            Box::new(move |ts| {
                let seen = [0, 0].map(|index| take(ts, get(ts, &list, index)));
                let whole = seen.iter().all(|item| matches!(item, None | Some(1)));
                claims.always("the item is whole", whole, || format!("{seen:?}"));
                claims.always("what is gone stays away", seen != [None, Some(1)], || {
                    format!("{seen:?}")
                });
                claims.sometimes(FOUND, seen[0].is_some());
                claims.sometimes(GONE, seen[1].is_none());
            }),
        ])
        .finish(&[list.value()]);
}
