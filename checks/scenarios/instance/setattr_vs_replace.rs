//! Whether an attribute that is stored while `__dict__` is assigned can be lost.

use std::sync::{Arc, Mutex};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::object::{self, has};
use crate::scenarios::containers::{Stage, drop_ref};

const BEFORE: &str = "the attribute was stored first, and replaced with its dict";
const AFTER: &str = "the attribute was stored in the new dict";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_setattr_vs_replace",
    pillar: Pillar::Instance,
    question: "Is an attribute stored in the dict that the object has, while another thread assigns `__dict__`?",
    always: "The old dict has the attribute as soon as it is replaced, or else the new one gets it.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let object = object::new(stage.thread(0));
    object.set(stage.thread(0), 1, 10);
    let left = Arc::new(Mutex::new(false));
    let kept = Arc::clone(&left);
    let stage = stage.run([
        Box::new(move |ts| {
            let old = object.dict(ts);
            object.replace(ts, 1, 20);
            *kept.lock().expect("nobody panics") = has(ts, old, 2);
            drop_ref(ts, old);
        }),
        Box::new(move |ts| object.set(ts, 2, 30)),
    ]);
    let before = *left.lock().expect("nobody panics");
    let after = object.get(stage.thread(0), 2) == Some(30);
    claims.always("the attribute is in one dict", before != after, || {
        format!("the old one has it: {before}, the new one: {after}")
    });
    claims.sometimes(BEFORE, before);
    claims.sometimes(AFTER, after);
    stage.finish(&[object.value()]);
}
