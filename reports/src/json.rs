//! The JSON forms.

use serde::Serialize;

/// Readable JSON that ends with a line break.
///
/// # Panics
/// Never: what this crate serialises has string keys only.
#[must_use]
pub fn pretty<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("maps have string keys");
    text.push('\n');
    text
}
