//! Whether two appends lose nothing.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{append, get};
use crate::scenarios::containers::{Stage, int, take};

const SECOND_FIRST: &str = "the second worker's item comes first";
const FIRST_FIRST: &str = "the first worker's item comes first";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_appends_lose_nothing",
    pillar: Pillar::List,
    question: "Do two threads that append at once lose nothing?",
    always: "Both items are there at the end, and nothing else.",
    sometimes: &[SECOND_FIRST, FIRST_FIRST],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let list = list_of(owner, &[int(0)]);
    // The array that this makes has room for both, so that only slots and length are contended.
    append(owner, &list, int(0));
    let stage = stage.run([
        Box::new(move |ts| append(ts, &list, int(1))),
        Box::new(move |ts| append(ts, &list, int(2))),
    ]);
    let items = [2, 3, 4].map(|index| take(stage.thread(0), get(stage.thread(0), &list, index)));
    let kept = matches!(items, [Some(1), Some(2), None] | [Some(2), Some(1), None]);
    claims.always("appends lose nothing", kept, || format!("{items:?}"));
    claims.sometimes(FIRST_FIRST, items[0] == Some(1));
    claims.sometimes(SECOND_FIRST, items[0] == Some(2));
    stage.finish(&[list.value()]);
}
