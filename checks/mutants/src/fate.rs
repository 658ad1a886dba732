//! What became of each mutant.

use serde::{Deserialize, Serialize};

use crate::baseline::Baseline;
use crate::mutant::{Mutant, Operator};
use crate::worker::{Answer, Request, Task};

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "fate")]
pub enum Fate {
    /// A scenario failed.
    Killed(Killer),
    /// A scenario never reached what it is about.
    Vacuous(Killer),
    /// A scenario did not end any more.
    Endless(Killer),
    /// Every scenario that passes the place held.
    Survived {
        /// Which did.
        held: Vec<String>,
        /// Which took too long to say.
        unknown: Vec<String>,
    },
    /// No scenario passes the place.
    Unreached,
}

/// Who noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Killer {
    /// The scenario.
    pub scenario: String,
    /// The kind of failure.
    pub kind: String,
    /// What was said.
    pub detail: String,
    /// After how many executions, of this scenario.
    pub executions: u64,
}

/// A mutant and what became of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trial {
    /// Its number among all.
    pub number: usize,
    /// `file:line operator`.
    pub name: String,
    /// The file.
    pub file: String,
    /// The function.
    pub function: String,
    /// The kind of change.
    pub operator: Operator,
    /// The lines that change.
    pub before: String,
    /// What stands there then.
    pub after: String,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
    /// Why it is said to change nothing.
    pub equivalent: Option<String>,
    /// Whether its switch was seen to be on in each scenario that was run.
    pub fired: bool,
}

impl Fate {
    /// Whether a scenario noticed.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        matches!(self, Self::Killed(_) | Self::Vacuous(_) | Self::Endless(_))
    }

    fn of(answers: &[Answer]) -> Self {
        let Some(last) = answers.last() else {
            return Self::Unreached;
        };
        let killer = Killer {
            scenario: last.scenario.clone(),
            kind: last.kind.clone(),
            detail: last.detail.clone(),
            executions: last.executions,
        };
        match last.outcome.as_str() {
            "failed" | "crashed" => Self::Killed(killer),
            "vacuous" => Self::Vacuous(killer),
            "endless" => Self::Endless(killer),
            _ => Self::Survived {
                held: named(answers, "held"),
                unknown: named(answers, "unknown"),
            },
        }
    }
}

fn named(answers: &[Answer], outcome: &str) -> Vec<String> {
    let these = answers.iter().filter(|answer| answer.outcome == outcome);
    these.map(|answer| answer.scenario.clone()).collect()
}

/// What to ask about a mutant. One that makes a scenario much larger is not followed to the end.
#[must_use]
pub fn request(number: usize, baseline: &Baseline, milliseconds: u64) -> Request {
    let task = |answer: &Answer| Task {
        name: answer.scenario.clone(),
        executions: answer.executions * 4 + 1000,
        places: answer.places * 10 + 20_000,
    };
    Request {
        mutant: Some(number),
        scenarios: baseline.passing(number).map(task).collect(),
        milliseconds,
    }
}

/// What the answers come to.
#[must_use]
pub fn trial(number: usize, mutant: &Mutant, text: &str, answers: &[Answer]) -> Trial {
    let (before, after) = mutant.lines(text);
    let fired = |answer: &Answer| {
        matches!(answer.outcome.as_str(), "crashed" | "endless" | "unknown")
            || !answer.passed.is_empty()
    };
    Trial {
        number,
        name: mutant.to_string(),
        file: mutant.file.clone(),
        function: mutant.function.clone(),
        operator: mutant.operator,
        before,
        after,
        fate: Fate::of(answers),
        equivalent: None,
        fired: answers.iter().all(fired),
    }
}
