//! Places that Python threads share, and what operations do to them, as the search sees them.

pub use interleavings::{Access, Effect, Place};

use crate::arena::Arena;

/// The whole of an object.
pub const WHOLE: u64 = 0;
/// The order of a dict's keys.
pub const ORDER: u64 = 1;

/// A part of an object.
#[must_use]
pub fn part<T>(object: *const T, part: Option<u64>) -> Place {
    Place {
        object: Arena::offset(object.addr()),
        part: part.map_or(WHOLE, |part| part.saturating_add(ORDER + 1)),
    }
}
