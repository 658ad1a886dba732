//! Whether a list that is sorted keeps what another thread appends.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{append, arrange};
use crate::scenarios::containers::{Stage, int};

const BEFORE: &str = "the item came before the items were put in order";
const AFTER: &str = "the item came after they were put in order";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_sort_vs_append",
    pillar: Pillar::List,
    question: "Does a thread that appends to a list wait until its items are in order?",
    always: "The items are those of one order of the two operations, and nobody is told of a change.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(2), int(1)]);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let ((), changed) = arrange(ts, &list, |items| items.reverse());
            told.always("the writer waits", !changed, || changed);
        }),
        Box::new(move |ts| append(ts, &list, int(3))),
    ]);
    let found = numbers(stage.thread(0), &list);
    let (before, after) = (found == [3, 1, 2], found == [1, 2, 3]);
    claims.always("the item is there", before || after, || {
        format!("{found:?}")
    });
    claims.sometimes(BEFORE, before);
    claims.sometimes(AFTER, after);
    stage.finish(&[list.value()]);
}
