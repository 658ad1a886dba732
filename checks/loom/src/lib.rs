//! The scenarios on the loom world.

pub use runtime_loom as rt;

#[path = "../../scenarios/mod.rs"]
pub mod scenarios;
