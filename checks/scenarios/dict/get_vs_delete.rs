//! Whether a reader without the lock survives the deletion of the entry that it found.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up};
use crate::rt::objects::dict::pop;
use crate::scenarios::containers::{Stage, int, object, take};

const FOUND: &str = "the reader finds the key";
const GONE: &str = "the reader finds nothing";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_get_vs_delete",
    pillar: Pillar::Dict,
    question: "Does a read without the lock survive the deletion, and the end, of the value that it looks up?",
    always: "The value is found alive and whole, or not at all; who finds nothing finds nothing later.",
    sometimes: &[FOUND, GONE],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 1, &[(1, object(stage.thread(0), 10))]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                take(ts, pop(ts, &dict, int(1)).expect("integers have hashes"));
            }),
            Box::new(move |ts| {
                let seen = [1, 1].map(|key| look_up(ts, &dict, key));
                let whole = seen.iter().all(|value| matches!(value, None | Some(10)));
                claims.always("the value is whole", whole, || format!("{seen:?}"));
                claims.always("what is gone stays away", seen != [None, Some(10)], || {
                    format!("{seen:?}")
                });
                claims.sometimes(FOUND, seen[0].is_some());
                claims.sometimes(GONE, seen[1].is_none());
            }),
        ])
        .finish(&[dict.value()]);
}
