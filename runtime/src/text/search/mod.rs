//! Searching, cutting and padding, of strings in characters and of bytes: every answer is a range or offset of bytes.
//!
//! WTF-8 is searched as bytes: a character never begins inside another one. What differs between the two is a
//! [`Unit`]: white space, line ends, widths.

mod lines;
mod pad;
mod split;
mod strip;

pub use lines::split_lines;
pub use pad::{center, expand_tabs, justify_left, justify_right, zero_fill};
pub use split::{rsplit, rsplit_space, split, split_space};
pub use strip::{strip, strip_set};

use std::ops::Range;

use memchr::memmem;

use crate::text::Unit;
use crate::text::unit::width;

/// The offset of the first occurrence.
#[must_use]
pub fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    match wanted {
        [byte] => memchr::memchr(*byte, text),
        wanted => memmem::find(text, wanted),
    }
}

/// The offset of the last occurrence.
#[must_use]
pub fn rfind(text: &[u8], wanted: &[u8]) -> Option<usize> {
    match wanted {
        [byte] => memchr::memrchr(*byte, text),
        wanted => memmem::rfind(text, wanted),
    }
}

/// The occurrences that do not overlap; of nothing there is one at each end of a unit.
#[must_use]
pub fn count(text: &[u8], wanted: &[u8], unit: Unit) -> usize {
    match wanted {
        [] => unit.count(text) + 1,
        wanted => memmem::find_iter(text, wanted).count(),
    }
}

/// What is before, at and behind the first occurrence.
#[must_use]
pub fn partition(text: &[u8], separator: &[u8]) -> Option<[Range<usize>; 3]> {
    find(text, separator).map(|at| around(text, at, separator.len()))
}

/// What is before, at and behind the last occurrence.
#[must_use]
pub fn rpartition(text: &[u8], separator: &[u8]) -> Option<[Range<usize>; 3]> {
    rfind(text, separator).map(|at| around(text, at, separator.len()))
}

fn around(text: &[u8], at: usize, length: usize) -> [Range<usize>; 3] {
    [0..at, at..at + length, at + length..text.len()]
}

/// The text with at most `limit` occurrences replaced, from the left; nothing occurs around every unit.
#[must_use]
pub fn replace(text: &[u8], old: &[u8], new: &[u8], limit: usize, unit: Unit) -> Vec<u8> {
    if old.is_empty() {
        return interleave(text, new, limit, unit);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut done = 0;
    for at in memmem::find_iter(text, old).take(limit) {
        out.extend_from_slice(&text[done..at]);
        out.extend_from_slice(new);
        done = at + old.len();
    }
    out.extend_from_slice(&text[done..]);
    out
}

fn interleave(text: &[u8], new: &[u8], limit: usize, unit: Unit) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    for _ in 0..limit {
        out.extend_from_slice(new);
        let Some(first) = text.get(at) else { break };
        let end = at
            + if unit == Unit::Character {
                width(*first)
            } else {
                1
            };
        out.extend_from_slice(&text[at..end]);
        at = end;
    }
    out.extend_from_slice(&text[at..]);
    out
}

#[cfg(test)]
mod tests;
