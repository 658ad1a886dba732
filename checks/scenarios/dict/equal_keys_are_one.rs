//! Whether keys that are equal are one key, whatever their types.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::equal_keys::{find_all, look_up, set};
use crate::rt::objects::Value;
use crate::rt::objects::dict::{self, Dict};
use crate::scenarios::containers::{Shared, Stage, int};
use crate::scenarios::zoo;

const BEFORE: &str = "a key was looked up before an equal one was set";
const AFTER: &str = "a key was looked up after an equal one was set";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_equal_keys_are_one",
    pillar: Pillar::Dict,
    question: "Is a key found under every other one that is equal to it, and is each of them one entry?",
    always: "A dict has one entry for equal keys, and finds it.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

/// The group that one worker sets again: of the number one.
const ONE: usize = 1;

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let groups = [zoo::numbers(owner), zoo::singletons()].concat();
    let dict = Shared::<Dict>::new(dict::new(owner));
    for (number, group) in groups.iter().enumerate() {
        set(owner, &dict, group[0], number as i64);
    }
    let (truth, float) = (groups[ONE][1], groups[ONE][2]);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let found = look_up(ts, &dict, truth);
            told.sometimes(BEFORE, found == Some(1));
            told.sometimes(AFTER, found == Some(-1));
        }),
        Box::new(move |ts| set(ts, &dict, float, -1)),
    ]);
    set(stage.thread(0), &dict, int(1), 1);
    let len = dict.len();
    claims.always("equal keys are one", len == groups.len(), || len);
    find_all(stage.thread(0), &dict, &groups, claims);
    let mut left: Vec<Value> = groups.concat();
    left.push(dict.value());
    stage.finish(&left);
}
