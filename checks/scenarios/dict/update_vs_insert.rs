//! Whether a dict that is updated from another gets what that one had at one moment.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, look_up, put};
use crate::rt::objects::dict::update;
use crate::scenarios::containers::{Stage, int, object};

const BEFORE: &str = "the new key is not among them";
const AFTER: &str = "the new key is among them";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_update_vs_insert",
    pillar: Pillar::Dict,
    question: "Does an update take over what its source had at one moment, while another thread adds to the source?",
    always: "Every key that was there before is taken over, with its value.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let source = dict_of(owner, 2, &[(1, object(owner, 10))]);
    let target = dict_of(owner, 2, &[]);
    let stage = stage.run([
        Box::new(move |ts| put(ts, &source, 2, int(20))),
        Box::new(move |ts| {
            update(ts, &target, &source).expect("integers have hashes");
        }),
    ]);
    let ts = stage.thread(0);
    let taken = [1, 2].map(|key| look_up(ts, &target, key));
    let fits = taken[0] == Some(10) && matches!(taken[1], None | Some(20));
    claims.always("taken over", fits, || format!("{taken:?}"));
    claims.sometimes(BEFORE, taken[1].is_none());
    claims.sometimes(AFTER, taken[1].is_some());
    stage.finish(&[source.value(), target.value()]);
}
