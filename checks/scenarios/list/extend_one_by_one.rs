//! Whether a list that is extended item by item lets no other thread in between.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{append, within};
use crate::scenarios::containers::{Stage, int};

const BEFORE: &str = "the other thread's item came before";
const AFTER: &str = "the other thread's item came after";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_extend_one_by_one",
    pillar: Pillar::List,
    question: "Do the items of an iterator stay together that extends a list while another thread appends?",
    always: "The other thread's item comes before the others or after them.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[]);
    let stage = stage.run([
        Box::new(move |ts| {
            within(ts, &list, || {
                append(ts, &list, int(1));
                append(ts, &list, int(2));
            });
        }),
        Box::new(move |ts| append(ts, &list, int(3))),
    ]);
    let found = numbers(stage.thread(0), &list);
    let (before, after) = (found == [3, 1, 2], found == [1, 2, 3]);
    claims.always("the items stay together", before || after, || {
        format!("{found:?}")
    });
    claims.sometimes(BEFORE, before);
    claims.sometimes(AFTER, after);
    stage.finish(&[list.value()]);
}
