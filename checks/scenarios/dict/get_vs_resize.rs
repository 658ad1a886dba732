//! Whether a reader without the lock survives an addition that replaces the keys block.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::scenarios::containers::{Stage, int};

const FOUND: &str = "the reader finds the new key";
const MISSED: &str = "the reader comes before the new key";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_get_vs_resize",
    pillar: Pillar::Dict,
    question: "Does a read without the lock survive an addition that replaces the keys block?",
    always: "The keys that were there are found; the new one is found with its value or not at all.",
    sometimes: &[FOUND, MISSED],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 2, &[(1, int(10)), (2, int(20))]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| put(ts, &dict, 3, int(30))),
            Box::new(move |ts| {
                let old = look_up(ts, &dict, 2);
                claims.always("an old key stays", old == Some(20), || format!("{old:?}"));
                let new = look_up(ts, &dict, 3);
                claims.always(
                    "the new entry is whole",
                    matches!(new, None | Some(30)),
                    || format!("{new:?}"),
                );
                claims.sometimes(FOUND, new.is_some());
                claims.sometimes(MISSED, new.is_none());
            }),
        ])
        .finish(&[dict.value()]);
}
