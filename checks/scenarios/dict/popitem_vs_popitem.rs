//! Whether each item is popped once.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::dict_of;
use crate::rt::objects::dict::pop_item;
use crate::scenarios::containers::{Stage, Work, int, number, take};

const CROSSED: &str = "the second worker pops the last item";
const STRAIGHT: &str = "the first worker pops the last item";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_popitem_vs_popitem",
    pillar: Pillar::Dict,
    question: "Do two threads that pop items never get the same one?",
    always: "Two items go to two threads, or both to none.",
    sometimes: &[CROSSED, STRAIGHT],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 2, &[(1, int(10)), (2, int(20))]);
    let popper = |claims: Claims, first: &'static str| -> Work {
        Box::new(move |ts| {
            let (key, value) = pop_item(ts, &dict).expect("two items for two threads");
            let (key, value) = (number(key), take(ts, Some(value)));
            let pair = key.zip(value);
            claims.always(
                "an item is popped whole",
                matches!(pair, Some((1, 10) | (2, 20))),
                || format!("{pair:?}"),
            );
            claims.sometimes(first, key == Some(2));
        })
    };
    let stage = stage.run([
        popper(claims.clone(), STRAIGHT),
        popper(claims.clone(), CROSSED),
    ]);
    claims.always("both items are popped", dict.is_empty(), || dict.len());
    stage.finish(&[dict.value()]);
}
