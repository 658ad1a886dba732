//! Whether a key that is being added is found whole.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::{add, has, set_of};
use crate::rt::objects::str;
use crate::scenarios::containers::{Stage, drop_ref, int};

const FOUND: &str = "the reader finds the new key";
const MISSED: &str = "the reader does not find it yet";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "set_contains_vs_add",
    pillar: Pillar::Set,
    question: "Is a key that another thread is adding found whole or not at all?",
    always: "The old key is found, and the new one only after its hash and its text were written.",
    sometimes: &[FOUND, MISSED],
    bound: Bound::Complete,
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let set = set_of(stage.thread(0), [1]);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| add(ts, &set, str::new(ts, "key"))),
            Box::new(move |ts| {
                let key = str::new(ts, "key");
                let found = has(ts, &set, key);
                drop_ref(ts, key);
                claims.sometimes(FOUND, found);
                claims.sometimes(MISSED, !found);
                let old = has(ts, &set, int(1));
                claims.always("the old key is found", old, || old);
            }),
        ])
        .finish(&[set.value()]);
}
