//! Scenarios of the list protocols.

mod appends_lose_nothing;
mod cell_get_vs_set;
mod equal_by_contents;
mod extend_vs_get;
mod get_vs_clear;
mod get_vs_growth;
mod get_vs_pop;
mod get_vs_replace;
mod get_vs_set;
mod get_vs_shift;
mod get_vs_shrink;
mod index_of_vs_delete;
mod mark_seen_by_others;
mod owner_get_vs_foreign_growth;
mod renewed_vs_get;
mod reverse_keeps_all;
mod set_vs_hold;

use reports::scenario::Scenario;

use super::containers::Shared;
use crate::rt::objects::Value;
use crate::rt::objects::list::{self, List};
use crate::rt::protocols::thread_state::ThreadState;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    appends_lose_nothing::SCENARIO,
    cell_get_vs_set::SCENARIO,
    extend_vs_get::SCENARIO,
    get_vs_clear::SCENARIO,
    get_vs_growth::SCENARIO,
    get_vs_pop::SCENARIO,
    get_vs_replace::SCENARIO,
    get_vs_set::SCENARIO,
    get_vs_shift::SCENARIO,
    get_vs_shrink::SCENARIO,
    index_of_vs_delete::SCENARIO,
    mark_seen_by_others::SCENARIO,
    owner_get_vs_foreign_growth::SCENARIO,
    renewed_vs_get::SCENARIO,
    reverse_keeps_all::SCENARIO,
    set_vs_hold::SCENARIO,
    equal_by_contents::SCENARIO,
];

/// A list of `ts` with these items, whose references it takes over.
fn list_of(ts: &ThreadState, items: &[Value]) -> Shared<List> {
    Shared::new(list::new(ts, items))
}
