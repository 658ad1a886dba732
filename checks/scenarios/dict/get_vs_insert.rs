//! Whether a reader without the lock finds a whole entry, or none, while it is added.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::scenarios::containers::{Stage, int};

const FOUND: &str = "the reader finds the new key";
const MISSED: &str = "the reader comes before the new key";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_get_vs_insert",
    pillar: Pillar::Dict,
    question: "Does a read without the lock find a whole entry, or none, while another thread adds it?",
    always: "The new key has its value or is absent; a key that shares its place is absent.",
    sometimes: &[FOUND, MISSED],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 2, &[]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| put(ts, &dict, 1, int(10))),
            Box::new(move |ts| {
                // In a table of four places 5 starts where 1 does.
                let other = look_up(ts, &dict, 5);
                claims.always("another key is absent", other.is_none(), || {
                    format!("{other:?}")
                });
                let value = look_up(ts, &dict, 1);
                claims.always(
                    "the entry is whole",
                    matches!(value, None | Some(10)),
                    || format!("{value:?}"),
                );
                claims.sometimes(FOUND, value.is_some());
                claims.sometimes(MISSED, value.is_none());
            }),
        ])
        .finish(&[dict.value()]);
}
