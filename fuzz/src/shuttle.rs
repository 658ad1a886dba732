//! The target in the shuttle world.

pub(crate) use runtime_shuttle as rt;

#[path = "target.rs"]
#[expect(clippy::duplicate_mod, reason = "each world mounts it")]
mod target;

use reports::plan::{Exploration, Plan};

pub(crate) use target::SCENARIO;

/// Explores the program that runs.
pub(crate) fn explore(plan: &Plan) -> Exploration {
    rt::sync::checker::explore(plan, &SCENARIO)
}
