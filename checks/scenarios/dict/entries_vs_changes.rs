//! Whether what is copied out of a dict, as its views and a list of it are, is of one moment.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{dict_of, put};
use crate::rt::objects::dict::{delete, entries};
use crate::scenarios::containers::{Stage, drop_ref, int, number};

const OLD: &str = "nothing has changed";
const BETWEEN: &str = "the old key is gone";
const NEW: &str = "the new key is there";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_entries_vs_changes",
    pillar: Pillar::Dict,
    question: "Does a list of a dict's keys have those of one moment, while another thread deletes one and adds one?",
    always: "The old key and the new one are never there together.",
    sometimes: &[OLD, BETWEEN, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let dict = dict_of(stage.thread(0), 3, &[(1, int(10)), (2, int(20))]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| {
                assert!(delete(ts, &dict, int(1)) == Ok(true), "the key is there");
                put(ts, &dict, 3, int(30));
            }),
            Box::new(move |ts| {
                let mut seen = Vec::new();
                for (key, value) in entries(ts, &dict) {
                    seen.extend(number(key));
                    drop_ref(ts, value);
                }
                let fits = [vec![1, 2], vec![2], vec![2, 3]].contains(&seen);
                claims.always("the keys are of one moment", fits, || format!("{seen:?}"));
                claims.sometimes(OLD, seen == [1, 2]);
                claims.sometimes(BETWEEN, seen == [2]);
                claims.sometimes(NEW, seen == [2, 3]);
            }),
        ])
        .finish(&[dict.value()]);
}
