//! Whether a snapshot is of one moment.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::set_of;
use crate::rt::objects::set::{clear, entries};
use crate::scenarios::containers::Stage;

const ALL: &str = "the snapshot has every key";
const NONE: &str = "the snapshot has none";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "set_entries_vs_clear",
    pillar: Pillar::Set,
    question: "Is what repr and list make of a set what the set had at one moment?",
    always: "A snapshot has both keys or none.",
    sometimes: &[ALL, NONE],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let set = set_of(stage.thread(0), [1, 2]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| clear(ts, &set)),
            Box::new(move |ts| {
                let count = entries(ts, &set).len();
                claims.always("a snapshot has both keys or none", count != 1, || count);
                claims.sometimes(ALL, count == 2);
                claims.sometimes(NONE, count == 0);
            }),
        ])
        .finish(&[set.value()]);
}
