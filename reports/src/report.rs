//! A failure as it is saved: everything that its report says, and everything that a replay needs.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::plan::Coverage;
use crate::run::Row;

/// The version of the saved form; another one is refused.
pub const FORMAT: u32 = 2;

/// A failure, and the scenario that it refutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// [`FORMAT`].
    pub format: u32,
    /// The question that the scenario asks.
    pub question: String,
    /// What holds in every execution, says the scenario.
    pub always: String,
    /// What the search had set out to cover.
    pub coverage: Coverage,
    /// The command that replays the failure.
    pub command: String,
    /// The failure.
    pub failure: Failure,
}

/// Why a file is not a saved failure.
#[derive(Debug)]
pub enum Unreadable {
    /// It is not JSON of this shape.
    Shape(serde_json::Error),
    /// It was saved by another version.
    Format(u32),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Shape(error) => write!(f, "not a saved failure: {error}"),
            Unreadable::Format(found) => {
                write!(f, "saved in format {found}, and this is format {FORMAT}")
            }
        }
    }
}

impl std::error::Error for Unreadable {}

impl Report {
    /// The report of a row that failed; `command` replays it.
    #[must_use]
    pub fn of(row: &Row, always: &str, command: String) -> Option<Self> {
        Some(Self {
            format: FORMAT,
            question: row.question.clone(),
            always: always.to_owned(),
            coverage: row.coverage.clone(),
            command,
            failure: row.failure.clone()?,
        })
    }

    /// The saved form.
    #[must_use]
    pub fn to_json(&self) -> String {
        crate::json::pretty(self)
    }

    /// Reads the saved form.
    ///
    /// # Errors
    /// When the text is not the saved form of a failure.
    pub fn from_json(text: &str) -> Result<Self, Unreadable> {
        // The version comes first: what another one saved may have another shape.
        let Version { format } = serde_json::from_str(text).map_err(Unreadable::Shape)?;
        if format == FORMAT {
            serde_json::from_str(text).map_err(Unreadable::Shape)
        } else {
            Err(Unreadable::Format(format))
        }
    }
}

/// As much of the saved form as every version of it has.
#[derive(Deserialize)]
struct Version {
    format: u32,
}
