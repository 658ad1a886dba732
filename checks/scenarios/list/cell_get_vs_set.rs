//! Whether a reader of a cell without its lock sees all of an item that was just stored, and survives the old one.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::objects::cell::{self, Cell};
use crate::scenarios::containers::{Shared, Stage, readable, take};

const OLD: &str = "the reader finds the old item";
const NEW: &str = "the reader finds the new item";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_cell_get_vs_set",
    pillar: Pillar::List,
    question: "Does a read of a closure's cell, which is a list of one item, see the old or the new item whole?",
    always: "The item found is the old or the new one, alive and whole.",
    sometimes: &[OLD, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let shared = Shared::<Cell>::new(cell::new(owner, Some(readable(owner, 1))));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| cell::set(ts, &shared, Some(readable(ts, 2)))),
            Box::new(move |ts| {
                let item = take(ts, cell::get(ts, &shared));
                claims.always("the item is whole", matches!(item, Some(1 | 2)), || {
                    format!("{item:?}")
                });
                claims.sometimes(OLD, item == Some(1));
                claims.sometimes(NEW, item == Some(2));
            }),
        ])
        .finish(&[shared.value()]);
}
