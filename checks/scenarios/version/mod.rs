//! Scenarios of class versions and the cache of attribute lookups.

mod answers_are_kept;
mod assign_vs_modify;
mod fill_vs_modify;
mod heir_vs_change;
mod hit_vs_later_fill;
mod hit_vs_modify;
mod old_answer_is_forgotten;
mod read_vs_fill;
mod registration_vs_answer;
mod registry;
mod two_fills;

use std::sync::Arc;

use reports::scenario::Scenario;

use super::containers::{int, take};
use crate::rt::objects::cell::{self, Cell};
use crate::rt::objects::type_cache::TypeCache;
use crate::rt::objects::{Value, new_ref};
use crate::rt::protocols::thread_state::ThreadState;
use crate::rt::protocols::version::ClassVersion;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    fill_vs_modify::SCENARIO,
    hit_vs_modify::SCENARIO,
    hit_vs_later_fill::SCENARIO,
    read_vs_fill::SCENARIO,
    two_fills::SCENARIO,
    registration_vs_answer::SCENARIO,
    old_answer_is_forgotten::SCENARIO,
    assign_vs_modify::SCENARIO,
    answers_are_kept::SCENARIO,
    heir_vs_change::SCENARIO,
];

/// A class with one attribute, and a cache of one entry.
struct Class {
    cache: TypeCache,
    version: ClassVersion,
    attribute: Value,
}

impl Class {
    /// A class of `ts` whose attribute has this value.
    fn new(ts: &ThreadState, value: Value) -> Arc<Self> {
        Arc::new(Self {
            cache: TypeCache::new(1),
            version: ClassVersion::new(),
            attribute: cell::new(ts, Some(value)),
        })
    }

    fn cell(&self) -> &Cell {
        self.attribute.downcast().expect("a cell")
    }

    /// The attribute's number, by the way of the cache.
    fn look_up(&self, ts: &ThreadState) -> Option<i64> {
        let find = || Ok(cell::get(ts, self.cell()));
        let found = self.cache.lookup(ts, &self.version, int(1), find);
        take(ts, found.expect("a cell raises nothing"))
    }

    /// The attribute's number, without the cache.
    fn look_here(&self, ts: &ThreadState) -> Option<i64> {
        take(ts, cell::get(ts, self.cell()))
    }

    /// Gives the attribute another value.
    fn assign(&self, ts: &ThreadState, value: Value) {
        let versions = &self.cache.versions;
        versions.modify(
            || self.version.invalidate(),
            || cell::set(ts, self.cell(), Some(new_ref(ts, value))),
        );
    }
}
