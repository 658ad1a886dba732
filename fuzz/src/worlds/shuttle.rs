//! The shuttle world: drawn schedules under sequential consistency, with data races found by clocks.

use runtime_shuttle as rt;

#[path = "../mounted/mod.rs"]
#[expect(clippy::duplicate_mod, reason = "each world mounts it")]
mod mounted;

use std::sync::Arc;

use reports::plan::{Exploration, Plan};

use crate::spec::TargetSpec;

/// The targets, as every world has them.
pub(crate) fn targets() -> Vec<Arc<TargetSpec>> {
    mounted::all()
}

/// Explores the program that runs.
pub(crate) fn explore(plan: &Plan) -> Exploration {
    rt::sync::checker::explore(plan, &mounted::SCENARIO)
}

/// What is asked of every program, and what holds.
pub(crate) fn claims() -> (&'static str, &'static str) {
    (mounted::SCENARIO.question, mounted::SCENARIO.always)
}
