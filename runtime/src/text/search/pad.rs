//! `center`, `ljust`, `rjust`, `zfill` and `expandtabs`.

use crate::text::Unit;

/// The text with fillings before and behind; `fill` is one unit.
fn pad(text: &[u8], before: usize, behind: usize, fill: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + (before + behind) * fill.len());
    out.extend(fill.repeat(before));
    out.extend_from_slice(text);
    out.extend(fill.repeat(behind));
    out
}

fn missing(text: &[u8], width: usize, unit: Unit) -> usize {
    width.saturating_sub(unit.count(text))
}

/// `ljust`
#[must_use]
pub fn justify_left(text: &[u8], width: usize, fill: &[u8], unit: Unit) -> Vec<u8> {
    pad(text, 0, missing(text, width, unit), fill)
}

/// `rjust`
#[must_use]
pub fn justify_right(text: &[u8], width: usize, fill: &[u8], unit: Unit) -> Vec<u8> {
    pad(text, missing(text, width, unit), 0, fill)
}

/// `center`: of an odd filling the left side gets more if the width is odd.
#[must_use]
pub fn center(text: &[u8], width: usize, fill: &[u8], unit: Unit) -> Vec<u8> {
    let missing = missing(text, width, unit);
    let before = missing / 2 + (missing & width & 1);
    pad(text, before, missing - before, fill)
}

/// `zfill`: zeros behind a sign.
#[must_use]
pub fn zero_fill(text: &[u8], width: usize, unit: Unit) -> Vec<u8> {
    let mut out = justify_right(text, width, b"0", unit);
    let zeros = out.len() - text.len();
    if zeros > 0 && matches!(text.first(), Some(b'+' | b'-')) {
        out.swap(0, zeros);
    }
    out
}

/// `expandtabs`: a tab goes on to the next column of a multiple of `size`; none if that is zero.
#[must_use]
pub fn expand_tabs(text: &[u8], size: usize, unit: Unit) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut column = 0;
    for (range, code) in unit.iter(text) {
        if code == 0x09 {
            let spaces = if size == 0 { 0 } else { size - column % size };
            out.resize(out.len() + spaces, b' ');
            column += spaces;
            continue;
        }
        out.extend_from_slice(&text[range]);
        column = if matches!(code, 0x0a | 0x0d) {
            0
        } else {
            column + 1
        };
    }
    out
}
