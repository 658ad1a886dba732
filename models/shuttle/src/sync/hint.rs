//! Waiting in a loop.

use std::panic::Location;

use super::engine;

/// Tells the scheduler that the caller can only go on after another thread has.
///
/// The caller runs again when another thread has changed something since the caller's round began.
#[track_caller]
pub fn spin() {
    engine::spin(Location::caller());
}
