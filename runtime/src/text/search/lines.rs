//! `splitlines`

use std::ops::Range;

use crate::text::Unit;

/// The lines, with their ends or without.
#[must_use]
pub fn split_lines(text: &[u8], keep_ends: bool, unit: Unit) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < text.len() {
        let (code, width) = unit.at(text, at);
        let end = at;
        at += width;
        if !unit.is_line_end(code) {
            continue;
        }
        at += usize::from(code == 0x0d && text.get(at) == Some(&b'\n'));
        lines.push(start..if keep_ends { at } else { end });
        start = at;
    }
    if start < text.len() {
        lines.push(start..text.len());
    }
    lines
}
