//! The source of random numbers.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A number that differs from process to process; constant in a model.
#[must_use]
pub fn seed() -> u64 {
    RandomState::new().build_hasher().finish()
}
