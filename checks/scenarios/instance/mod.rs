//! Scenarios of the dict of an instance.

mod create_vs_create;
mod object;
mod read_vs_replace;
mod setattr_vs_replace;

use reports::scenario::Scenario;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    create_vs_create::SCENARIO,
    read_vs_replace::SCENARIO,
    setattr_vs_replace::SCENARIO,
];
