//! Whether a list that is reversed while another thread appends has every item in the end.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::list_of;
use crate::rt::objects::list::{append, reverse, snapshot};
use crate::scenarios::containers::{Stage, int};

const BEFORE: &str = "the item came before the list was turned round";
const AFTER: &str = "the item came after the list was turned round";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_reverse_keeps_all",
    pillar: Pillar::List,
    question: "Does a list that is turned round while another thread appends to it keep every item?",
    always: "The items are those of one order of the two operations.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1), int(2)]);
    let stage = stage.run([
        Box::new(move |ts| reverse(ts, &list)),
        Box::new(move |ts| append(ts, &list, int(3))),
    ]);
    let items = snapshot(stage.thread(0), &list);
    let numbers: Vec<_> = items.iter().filter_map(|item| item.as_small()).collect();
    let (before, after) = (numbers == [3, 2, 1], numbers == [2, 1, 3]);
    claims.always("every item is there", before || after, || {
        format!("{numbers:?}")
    });
    claims.sometimes(BEFORE, before);
    claims.sometimes(AFTER, after);
    stage.finish(&[list.value()]);
}
