//! Scenarios of the list protocols.

mod appends_lose_nothing;
mod assign_vs_appends;
mod cell_get_vs_set;
mod concat_vs_appends;
mod equal_by_contents;
mod extend_from_vs_appends;
mod extend_one_by_one;
mod extend_vs_get;
mod get_vs_clear;
mod get_vs_growth;
mod get_vs_pop;
mod get_vs_replace;
mod get_vs_set;
mod get_vs_shift;
mod get_vs_shrink;
mod get_vs_sort;
mod index_of_vs_delete;
mod insert_vs_pop;
mod mark_seen_by_others;
mod owner_get_vs_foreign_growth;
mod pops_add_up;
mod remove_runs_code;
mod remove_vs_pop;
mod renewed_vs_get;
mod repeat_vs_append;
mod reverse_keeps_all;
mod second_read;
mod set_vs_hold;
mod slice_deletes_add_up;
mod snapshot_vs_pop;
mod sort_gives_way;
mod sort_tells_changes;
mod sort_vs_append;
mod two_lists;

use reports::scenario::Scenario;

use super::containers::{Shared, drop_ref};
use crate::rt::objects::Value;
use crate::rt::objects::list::{self, List};
use crate::rt::protocols::thread_state::ThreadState;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    appends_lose_nothing::SCENARIO,
    assign_vs_appends::SCENARIO,
    cell_get_vs_set::SCENARIO,
    concat_vs_appends::SCENARIO,
    extend_from_vs_appends::SCENARIO,
    extend_one_by_one::SCENARIO,
    extend_vs_get::SCENARIO,
    get_vs_clear::SCENARIO,
    get_vs_growth::SCENARIO,
    get_vs_pop::SCENARIO,
    get_vs_replace::SCENARIO,
    get_vs_set::SCENARIO,
    get_vs_shift::SCENARIO,
    get_vs_shrink::SCENARIO,
    index_of_vs_delete::SCENARIO,
    insert_vs_pop::SCENARIO,
    mark_seen_by_others::SCENARIO,
    owner_get_vs_foreign_growth::SCENARIO,
    remove_runs_code::SCENARIO,
    remove_vs_pop::SCENARIO,
    renewed_vs_get::SCENARIO,
    repeat_vs_append::SCENARIO,
    reverse_keeps_all::SCENARIO,
    set_vs_hold::SCENARIO,
    equal_by_contents::SCENARIO,
    slice_deletes_add_up::SCENARIO,
    sort_gives_way::SCENARIO,
    sort_tells_changes::SCENARIO,
    sort_vs_append::SCENARIO,
    pops_add_up::SCENARIO,
    get_vs_sort::SCENARIO,
    snapshot_vs_pop::SCENARIO,
    second_read::SCENARIO,
];

/// A list of `ts` with these items, whose references it takes over.
fn list_of(ts: &ThreadState, items: &[Value]) -> Shared<List> {
    Shared::new(list::new(ts, items))
}

/// The small integers in a list at one moment.
fn numbers(ts: &ThreadState, list: &List) -> Vec<i64> {
    let mut numbers = Vec::new();
    for item in list::snapshot(ts, list) {
        numbers.extend(item.as_small());
        drop_ref(ts, item);
    }
    numbers
}
