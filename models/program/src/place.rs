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

/// An atomic or a cell by itself.
#[must_use]
pub fn word(address: usize) -> Place {
    Place {
        object: Arena::offset(address),
        part: u64::MAX,
    }
}

/// The beginning of a thread.
#[must_use]
pub fn birth(thread: usize) -> Place {
    Place {
        object: u64::MAX,
        part: ORDER + 1 + thread as u64,
    }
}

/// Whether this is the length of a container.
#[must_use]
pub fn is_length(place: Place) -> bool {
    crate::sync::event::LENGTH.is_some_and(|length| place.part == length + ORDER + 1)
}

/// The part of a key that threads sleep on.
const PARKING: u64 = 3;

/// Where threads sleep on a key.
#[must_use]
pub fn parking(key: usize) -> Place {
    part(std::ptr::without_provenance::<u8>(key), Some(PARKING))
}

/// Whether an access is that of a sleeper.
#[must_use]
pub fn is_parking(access: &Access) -> bool {
    access.effect == Effect::Signal && access.place.part == PARKING + ORDER + 1
}
