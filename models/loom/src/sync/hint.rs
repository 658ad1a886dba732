//! Waiting in a loop.

use std::panic::Location;

use super::schedule;

/// Tells the scheduler that the caller can only go on after another thread has.
#[track_caller]
pub fn spin() {
    schedule::spin(Location::caller());
}
