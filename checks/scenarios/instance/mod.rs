//! Scenarios of what an object makes when it is first wanted: its dict, the places of a text's characters.

mod create_vs_create;
mod object;
mod passing_read_vs_clear;
mod passing_read_vs_replace;
mod read_vs_replace;
mod setattr_vs_replace;
mod text_places_vs_places;

use reports::scenario::Scenario;

/// Every scenario of this pillar.
pub const ALL: &[Scenario] = &[
    create_vs_create::SCENARIO,
    passing_read_vs_clear::SCENARIO,
    passing_read_vs_replace::SCENARIO,
    read_vs_replace::SCENARIO,
    setattr_vs_replace::SCENARIO,
    text_places_vs_places::SCENARIO,
];
