//! Racing operation sequences: proptest draws them, shuttle and real threads run them, and every history must be one
//! that some sequential order explains.

mod clock;
pub mod draw;
pub mod explain;
pub mod history;
pub mod linearize;
mod native;
pub mod program;
pub mod race;
mod running;
mod shuttle;
pub mod spec;
