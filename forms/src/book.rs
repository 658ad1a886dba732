//! What pages are made of.

use std::collections::BTreeMap;

use reports::failure::Replay;
use reports::matrix::Cell;
use reports::report::Report;
use reports::run::Run;
use reports::trace::Source;
use serde::Deserialize;

/// Everything that was found, and the facts beside it.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The table of a check.
    pub run: Option<Run>,
    /// The fault matrix.
    pub faults: Vec<Cell>,
    /// The matrix of weakened orders.
    pub orderings: Vec<Cell>,
    /// The failures, each with what its page says.
    pub reports: Vec<Report>,
    /// The mutants that were tried.
    pub mutants: Vec<Mutant>,
    /// What is known of each fault.
    pub exhibits: Vec<Exhibit>,
    /// What is known of each ordering site.
    pub orders: Vec<Order>,
    /// The text of source files, by their path from the root of the repository.
    pub sources: BTreeMap<String, String>,
}

impl Book {
    /// The report of what a replay would run again, if it was saved.
    pub(crate) fn report(&self, replay: &Replay) -> Option<&Report> {
        let subject = |replay: &Replay| {
            let broken = (replay.fault.clone(), replay.weaken.clone());
            (replay.scenario.clone(), replay.world, broken)
        };
        let wanted = subject(replay);
        let mut reports = self.reports.iter();
        reports.find(|report| subject(&report.failure.replay) == wanted)
    }
}

/// A seeded fault, and the bug that it repeats.
#[derive(Clone, Debug, Default)]
pub struct Exhibit {
    /// The fault's name.
    pub fault: String,
    /// Where it comes from.
    pub origin: String,
    /// What the code does wrong, one sentence.
    pub what: String,
    /// The scenario that must catch it.
    pub scenario: String,
    /// The CPython versions that had it, when it is a real bug.
    pub versions: Option<String>,
    /// What went wrong there, in a few sentences.
    pub story: Vec<String>,
    /// The line that guards against it.
    pub guard: Option<Source>,
}

/// A named memory order.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// The site's name.
    pub name: String,
    /// The order that the code asks for.
    pub order: String,
    /// What stands at the other end.
    pub pairs_with: String,
    /// What the order carries.
    pub carries: String,
    /// The proof in words, where no checker can see the need for it.
    pub proof: Option<String>,
}

/// The code with one step changed, and what became of it, as the mutation tool saves it.
#[derive(Clone, Debug, Deserialize)]
pub struct Mutant {
    /// `file:line operator`.
    pub name: String,
    /// The file.
    pub file: String,
    /// The function.
    pub function: String,
    /// The lines that change.
    pub before: String,
    /// What stands there then.
    pub after: String,
    /// What became of it: `killed`, `vacuous` and `endless` are noticed.
    pub fate: String,
    /// Why it is said to change nothing.
    pub equivalent: Option<String>,
}

impl Mutant {
    /// Whether a scenario noticed.
    #[must_use]
    pub fn is_noticed(&self) -> bool {
        matches!(self.fate.as_str(), "killed" | "vacuous" | "endless")
    }

    /// Whether it counts: one that changes nothing, and that nobody noticed, does not.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.equivalent.is_none() || self.is_noticed()
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path below the folder of the pages.
    pub path: String,
    /// What it says.
    pub html: String,
}
