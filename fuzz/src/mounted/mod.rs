//! What each world mounts: the stage on which drawn programs run, and the targets with what each operation does there.

mod body;
mod stage;
mod targets;

use super::rt;

#[allow(
    unused_imports,
    reason = "the native world races on a stage of its own, the others explore a scenario, and one world lists the targets"
)]
pub(crate) use self::{
    body::{Player, SCENARIO, calls},
    stage::{Cast, Stage},
    targets::{Target, all, find},
};
