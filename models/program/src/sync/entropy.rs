//! The source of random numbers: the seed of the run.

/// The number that the run was given; the same in every execution of an exploration.
#[must_use]
pub fn seed() -> u64 {
    crate::engine::seed()
}
