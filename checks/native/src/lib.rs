//! The scenarios on the native world.

pub use runtime as rt;

pub mod cost;
#[path = "../../scenarios/mod.rs"]
pub mod scenarios;
