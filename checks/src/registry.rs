//! The scenarios by name.

use reports::plan::World;
use reports::scenario::Scenario;

use crate::worlds;

/// The scenario of this name, as this world mounts it.
#[must_use]
pub fn named(world: World, name: &str) -> Option<Scenario> {
    worlds::scenarios(world)
        .into_iter()
        .find(|scenario| scenario.name == name)
}

/// The scenarios whose name contains `filter`; all of them when it is empty.
#[must_use]
pub fn matching(world: World, filter: &str) -> Vec<Scenario> {
    let mut scenarios = worlds::scenarios(world);
    scenarios.retain(|scenario| scenario.name.contains(filter));
    scenarios
}
