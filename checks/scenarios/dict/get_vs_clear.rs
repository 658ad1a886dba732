//! Whether a clear is seen in one step.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up};
use crate::rt::objects::dict::clear;
use crate::scenarios::containers::{Stage, int, object};

const BEFORE: &str = "the reader finds both keys";
const SPLIT: &str = "the clear falls between two reads";
const AFTER: &str = "the reader finds nothing";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_get_vs_clear",
    pillar: Pillar::Dict,
    question: "Is a clear seen in one step, and survived by the values that a reader holds?",
    always: "Who misses the first key misses the second one; what is found is whole.",
    sometimes: &[BEFORE, SPLIT, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(
        stage.thread(0),
        2,
        &[(1, object(stage.thread(0), 10)), (2, int(20))],
    );
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| clear(ts, &dict)),
            Box::new(move |ts| {
                let seen = [1, 2].map(|key| look_up(ts, &dict, key));
                claims.always(
                    "a clear is seen in one step",
                    seen != [None, Some(20)],
                    || format!("{seen:?}"),
                );
                claims.sometimes(BEFORE, seen == [Some(10), Some(20)]);
                claims.sometimes(SPLIT, seen == [Some(10), None]);
                claims.sometimes(AFTER, seen == [None, None]);
            }),
        ])
        .finish(&[dict.value()]);
}
