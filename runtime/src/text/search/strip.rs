//! `strip`, `lstrip` and `rstrip`.

use std::ops::Range;

use crate::text::Unit;
use crate::text::search::split::{run, run_back};

/// What is left without the white space at the wanted ends.
#[must_use]
pub fn strip(text: &[u8], left: bool, right: bool, unit: Unit) -> Range<usize> {
    let start = if left { run(text, 0, unit, true) } else { 0 };
    let end = if right {
        run_back(text, text.len(), unit, true)
    } else {
        text.len()
    };
    start..end.max(start)
}

/// What is left without the units of a set at the wanted ends.
#[must_use]
pub fn strip_set(text: &[u8], set: &[u8], left: bool, right: bool, unit: Unit) -> Range<usize> {
    let set: Vec<u32> = unit.iter(set).map(|(_, code)| code).collect();
    let (mut start, mut end) = (0, text.len());
    while left && start < end {
        let (code, width) = unit.at(text, start);
        if !set.contains(&code) {
            break;
        }
        start += width;
    }
    while right && end > start {
        let (code, width) = unit.before(text, end);
        if !set.contains(&code) {
            break;
        }
        end -= width;
    }
    start..end
}
