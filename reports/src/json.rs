//! The JSON forms: how they are written, and how what was written is read again.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

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

/// Why a text is not what was written.
#[derive(Debug)]
pub enum Unreadable {
    /// It is not JSON of this shape.
    Shape {
        /// What it should be.
        what: &'static str,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// It is JSON of another kind.
    Kind {
        /// What it should be.
        what: &'static str,
    },
    /// It was written in another format.
    Format {
        /// The text's.
        found: u32,
        /// The one that can be read.
        known: u32,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Shape { what, error } => write!(f, "not {what}: {error}"),
            Unreadable::Kind { what } => write!(f, "not {what}"),
            Unreadable::Format { found, known } => {
                write!(f, "saved in format {found}, and this is format {known}")
            }
        }
    }
}

impl std::error::Error for Unreadable {}

/// As much as every format of a text has.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

/// What a text is to be read as.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name with an article, for messages.
    pub what: &'static str,
    /// The entry that no other kind has, and every format of this one.
    pub mark: &'static str,
    /// The format that can be read.
    pub format: u32,
}

/// Reads a text that states its format.
///
/// # Errors
/// When the text is in another format, or not what it should be.
pub fn versioned<T: DeserializeOwned>(text: &str, kind: Kind) -> Result<T, Unreadable> {
    let what = kind.what;
    let shape = |error| Unreadable::Shape { what, error };
    let any: serde_json::Value = serde_json::from_str(text).map_err(shape)?;
    if any.get(kind.mark).is_none() {
        return Err(Unreadable::Kind { what });
    }
    // The format comes first: in another one the text may have another shape.
    let Version { format: found } = serde_json::from_str(text).map_err(shape)?;
    if found == kind.format {
        serde_json::from_str(text).map_err(shape)
    } else {
        let known = kind.format;
        Err(Unreadable::Format { found, known })
    }
}
