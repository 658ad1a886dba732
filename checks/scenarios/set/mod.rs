//! Scenarios of the set protocols.

mod contains_vs_add;
mod contains_vs_discard;
mod contains_vs_growth;
mod contains_vs_shrink;
mod entries_vs_clear;
mod entries_vs_replace;
mod pop_vs_pop;
mod subset_vs_discards;
mod update_vs_changes;

use reports::scenario::Scenario;

use super::containers::{Shared, int};
use crate::rt::objects::Value;
use crate::rt::objects::set::{self, Set};
use crate::rt::protocols::thread_state::ThreadState;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    contains_vs_add::SCENARIO,
    contains_vs_discard::SCENARIO,
    contains_vs_growth::SCENARIO,
    contains_vs_shrink::SCENARIO,
    entries_vs_clear::SCENARIO,
    entries_vs_replace::SCENARIO,
    pop_vs_pop::SCENARIO,
    subset_vs_discards::SCENARIO,
    update_vs_changes::SCENARIO,
];

/// A set of `ts` with these keys.
fn set_of(ts: &ThreadState, keys: impl IntoIterator<Item = i64>) -> Shared<Set> {
    let set = Shared::new(set::new(ts));
    for key in keys {
        add(ts, &set, int(key));
    }
    set
}

fn add(ts: &ThreadState, set: &Set, key: Value) {
    let added = set::add(ts, set, key).expect("the key has a hash");
    assert!(added, "the key is new");
}

fn has(ts: &ThreadState, set: &Set, key: Value) -> bool {
    set::contains(ts, set, key).expect("the key has a hash")
}
