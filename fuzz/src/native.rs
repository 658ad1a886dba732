//! The target on real threads.

pub(crate) use runtime as rt;

#[path = "target.rs"]
#[expect(clippy::duplicate_mod, reason = "each world mounts it")]
mod target;

use reports::plan::{Exploration, Plan};

/// Stresses the program that runs.
pub(crate) fn explore(plan: &Plan) -> Exploration {
    rt::sync::checker::explore(plan, &target::SCENARIO)
}
