//! How the fuzzer fared with each seeded fault: what the matrix of faults shows beside the worlds.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::failure::FailureKind;

/// All hunts of one run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fuzzed {
    /// How much processor time each fault was given, in seconds.
    pub seconds: u64,
    /// How it was measured.
    pub measured: String,
    /// The hunt for each fault, by its name.
    pub hunts: BTreeMap<String, Hunt>,
}

/// What a hunt for a fault came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hunt {
    /// How many programs were drawn until the fault was found, or at all.
    pub cases: u64,
    /// How often they were run.
    pub executions: u64,
    /// What was found, if the time sufficed.
    pub prey: Option<Prey>,
    /// Why it was not found, if it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Hunt {
    /// What it came to, as a table shows it.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.prey {
            Some(prey) => format!("found in {} cases, {} calls", self.cases, prey.calls),
            None => format!("not in {} cases", self.cases),
        }
    }
}

/// A failure that a fault has caused in a drawn program, after shrinking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Prey {
    /// The target.
    pub target: String,
    /// Who found it.
    pub by: String,
    /// How many operations the program had as it was drawn.
    pub drawn: usize,
    /// How many it has after shrinking.
    pub calls: usize,
    /// The kind of failure.
    pub kind: FailureKind,
    /// The program, as text.
    pub program: String,
}
