//! Whether an attribute can be read in passing from a dict that its owner changes and nobody else has read yet.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::object;
use crate::rt::objects::dict::{self, Dict};
use crate::scenarios::containers::{Stage, drop_ref, int};

const FOUND: &str = "the reader finds the attribute";
const CLEARED: &str = "the reader finds nothing";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_passing_read_vs_clear",
    pillar: Pillar::Instance,
    question: "Does a reader in passing leave a dict alone whose owner frees blocks at once?",
    always: "The reader finds the attribute or nothing.",
    sometimes: &[FOUND, CLEARED],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let object = object::new(owner);
    object.set(owner, 1, 10);
    let held = object.dict(owner);
    let claims = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let inside: &Dict = held.downcast().expect("a dict");
            dict::clear(ts, inside);
        }),
        Box::new(move |ts| {
            let seen = object.get_in_passing(ts, int(1));
            let whole = seen.is_none_or(|value| value == int(10));
            claims.always("the attribute is whole", whole, || format!("{seen:?}"));
            claims.sometimes(FOUND, seen.is_some());
            claims.sometimes(CLEARED, seen.is_none());
        }),
    ]);
    drop_ref(stage.thread(0), held);
    stage.finish(&[object.value()]);
}
