//! A run as data: one row for each scenario in each world, and what it came to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::json::{self, Kind, Unreadable};
use crate::plan::{Buffering, Coverage, Graphs, Rest, Search, World};
use crate::scenario::Pillar;

/// The version of the saved form of a [`Run`]; another one is refused.
pub const FORMAT: u32 = 1;

const KIND: Kind = Kind {
    what: "the result of a check",
    mark: "rows",
    format: FORMAT,
};

/// What one scenario came to in one world.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every claim held in what was covered.
    Held,
    /// Nothing was shown: a budget ran out, or a limit of the checker was met.
    Inconclusive,
    /// The claims held, but a witness was never reached, so they may say nothing.
    Vacuous,
    /// A claim does not hold.
    Failed,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Verdict::Held => "held",
            Verdict::Inconclusive => "inconclusive",
            Verdict::Vacuous => "VACUOUS",
            Verdict::Failed => "FAILED",
        })
    }
}

/// One scenario in one world.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The scenario's name.
    pub scenario: String,
    /// Its pillar.
    pub pillar: Pillar,
    /// Its question.
    pub question: String,
    /// The world.
    pub world: World,
    /// The searches that were run, in order.
    pub searches: Vec<Search>,
    /// What they covered together.
    pub coverage: Coverage,
    /// Executions of all searches.
    pub executions: u64,
    /// Wall-clock time of all searches.
    pub elapsed: Duration,
    /// What it came to.
    pub verdict: Verdict,
    /// How many times each witness was reached.
    pub witnesses: BTreeMap<String, u64>,
    /// The witnesses that were never reached.
    pub missing: Vec<String>,
    /// Every outcome that the body recorded.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub outcomes: BTreeSet<String>,
    /// The failure, if any.
    pub failure: Option<Failure>,
    /// What else a search of graphs did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graphs: Option<Graphs>,
    /// What is left, when the budget ended and the checker can go on later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
    /// Where load buffering is possible, of which the verdict does not speak.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buffering: Option<Buffering>,
}

impl Row {
    /// The cell that says how much was covered: shuttle's enumeration is complete for sequential consistency only.
    #[must_use]
    pub fn bound(&self) -> String {
        match (&self.coverage, self.world) {
            _ if self.verdict == Verdict::Failed => Coverage::Failed.to_string(),
            (Coverage::Exhaustive, World::Shuttle) => "exhaustive (SC)".to_owned(),
            (coverage, _) => coverage.to_string(),
        }
    }

    /// Whether the search came to its end, at a failure or with nothing left.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.verdict != Verdict::Inconclusive || matches!(self.coverage, Coverage::Part { .. })
    }

    /// What limits the coverage beside its bound.
    #[must_use]
    pub fn limit(&self) -> Option<&str> {
        match &self.coverage {
            Coverage::Bounded { note, .. } => note.as_deref(),
            _ => None,
        }
    }

    /// Why the row says what it says, where the verdict alone does not.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        match (&self.failure, &self.coverage) {
            (Some(failure), _) => Some(format!("{}: {}", failure.kind, failure.claim)),
            (None, Coverage::Inconclusive { reason }) => Some(reason.clone()),
            (None, Coverage::Part { .. }) => {
                Some("holds; the verdict is that of all parts (`raddle merge`)".to_owned())
            }
            (None, _) if !self.missing.is_empty() => {
                Some(format!("never reached: {}", self.missing.join(", ")))
            }
            _ => self.buffering.as_ref().map(Buffering::to_string),
        }
    }

    /// What was covered, and what the verdict does not speak of: `exhaustive; load buffering possible at A and B`.
    #[must_use]
    pub fn covered(&self) -> String {
        match &self.buffering {
            Some(buffering) if self.failure.is_none() => format!("{}; {buffering}", self.bound()),
            _ => self.bound(),
        }
    }
}

/// What all rows of a run have in common; only runs that agree on it can be put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// [`FORMAT`].
    pub format: u32,
    /// The version of Raddle.
    pub version: String,
    /// The digest of what the checkers were built of; empty where nobody asked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub build: String,
    /// The fault that was on.
    pub fault: Option<String>,
    /// The site that was weakened.
    pub weaken: Option<String>,
}

impl Origin {
    /// The origin of what this version runs, with this broken on purpose.
    #[must_use]
    pub fn new(fault: Option<&str>, weaken: Option<&str>) -> Self {
        Self {
            format: FORMAT,
            version: VERSION.to_owned(),
            build: String::new(),
            fault: fault.map(str::to_owned),
            weaken: weaken.map(str::to_owned),
        }
    }
}

/// The version of Raddle that saves a run.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Everything that one command explored.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// What the rows have in common.
    #[serde(flatten)]
    pub origin: Origin,
    /// The rows, in the order of the table.
    pub rows: Vec<Row>,
    /// Wall-clock time of the whole run.
    pub elapsed: Duration,
}

impl Run {
    /// Reads the saved form.
    ///
    /// # Errors
    /// When the text is not the saved form of a run.
    pub fn from_json(text: &str) -> Result<Self, Unreadable> {
        json::versioned(text, KIND)
    }

    /// The worst verdict of all rows.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.rows
            .iter()
            .map(|row| row.verdict)
            .max()
            .unwrap_or(Verdict::Held)
    }

    /// How many rows have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.rows
            .iter()
            .filter(|row| row.verdict == verdict)
            .count()
    }
}
