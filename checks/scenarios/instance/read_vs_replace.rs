//! Whether a reader of an attribute finds one of two dicts whole.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::object;
use crate::scenarios::containers::Stage;

const OLD: &str = "the reader finds the old dict";
const NEW: &str = "the reader finds the new dict";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "instance_read_vs_replace",
    pillar: Pillar::Instance,
    question: "Does a reader find the old or the new dict, whole, while `__dict__` is assigned?",
    always: "The attribute has the old or the new value.",
    sometimes: &[OLD, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let object = object::new(stage.thread(0));
    object.set(stage.thread(0), 1, 10);
    let claims = claims.clone();
    stage
        .run([
            Box::new(move |ts| object.replace(ts, 1, 20)),
            Box::new(move |ts| {
                let seen = object.get(ts, 1);
                let whole = matches!(seen, Some(10 | 20));
                claims.always("the attribute is there", whole, || format!("{seen:?}"));
                claims.sometimes(OLD, seen == Some(10));
                claims.sometimes(NEW, seen == Some(20));
            }),
        ])
        .finish(&[object.value()]);
}
