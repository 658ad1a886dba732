//! Whether an insertion in front and a removal at the end leave each other alone.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{list_of, numbers};
use crate::rt::objects::list::{insert, pop};
use crate::scenarios::containers::{Stage, int, take};

const FIRST: &str = "the insertion is first";
const SECOND: &str = "the insertion is second";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "list_insert_vs_pop",
    pillar: Pillar::List,
    question: "Does a pop get the last item while another thread inserts one in front?",
    always: "The last item is popped, and the new one is there.",
    sometimes: &[FIRST, SECOND],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let list = list_of(stage.thread(0), &[int(1), int(2)]);
    let (told, other) = (claims.clone(), claims.clone());
    let stage = stage.run([
        Box::new(move |ts| {
            insert(ts, &list, 0, int(3));
            other.sometimes(FIRST, list.len() == 3);
            other.sometimes(SECOND, list.len() == 2);
        }),
        Box::new(move |ts| {
            let popped = take(ts, pop(ts, &list, -1));
            told.always("the last item is popped", popped == Some(2), || {
                format!("{popped:?}")
            });
        }),
    ]);
    let left = numbers(stage.thread(0), &list);
    claims.always("the others are there", left == [3, 1], || {
        format!("{left:?}")
    });
    stage.finish(&[list.value()]);
}
