//! Whether a key is found behind a place whose key is being deleted.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::rt::objects::dict::{entries, pop};
use crate::scenarios::containers::{Stage, int, take};

const BEFORE: &str = "the first key is still there";
const AFTER: &str = "the first key is gone";

/// It comes to the same place as 1 first.
const COLLIDING: i64 = 1 + 64;

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_get_past_deleted",
    pillar: Pillar::Dict,
    question: "Is a key found, with and without the lock, while the key before it on its way is deleted?",
    always: "The key that stays is found, and is there once in the end.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let dict = dict_of(owner, 4, &[(1, int(10)), (COLLIDING, int(20))]);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            take(ts, pop(ts, &dict, int(1)).expect("integers have hashes"));
            put(ts, &dict, COLLIDING, int(21));
        }),
        Box::new(move |ts| {
            let first = look_up(ts, &dict, 1);
            let second = look_up(ts, &dict, COLLIDING);
            told.always("it is found", matches!(second, Some(20 | 21)), || {
                format!("{second:?}")
            });
            told.sometimes(BEFORE, first.is_some());
            told.sometimes(AFTER, first.is_none());
        }),
    ]);
    let left = entries(stage.thread(0), &dict);
    claims.always(
        "it is there once",
        left == [(int(COLLIDING), int(21))],
        || format!("{left:?}"),
    );
    stage.finish(&[dict.value()]);
}
