//! Whether a set is updated from another one at one moment of both.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{add, has, set_of};
use crate::rt::objects::set::{discard, update};
use crate::scenarios::containers::{Stage, int};

const BEFORE: &str = "the update is first";
const BETWEEN: &str = "the update is between the changes";
const AFTER: &str = "the update is last";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "set_update_vs_changes",
    pillar: Pillar::Set,
    question: "Does an update add what its source has at the moment at which the keys are added?",
    always: "The keys are those of one order of the three operations.",
    sometimes: &[BEFORE, BETWEEN, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let (target, source) = (set_of(owner, [5]), set_of(owner, [1]));
    let stage = stage.run([
        Box::new(move |ts| {
            add(ts, &source, int(2));
            discard(ts, &target, int(1)).expect("integers have hashes");
        }),
        Box::new(move |ts| update(ts, &target, &source).expect("integers have hashes")),
    ]);
    let ts = stage.thread(0);
    let found = [1, 2].map(|key| has(ts, &target, int(key)));
    let orders = [[false, false], [false, true], [true, true]];
    claims.always("an update is one step", orders.contains(&found), || {
        format!("{found:?}")
    });
    for (what, order) in [BEFORE, BETWEEN, AFTER].into_iter().zip(orders) {
        claims.sometimes(what, found == order);
    }
    stage.finish(&[target.value(), source.value()]);
}
