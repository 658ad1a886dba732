//! `split` and `rsplit`.

use std::ops::Range;

use memchr::memmem;

use crate::text::Unit;

/// The pieces between occurrences of a separator that is not empty, with at most `limit` cuts from the left.
#[must_use]
pub fn split(text: &[u8], separator: &[u8], limit: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in memmem::find_iter(text, separator).take(limit) {
        pieces.push(start..at);
        start = at + separator.len();
    }
    pieces.push(start..text.len());
    pieces
}

/// As [`split`], with the cuts from the right.
#[must_use]
pub fn rsplit(text: &[u8], separator: &[u8], limit: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut end = text.len();
    for at in memmem::rfind_iter(text, separator).take(limit) {
        pieces.push(at + separator.len()..end);
        end = at;
    }
    pieces.push(0..end);
    pieces.reverse();
    pieces
}

/// The words between white space, with at most `limit` cuts from the left.
#[must_use]
pub fn split_space(text: &[u8], limit: usize, unit: Unit) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut at = run(text, 0, unit, true);
    while at < text.len() {
        if pieces.len() == limit {
            pieces.push(at..text.len());
            break;
        }
        let end = run(text, at, unit, false);
        pieces.push(at..end);
        at = run(text, end, unit, true);
    }
    pieces
}

/// As [`split_space`], with the cuts from the right.
#[must_use]
pub fn rsplit_space(text: &[u8], limit: usize, unit: Unit) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut at = run_back(text, text.len(), unit, true);
    while at > 0 {
        if pieces.len() == limit {
            pieces.push(0..at);
            break;
        }
        let start = run_back(text, at, unit, false);
        pieces.push(start..at);
        at = run_back(text, start, unit, true);
    }
    pieces.reverse();
    pieces
}

/// The end of the units from `at` that are white space, or that are not.
pub(super) fn run(text: &[u8], mut at: usize, unit: Unit, space: bool) -> usize {
    while at < text.len() {
        let (code, width) = unit.at(text, at);
        if unit.is_space(code) != space {
            break;
        }
        at += width;
    }
    at
}

/// The start of the units before `at` that are white space, or that are not.
pub(super) fn run_back(text: &[u8], mut at: usize, unit: Unit, space: bool) -> usize {
    while at > 0 {
        let (code, width) = unit.before(text, at);
        if unit.is_space(code) != space {
            break;
        }
        at -= width;
    }
    at
}
