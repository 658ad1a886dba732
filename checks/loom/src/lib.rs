//! The scenarios on the loom world.

pub use runtime_loom as rt;

#[path = "../../litmus/mod.rs"]
pub mod litmus;
#[path = "../../scenarios/mod.rs"]
pub mod scenarios;
