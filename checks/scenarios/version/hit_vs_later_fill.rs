//! Whether who takes a value from the cache finds it initialised, though the entry is being filled anew.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Class;
use crate::scenarios::containers::{Stage, drop_ref, readable};

const OLD: &str = "the lookup found the old value";
const NEW: &str = "the lookup found the new value";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_hit_vs_later_fill",
    pillar: Pillar::Version,
    question: "Does a reader of the cache that meets the value of a later fill find it initialised?",
    always: "What a lookup gives is a value that the class had, and what is counted was initialised before.",
    sometimes: &[OLD, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(1);
    let class = Class::new(owner, readable(owner, 1));
    let filled = class.look_up(owner);
    claims.always("the cache is filled", filled == Some(1), || {
        format!("{filled:?}")
    });
    let (changed, found) = (Arc::clone(&class), Arc::clone(&class));
    let (own, other) = (claims.clone(), claims.clone());
    stage
        .run([
            Box::new(move |ts| {
                let value = readable(ts, 2);
                changed.assign(ts, value);
                drop_ref(ts, value);
                let seen = changed.look_up(ts);
                own.always("who changed the class sees it", seen == Some(2), || {
                    format!("{seen:?}")
                });
            }),
            Box::new(move |ts| {
                let seen = found.look_up(ts);
                let known = seen == Some(1) || seen == Some(2);
                other.always("the value was the class's", known, || format!("{seen:?}"));
                other.sometimes(OLD, seen == Some(1));
                other.sometimes(NEW, seen == Some(2));
            }),
        ])
        .finish(&[class.attribute]);
}
