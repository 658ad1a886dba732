//! A failure as it is saved: everything that its report says, and everything that a replay needs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::json::{self, Kind, Unreadable};
use crate::plan::Coverage;
use crate::run::Row;

/// The version of the saved form; another one is refused.
pub const FORMAT: u32 = 3;

const KIND: Kind = Kind {
    what: "a saved failure",
    mark: "failure",
    format: FORMAT,
};

/// A failure, and the scenario that it refutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
        json::pretty(self)
    }

    /// Whether a text is the saved form of a failure, whatever its format.
    #[must_use]
    pub fn is_one(text: &str) -> bool {
        matches!(
            Self::from_json(text),
            Ok(_) | Err(Unreadable::Format { .. })
        )
    }

    /// Reads the saved form.
    ///
    /// # Errors
    /// When the text is not the saved form of a failure.
    pub fn from_json(text: &str) -> Result<Self, Unreadable> {
        json::versioned(text, KIND)
    }
}
