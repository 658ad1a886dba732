//! The claims of Raddle: every scenario in every world, the seeded faults, and the ordering sites.

pub mod faults;
pub mod orderings;
