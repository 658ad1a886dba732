//! Scenarios of what an object makes when it is first wanted: its dict, the places of a text's characters.

mod class_changes_in_a_stop;
mod create_vs_create;
mod extras_end_with_it;
mod first_attributes;
mod layouts_keep_their_contents;
mod object;
mod passing_read_vs_clear;
mod passing_read_vs_replace;
mod read_vs_replace;
mod setattr_vs_replace;
mod slot_deleted_once;
mod slot_read_vs_delete;
mod text_places_are_right;
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
    text_places_are_right::SCENARIO,
    extras_end_with_it::SCENARIO,
    layouts_keep_their_contents::SCENARIO,
    class_changes_in_a_stop::SCENARIO,
    slot_deleted_once::SCENARIO,
    slot_read_vs_delete::SCENARIO,
    first_attributes::SCENARIO,
];
