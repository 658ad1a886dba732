//! Whether a hit gives a value that lives, and never an older one than the thread has seen.

use std::sync::Arc;

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::Class;
use crate::scenarios::containers::{Stage, int, readable};

const OLD: &str = "the cache still had the old value";
const NEW: &str = "the lookup found the new value";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "version_hit_vs_modify",
    pillar: Pillar::Version,
    question: "Does a hit give a live value, and not the old one to a thread that saw the new one?",
    always: "What a lookup gives is whole, and not older than what the thread saw in the class.",
    sometimes: &[OLD, NEW],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(1);
    // The first worker's own, so that it dies as soon as it is replaced.
    let class = Class::new(owner, readable(stage.thread(0), 1));
    let filled = class.look_up(owner);
    claims.always("the cache is filled", filled == Some(1), || {
        format!("{filled:?}")
    });
    let (changed, found) = (Arc::clone(&class), Arc::clone(&class));
    let told = claims.clone();
    stage
        .run([
            Box::new(move |ts| changed.assign(ts, int(2))),
            Box::new(move |ts| {
                let (here, cached) = (found.look_here(ts), found.look_up(ts));
                let stale = here == Some(2) && cached != Some(2);
                told.always("the cache is not older than the class", !stale, || {
                    format!("{here:?}, and then {cached:?}")
                });
                told.sometimes(OLD, cached == Some(1));
                told.sometimes(NEW, cached == Some(2));
            }),
        ])
        .finish(&[class.attribute]);
}
