//! Whether a sort that gives the lock up, because a key function blocks, loses what came meanwhile.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{append, arrange};
use crate::scenarios::containers::{Stage, int};

const MEANWHILE: &str = "the item came while the list was empty";
const BEFORE: &str = "the item came before";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_sort_gives_way",
    pillar: Pillar::List,
    question: "Does a sort whose key function blocks keep an item that another thread appends meanwhile?",
    always: "The item is there, and nobody is told of a change.",
    sometimes: &[MEANWHILE, BEFORE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(2), int(1)]);
    let (told, other) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            let ((), changed) = arrange(ts, &list, |items| {
                ts.detached(|| ());
                items.reverse();
            });
            told.always("a stranger's change is no error", !changed, || changed);
        }),
        Box::new(move |ts| {
            append(ts, &list, int(3));
            other.sometimes(MEANWHILE, list.len() == 1);
        }),
    ]);
    let found = numbers(stage.thread(0), &list);
    let is_there = found == [3, 1, 2] || found == [1, 2, 3];
    claims.always("the item is there", is_there, || format!("{found:?}"));
    claims.sometimes(BEFORE, found == [3, 1, 2]);
    stage.finish(&[list.value()]);
}
