//! Whether a list that is repeated in place keeps what another thread appends, and has one of its two lengths.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{append, repeat};
use crate::scenarios::containers::{Stage, int};

const BEFORE: &str = "the item came before the repetition";
const AFTER: &str = "the item came after the repetition";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_repeat_vs_append",
    pillar: Pillar::List,
    question: "Does a list that is repeated in place keep an item that another thread appends, and grow at once?",
    always: "The items are those of one order of the two operations; nobody sees a length in between.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1)]);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| assert!(repeat(ts, &list, 3, 2), "the list is short")),
        Box::new(move |ts| {
            let len = list.len();
            told.always("a length before or after", [1, 3].contains(&len), || len);
            append(ts, &list, int(2));
        }),
    ]);
    let found = numbers(stage.thread(0), &list);
    let (before, after) = (found == [1, 2, 1, 2, 1, 2], found == [1, 1, 1, 2]);
    claims.always("the item is there", before || after, || {
        format!("{found:?}")
    });
    claims.sometimes(BEFORE, before);
    claims.sometimes(AFTER, after);
    stage.finish(&[list.value()]);
}
