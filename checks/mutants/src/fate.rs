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

/// The scenarios whose last answer was this.
fn named(answers: &[Answer], outcome: &str) -> Vec<String> {
    let is_last = |at: usize, answer: &Answer| {
        let later = &answers[at + 1..];
        later.iter().all(|other| other.scenario != answer.scenario)
    };
    let these = answers.iter().enumerate();
    these
        .filter(|(at, answer)| answer.outcome == outcome && is_last(*at, answer))
        .map(|(_, answer)| answer.scenario.clone())
        .collect()
}

/// How many executions of a large scenario are looked at before its turn comes: most mutants show in the first few of
/// some scenario.
const FIRST_LOOK: u64 = 300;

/// What to ask about a mutant: the small scenarios, a look at the large ones, and then these. One that makes a scenario
/// much larger is not followed to the end.
#[must_use]
pub fn request(number: usize, baseline: &Baseline, milliseconds: u64) -> Request {
    let task = |answer: &Answer, executions: u64| Task {
        name: answer.scenario.clone(),
        executions,
        places: answer.places * 10 + 20_000,
    };
    let passing: Vec<&Answer> = baseline.passing(number).collect();
    let is_large = |answer: &&&Answer| answer.executions > 2 * FIRST_LOOK;
    let (large, small): (Vec<&Answer>, Vec<&Answer>) = passing.iter().partition(is_large);
    let whole = |answer: &&Answer| task(answer, answer.executions * 4 + 1000);
    let look = |answer: &&Answer| task(answer, FIRST_LOOK);
    let looks = large.iter().map(look);
    Request {
        mutant: Some(number),
        scenarios: small
            .iter()
            .map(whole)
            .chain(looks)
            .chain(large.iter().map(whole))
            .collect(),
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
