//! Racing operation sequences: proptest draws them, shuttle and real threads run them, and every history must be one
//! that some sequential order explains.

pub mod draw;
pub mod explain;
pub mod history;
pub mod linearize;
pub mod program;
pub mod spec;
