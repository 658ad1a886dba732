//! The graph world: every execution of a small program under C++20, each once.

use runtime_graph as rt;

#[path = "../mounted/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "each world mounts it")]
mod mounted;

use reports::failure::Failure;
use reports::plan::{Exploration, Plan};

/// Explores the program that runs.
pub(crate) fn explore(plan: &Plan) -> Exploration {
    rt::sync::checker::explore(plan, &mounted::SCENARIO)
}

/// The simplest form of a failure that was found as `plan` says.
pub(crate) fn simplest(plan: &Plan, found: Failure) -> Failure {
    rt::sync::checker::simplest(plan, &mounted::SCENARIO, found)
}
