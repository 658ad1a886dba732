//! The scenarios on the native world.

pub use runtime as rt;

#[path = "../../scenarios/mod.rs"]
pub mod scenarios;
