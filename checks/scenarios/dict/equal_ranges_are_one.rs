//! Whether texts, and ranges however they are written, are one key when they are equal.

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use super::equal_keys::{find_all, look_up, set};
use crate::rt::objects::Value;
use crate::rt::objects::dict::{self, Dict};
use crate::scenarios::containers::{Shared, Stage, int};
use crate::scenarios::zoo;

const BEFORE: &str = "a range was looked up before an equal one was set";
const AFTER: &str = "a range was looked up after an equal one was set";

pub(super) const SCENARIO: Scenario = Scenario {
    name: "dict_equal_ranges_are_one",
    pillar: Pillar::Dict,
    question: "Is a range found under every other one that has the same numbers, and a text under an equal one?",
    always: "A dict has one entry for equal ranges and texts, and finds it.",
    sometimes: &[BEFORE, AFTER],
    bound: Bound::Preemptions(2),
    body,
};

fn body(claims: &Claims) {
    let stage = Stage::<2>::new();
    let owner = stage.thread(0);
    let groups = [zoo::ranges(owner), zoo::texts(owner)].concat();
    let dict = Shared::<Dict>::new(dict::new(owner));
    for (number, group) in groups.iter().enumerate() {
        set(owner, &dict, group[0], number as i64);
    }
    let (asked, again) = (groups[0][1], groups[0][2]);
    let told = claims.clone();
    let stage = stage.run([
        Box::new(move |ts| {
            let found = look_up(ts, &dict, asked);
            told.sometimes(BEFORE, found == Some(0));
            told.sometimes(AFTER, found == Some(-1));
        }),
        Box::new(move |ts| set(ts, &dict, again, -1)),
    ]);
    let ts = stage.thread(0);
    dict::insert(ts, &dict, groups[0][0], int(0)).expect("it has a hash");
    let len = dict.len();
    claims.always("equal keys are one", len == groups.len(), || len);
    find_all(ts, &dict, &groups, claims);
    zoo::compare(ts, &groups, claims, "they are equal when they are one key");
    let mut left: Vec<Value> = groups.concat();
    left.remove(0);
    left.push(dict.value());
    stage.finish(&left);
}
