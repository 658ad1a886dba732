//! The claims of Raddle: every scenario in every world, the seeded faults, and the ordering sites.

pub mod checkpoint;
pub mod digest;
pub mod faults;
mod findings;
mod hush;
pub mod job;
pub mod matrix;
pub mod merge;
pub mod museum;
pub mod orderings;
pub mod pool;
pub mod registry;
pub mod replay;
pub mod searches;
mod sources;
pub mod worlds;
