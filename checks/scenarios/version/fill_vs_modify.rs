//! Whether a lookup that fills the cache can leave a value there that the class no longer has.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Class;
use crate::scenarios::containers::{Stage, int};

const OLD: &str = "the lookup found the old value";
const NEW: &str = "the lookup found the new value";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_fill_vs_modify",
    pillar: Pillar::Version,
    question: "Is what a lookup leaves in the cache never older than the class, once the change is over?",
    always: "Whoever looks after both ended finds the new value.",
    sometimes: &[OLD, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    // The second worker's, who reads it without the lock.
    let class = Class::new(stage.thread(1), int(1));
    let (changed, found) = (Arc::clone(&class), Arc::clone(&class));
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| changed.assign(ts, int(2))),
        Box::new(move |ts| {
            let seen = found.look_up(ts);
            told.sometimes(OLD, seen == Some(1));
            told.sometimes(NEW, seen == Some(2));
        }),
    ]);
    let seen = class.look_up(stage.thread(1));
    claims.always("the cache has the new value", seen == Some(2), || {
        format!("{seen:?}")
    });
    stage.finish(&[class.attribute]);
}
