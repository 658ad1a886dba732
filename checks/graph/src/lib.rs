//! The scenarios on the graph world.

pub use runtime_graph as rt;

#[path = "../../litmus/mod.rs"]
pub mod litmus;
#[path = "../../scenarios/mod.rs"]
pub mod scenarios;
