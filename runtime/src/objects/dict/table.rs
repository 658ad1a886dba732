//! The index table of a dict: which entry a hash leads to. One byte a place while that suffices, else four.

use std::alloc::Layout;
use std::ptr::NonNull;

use crate::sync::atomic::{AtomicU8, AtomicU32, Ordering};

/// The smallest table has four places.
const MIN_LOG2: u32 = 2;
/// Up to this size a place is one byte: two numbers are taken, and a third of the places is never used.
const MAX_NARROW_LOG2: u32 = 8;
/// How many bits of the hash each step of a probe brings in.
const PERTURB_SHIFT: u32 = 5;

/// What a place of the table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    /// No key was ever put here: a probe ends.
    Empty,
    /// The key was deleted: a probe goes on.
    Deleted,
    /// The entry with this position.
    Entry(usize),
}

/// The shape of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Indices {
    log2: u32,
}

impl Indices {
    /// The smallest table for so many entries.
    pub(super) fn with_room(room: usize) -> Self {
        let mut indices = Self { log2: MIN_LOG2 };
        while indices.room() < room {
            indices.log2 += 1;
        }
        indices
    }

    #[inline]
    fn places(self) -> usize {
        1 << self.log2
    }

    /// How many entries may be made: two thirds of the places, so that every probe ends.
    pub(super) fn room(self) -> usize {
        self.places() * 2 / 3
    }

    #[inline]
    fn is_narrow(self) -> bool {
        self.log2 <= MAX_NARROW_LOG2
    }

    pub(super) fn layout(self) -> Layout {
        let layout = if self.is_narrow() {
            Layout::array::<AtomicU8>(self.places())
        } else {
            Layout::array::<AtomicU32>(self.places())
        };
        layout.expect("a dict is smaller than the address space")
    }

    /// Makes an empty table.
    ///
    /// # Safety
    /// `table` has room for [`Self::layout`].
    pub(super) unsafe fn init(self, table: NonNull<u8>) {
        for place in 0..self.places() {
            // SAFETY: the caller's clause.
            unsafe {
                if self.is_narrow() {
                    let empty = AtomicU8::new("index", narrow(Index::Empty));
                    table.cast::<AtomicU8>().add(place).write(empty);
                } else {
                    let empty = AtomicU32::new("index", wide(Index::Empty));
                    table.cast::<AtomicU32>().add(place).write(empty);
                }
            }
        }
    }

    /// # Safety
    /// `table` was made by `init` of the same shape, and `place` comes from its probe.
    #[inline]
    pub(super) unsafe fn load(self, table: NonNull<u8>, place: usize, order: Ordering) -> Index {
        // SAFETY: the caller's clause.
        unsafe {
            if self.is_narrow() {
                from_narrow(table.cast::<AtomicU8>().add(place).as_ref().load(order))
            } else {
                from_wide(table.cast::<AtomicU32>().add(place).as_ref().load(order))
            }
        }
    }

    /// # Safety
    /// As for [`Self::load`].
    pub(super) unsafe fn store(
        self,
        table: NonNull<u8>,
        place: usize,
        index: Index,
        order: Ordering,
    ) {
        // SAFETY: the caller's clause.
        unsafe {
            if self.is_narrow() {
                table
                    .cast::<AtomicU8>()
                    .add(place)
                    .as_ref()
                    .store(narrow(index), order);
            } else {
                table
                    .cast::<AtomicU32>()
                    .add(place)
                    .as_ref()
                    .store(wide(index), order);
            }
        }
    }

    /// The places where a key with this hash can be, in order; the sequence reaches every place.
    #[inline]
    pub(super) fn probe(self, hash: u64) -> Probe {
        let mask = self.places() - 1;
        Probe {
            mask,
            place: hash as usize & mask,
            perturb: hash,
        }
    }
}

fn narrow(index: Index) -> u8 {
    match index {
        Index::Empty => u8::MAX,
        Index::Deleted => u8::MAX - 1,
        Index::Entry(entry) => entry as u8,
    }
}

#[inline]
fn from_narrow(number: u8) -> Index {
    match number {
        u8::MAX => Index::Empty,
        0xfe => Index::Deleted,
        entry => Index::Entry(usize::from(entry)),
    }
}

fn wide(index: Index) -> u32 {
    match index {
        Index::Empty => u32::MAX,
        Index::Deleted => u32::MAX - 1,
        Index::Entry(entry) => {
            u32::try_from(entry).expect("a dict has fewer than 2^32 - 2 entries")
        }
    }
}

#[inline]
fn from_wide(number: u32) -> Index {
    match number {
        u32::MAX => Index::Empty,
        0xffff_fffe => Index::Deleted,
        entry => Index::Entry(entry as usize),
    }
}

/// An endless walk over places.
#[derive(Clone, Debug)]
pub(super) struct Probe {
    mask: usize,
    place: usize,
    perturb: u64,
}

impl Iterator for Probe {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let place = self.place;
        self.perturb >>= PERTURB_SHIFT;
        let step = (place * 5).wrapping_add(self.perturb as usize);
        self.place = step.wrapping_add(1) & self.mask;
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_leave_a_third_empty() {
        for room in 0..1000 {
            let indices = Indices::with_room(room);
            assert!(room <= indices.room() && indices.room() < indices.places());
        }
        assert_eq!(Indices::with_room(1).room(), 2);
        assert!(
            Indices {
                log2: MAX_NARROW_LOG2
            }
            .room()
                < 0xfe
        );
    }

    #[test]
    fn numbers_round_trip() {
        for index in [
            Index::Empty,
            Index::Deleted,
            Index::Entry(0),
            Index::Entry(170),
        ] {
            assert_eq!(from_narrow(narrow(index)), index);
            assert_eq!(from_wide(wide(index)), index);
        }
    }

    #[test]
    fn a_probe_reaches_every_place() {
        let indices = Indices::with_room(100);
        for hash in [0, 7, u64::MAX, 1 << 40] {
            let mut seen = vec![false; indices.places()];
            for place in indices.probe(hash).take(10 * indices.places()) {
                seen[place] = true;
            }
            assert!(seen.iter().all(|&seen| seen));
        }
    }
}
