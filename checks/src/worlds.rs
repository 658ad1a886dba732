//! The worlds that scenarios run in: where a plan goes, and which scenarios a world has.

use reports::failure::Failure;
use reports::plan::{Exploration, Plan, World};
use reports::scenario::Scenario;

/// The worlds in which faults can be switched on and sites weakened.
pub const MODELS: [World; 3] = [World::Graph, World::Loom, World::Shuttle];

/// The worlds in which a weaker order can be seen.
pub const WEAK_MEMORY: [World; 2] = [World::Graph, World::Loom];

/// The scenarios as this world mounts them.
#[must_use]
pub fn scenarios(world: World) -> Vec<Scenario> {
    match world {
        World::Graph => checks_graph::scenarios::all(),
        World::Loom => checks_loom::scenarios::all(),
        World::Shuttle => checks_shuttle::scenarios::all(),
        World::Native => checks_native::scenarios::all(),
    }
}

/// Runs a scenario of this world as `plan` says.
#[must_use]
pub fn explore(world: World, plan: &Plan, scenario: &Scenario) -> Exploration {
    match world {
        World::Native => checks_native::rt::sync::checker::explore(plan, scenario),
        World::Shuttle => checks_shuttle::rt::sync::checker::explore(plan, scenario),
        World::Loom => checks_loom::rt::sync::checker::explore(plan, scenario),
        World::Graph => checks_graph::rt::sync::checker::explore(plan, scenario),
    }
}

/// The simplest form of a failure that the graph checker has found as `plan` says; the other checkers look for it
/// themselves.
#[must_use]
pub fn simplest(plan: &Plan, scenario: &Scenario, found: Failure) -> Failure {
    match found.replay.world {
        World::Graph => checks_graph::rt::sync::checker::simplest(plan, scenario, found),
        World::Loom | World::Shuttle | World::Native => found,
    }
}

/// Whether the graph checker can go on with what `plan` is to resume.
///
/// # Errors
/// Why it cannot.
pub fn can_resume(plan: &Plan, scenario: &Scenario) -> Result<(), String> {
    checks_graph::rt::sync::checker::can_resume(plan, scenario)
}
