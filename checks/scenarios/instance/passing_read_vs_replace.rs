//! Whether an attribute can be read without a reference to the dict that it is in.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::object;
use crate::rt::objects::float::{self, Float};
use crate::scenarios::containers::{Stage, drop_ref, int};

const OLD: &str = "the reader finds the old value";
const NEW: &str = "the reader finds the new dict";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_passing_read_vs_replace",
    pillar: Pillar::Instance,
    question: "Is an attribute whole that is read in passing, while its dict is replaced and dies?",
    always: "The reader finds the old value alive, or the new dict.",
    sometimes: &[OLD, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let object = object::new(owner);
    object.set_value(owner, 1, float::new(owner, 1.5));
    // A first read marks the dict.
    let seen = object.get_in_passing(stage.thread(1), int(1));
    drop_ref(stage.thread(1), seen.expect("an attribute"));
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| object.replace(ts, 1, 20)),
            Box::new(move |ts| {
                let seen = object.get_in_passing(ts, int(1)).expect("an attribute");
                let old = seen.downcast::<Float>().map(Float::get);
                let whole = old == Some(1.5) || seen == int(20);
                claims.always("the attribute is whole", whole, || format!("{old:?}"));
                claims.sometimes(OLD, old.is_some());
                claims.sometimes(NEW, old.is_none());
                drop_ref(ts, seen);
            }),
        ])
        .finish(&[object.value()]);
}
