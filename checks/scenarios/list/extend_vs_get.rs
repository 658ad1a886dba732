//! Whether a reader without the lock finds the items of a list whole that is being extended.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{extend, get};
use crate::scenarios::containers::{Stage, readable, take};

const FOUND: &str = "the reader finds the second item";
const GONE: &str = "the reader finds nothing";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_extend_vs_get",
    pillar: Pillar::List,
    question: "Does a read without the lock find an item whole, or nothing, while an empty list is extended?",
    always: "The item found is whole, or there is none; in the end all are there.",
    sometimes: &[FOUND, GONE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[]);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| extend(ts, &list, &[readable(ts, 1), readable(ts, 2)])),
        Box::new(move |ts| {
            let item = take(ts, get(ts, &list, 1));
            told.always("the item is whole", matches!(item, None | Some(2)), || {
                format!("{item:?}")
            });
            told.sometimes(FOUND, item.is_some());
            told.sometimes(GONE, item.is_none());
        }),
    ]);
    let ts = stage.thread(0);
    let all = [0, 1, 2].map(|index| take(ts, get(ts, &list, index)));
    claims.always("all are there", all == [Some(1), Some(2), None], || {
        format!("{all:?}")
    });
    stage.finish(&[list.value()]);
}
