//! Whether an item that is removed by its value is the one that goes.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{pop, remove_value};
use crate::scenarios::containers::{Stage, int, take};

const FIRST: &str = "the removal is first";
const SECOND: &str = "the removal is second";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_remove_vs_pop",
    pillar: Pillar::List,
    question: "Does a removal by value take out that item, and no other, while another thread pops the first one?",
    always: "The item is gone, and the one behind it is there.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1), int(2), int(3)]);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let removed = remove_value(ts, &list, int(2)).expect("integers compare");
            told.always("there is such an item", removed, || removed);
            told.sometimes(FIRST, list.len() == 2);
            told.sometimes(SECOND, list.len() == 1);
        }),
        Box::new(move |ts| {
            take(ts, pop(ts, &list, 0));
        }),
    ]);
    let left = numbers(stage.thread(0), &list);
    claims.always("the item is gone", left == [3], || format!("{left:?}"));
    stage.finish(&[list.value()]);
}
