//! Whether a reader probes the table that its mask belongs to while the table is replaced by a smaller one.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{add, has, set_of};
use crate::rt::objects::set::clear;
use crate::scenarios::containers::{Stage, int};

const BEFORE: &str = "the reader looks before the set is cleared";
const AFTER: &str = "the reader looks after the set is filled again";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "set_contains_vs_shrink",
    pillar: Pillar::Set,
    question: "Does a reader stay inside of its table while the set is cleared and begun anew?",
    always: "Every place that is touched lies in its table, and a set is cleared in one step.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let set = set_of(stage.thread(0), [1, 2, 3, 4, 13]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                clear(ts, &set);
                add(ts, &set, int(5));
            }),
            Box::new(move |ts| {
                let (new, old) = (has(ts, &set, int(5)), has(ts, &set, int(13)));
                claims.always(
                    "a set is cleared in one step",
                    !(new && old),
                    || "both are there",
                );
                claims.sometimes(BEFORE, old);
                claims.sometimes(AFTER, new);
            }),
        ])
        .finish(&[set.value()]);
}
