//! Whether a dict is updated from another one at one moment of both.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::rt::objects::dict::update;
use crate::scenarios::containers::{Stage, int};

const BEFORE: &str = "the update is first";
const BETWEEN: &str = "the update is between the insertions";
const AFTER: &str = "the update is last";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_update_vs_inserts",
    pillar: Pillar::Dict,
    question: "Does an update put in what its source has at the moment at which the keys are set?",
    always: "The values are those of one order of the three operations.",
    sometimes: &[BEFORE, BETWEEN, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let source = dict_of(owner, 2, &[(1, int(10))]);
    let target = dict_of(owner, 2, &[]);
    let stage = stage.run([
        Box::new(move |ts| {
            put(ts, &source, 2, int(20));
            put(ts, &target, 1, int(99));
        }),
        Box::new(move |ts| {
            update(ts, &target, &source).expect("integers have hashes");
        }),
    ]);
    let ts = stage.thread(0);
    let found = [1, 2].map(|key| look_up(ts, &target, key));
    let orders = [[Some(99), None], [Some(99), Some(20)], [Some(10), Some(20)]];
    claims.always("an update is one step", orders.contains(&found), || {
        format!("{found:?}")
    });
    for (what, order) in [BEFORE, BETWEEN, AFTER].into_iter().zip(orders) {
        claims.sometimes(what, found == order);
    }
    stage.finish(&[source.value(), target.value()]);
}
