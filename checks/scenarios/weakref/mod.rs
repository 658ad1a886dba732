//! Scenarios of the weak references.

mod callback_runs_once;
mod create_vs_create;
mod drop_vs_death;
mod list_vs_drop;
mod reuse_vs_drop;
mod target;
mod upgrade_vs_death;

use reports::scenario::Scenario;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    upgrade_vs_death::SCENARIO,
    drop_vs_death::SCENARIO,
    reuse_vs_drop::SCENARIO,
    create_vs_create::SCENARIO,
    callback_runs_once::SCENARIO,
    list_vs_drop::SCENARIO,
];
