//! Whether the items that are copied out of a list live while their copy does.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{pop, snapshot};
use crate::scenarios::containers::{Stage, readable, take};

const FOUND: &str = "the item was copied";
const GONE: &str = "the item was gone";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_snapshot_vs_pop",
    pillar: Pillar::List,
    question: "Does an item that was copied out of a list live on when another thread takes it out and drops it?",
    always: "What was copied is alive and whole.",
    sometimes: &[FOUND, GONE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[readable(stage.thread(0), 1)]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                take(ts, pop(ts, &list, 0));
            }),
            Box::new(move |ts| {
                let items = snapshot(ts, &list);
                claims.sometimes(FOUND, !items.is_empty());
                claims.sometimes(GONE, items.is_empty());
                for item in items {
                    let number = take(ts, Some(item));
                    claims.always("the item is whole", number == Some(1), || {
                        format!("{number:?}")
                    });
                }
            }),
        ])
        .finish(&[list.value()]);
}
