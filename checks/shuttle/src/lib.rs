//! The scenarios on the shuttle world.

pub use runtime_shuttle as rt;

#[path = "../../litmus/mod.rs"]
pub mod litmus;
#[path = "../../scenarios/mod.rs"]
pub mod scenarios;
