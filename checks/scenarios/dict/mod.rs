//! Scenarios of the dict protocols.

mod copy_vs_insert;
mod entries_vs_changes;
mod equal_keys;
mod equal_keys_are_one;
mod equal_ranges_are_one;
mod get_past_deleted;
mod get_vs_clear;
mod get_vs_delete;
mod get_vs_insert;
mod get_vs_key_removed;
mod get_vs_reinsert;
mod get_vs_replace;
mod get_vs_resize;
mod insert_vs_insert;
mod iterate_vs_delete;
mod lookup_runs_code;
mod numbers_hash_alike;
mod owner_get_vs_foreign_resize;
mod pairs_vs_inserts;
mod pop_vs_growth;
mod popitem_vs_popitem;
mod room_vs_insert;
mod setdefault_agrees;
mod union_vs_inserts;
mod update_vs_insert;
mod update_vs_inserts;
mod value_replaced_and_dropped;

use reports::scenario::Scenario;

use super::containers::{Shared, int, take};
use crate::rt::objects::Value;
use crate::rt::objects::dict::{self, Dict};
use crate::rt::protocols::thread_state::ThreadState;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    copy_vs_insert::SCENARIO,
    entries_vs_changes::SCENARIO,
    get_past_deleted::SCENARIO,
    get_vs_clear::SCENARIO,
    get_vs_delete::SCENARIO,
    get_vs_insert::SCENARIO,
    get_vs_key_removed::SCENARIO,
    get_vs_reinsert::SCENARIO,
    get_vs_replace::SCENARIO,
    get_vs_resize::SCENARIO,
    insert_vs_insert::SCENARIO,
    iterate_vs_delete::SCENARIO,
    lookup_runs_code::SCENARIO,
    owner_get_vs_foreign_resize::SCENARIO,
    pairs_vs_inserts::SCENARIO,
    pop_vs_growth::SCENARIO,
    popitem_vs_popitem::SCENARIO,
    room_vs_insert::SCENARIO,
    setdefault_agrees::SCENARIO,
    union_vs_inserts::SCENARIO,
    update_vs_insert::SCENARIO,
    update_vs_inserts::SCENARIO,
    value_replaced_and_dropped::SCENARIO,
    equal_keys_are_one::SCENARIO,
    equal_ranges_are_one::SCENARIO,
    numbers_hash_alike::SCENARIO,
];

/// A dict of `ts` with room for so many keys and with these ones, whose values' references it takes over.
fn dict_of(ts: &ThreadState, room: usize, entries: &[(i64, Value)]) -> Shared<Dict> {
    let dict = Shared::new(dict::with_room(ts, room));
    for &(key, value) in entries {
        put(ts, &dict, key, value);
    }
    dict
}

fn put(ts: &ThreadState, dict: &Dict, key: i64, value: Value) {
    dict::insert(ts, dict, int(key), value).expect("integers have hashes");
}

/// The number that a key leads to.
fn look_up(ts: &ThreadState, dict: &Dict, key: i64) -> Option<i64> {
    take(
        ts,
        dict::get(ts, dict, int(key)).expect("integers have hashes"),
    )
}
