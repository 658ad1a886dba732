//! A matrix as data: what was broken on purpose, and who noticed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::fuzzed::Hunt;
use crate::run::Row;

/// One fault or weakened site in one world.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// The fault or site; empty when nothing was broken.
    pub subject: String,
    /// What it came to.
    pub outcome: Outcome,
    /// The run behind it.
    pub row: Row,
    /// How the fuzzer fared with the fault, in a run of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fuzzed: Option<Hunt>,
}

impl Cell {
    /// What was broken, in a table.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.subject.is_empty() {
            "(nothing)"
        } else {
            &self.subject
        }
    }
}

/// What breaking the code on purpose came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub enum Outcome {
    /// A fault caused the expected failure.
    Caught,
    /// A weakened site caused a failure: its order is needed.
    Needed,
    /// No failure, as expected: this world cannot see it.
    NotSeen,
    /// Nothing was broken, and the scenario held.
    Held,
    /// No failure, though one was expected.
    Missed {
        /// What was covered instead.
        reason: String,
    },
    /// Not the expected result.
    Mistaken {
        /// What was expected and what was found.
        reason: String,
    },
}

impl Outcome {
    /// Whether it is as it should be.
    #[must_use]
    pub fn is_expected(&self) -> bool {
        self.reason().is_none()
    }

    /// The word for it in a table.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Caught => "caught",
            Outcome::Needed => "needed",
            Outcome::NotSeen => "unseen (SC)",
            Outcome::Held => "held",
            Outcome::Missed { .. } => "MISSED",
            Outcome::Mistaken { .. } => "MISTAKEN",
        }
    }

    /// What went wrong, if anything did.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Outcome::Missed { reason } | Outcome::Mistaken { reason } => Some(reason),
            Outcome::Caught | Outcome::Needed | Outcome::NotSeen | Outcome::Held => None,
        }
    }
}
