//! The scenarios on the shuttle world.

pub use runtime_shuttle as rt;

#[path = "../../scenarios/mod.rs"]
pub mod scenarios;
