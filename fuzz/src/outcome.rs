//! What a fuzzing run came to, as it is saved: one file for a whole run, one for each part of one, and they merge.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ::explain::text::grid::{Grid, Side};
use ::explain::text::{grouped, story};
use reports::failure::Failure;
use reports::json::{self, Kind, Unreadable};
use reports::plan::Coverage;
use reports::report::{self, Report};
use reports::run::VERSION;
use serde::{Deserialize, Serialize};

use crate::campaign::{Found, Tally};
use crate::explain;
use crate::program::Program;

/// The version of the saved form.
const FORMAT: u32 = 1;

const KIND: Kind = Kind {
    what: "the result of a fuzzing run",
    mark: "fuzzed",
    format: FORMAT,
};

/// The result of a run, or of a part of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The version of this form.
    pub format: u32,
    /// That of the program.
    pub version: String,
    /// The seed.
    pub seed: u64,
    /// The fault that was on.
    pub fault: Option<String>,
    /// Which parts of how many these are, counted from 1.
    pub parts: (Vec<u64>, u64),
    /// Which streams of programs were drawn: one for each process.
    pub streams: Vec<u64>,
    /// What was done with each target.
    pub fuzzed: BTreeMap<String, Fuzzed>,
}

/// What was done with one target.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fuzzed {
    /// How much.
    pub tally: Tally,
    /// The meetings, as the numbers that stand for them in every process: parts count what both have met once.
    #[serde(default)]
    pub met: BTreeSet<u64>,
    /// The time that it took, added up over those who worked, in milliseconds.
    pub milliseconds: u64,
    /// What failed.
    pub failures: Vec<Kept>,
}

/// A failure as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// The name of the file of the program in the corpus.
    pub name: String,
    /// The program, as text.
    pub program: String,
    /// The program in columns.
    pub shown: String,
    /// Who found it, how large it had been, and what the other judges say.
    pub found: Vec<String>,
    /// Whether the judges disagree.
    pub disputed: bool,
    /// The report.
    pub report: Report,
}

impl Outcome {
    /// One in which nothing was done yet.
    #[must_use]
    pub fn new(seed: u64, fault: Option<&str>, part: (u64, u64), stream: Option<u64>) -> Self {
        Self {
            format: FORMAT,
            version: VERSION.to_owned(),
            seed,
            fault: fault.map(str::to_owned),
            parts: (vec![part.0], part.1),
            streams: stream.into_iter().collect(),
            fuzzed: BTreeMap::new(),
        }
    }

    /// The saved form.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::pretty(self)
    }

    /// Reads the saved form.
    ///
    /// # Errors
    /// When the text is something else.
    pub fn from_json(text: &str) -> Result<Self, Unreadable> {
        json::versioned(text, KIND)
    }

    /// Adds what another process has done, of the same part or of another one.
    ///
    /// # Errors
    /// Why the two do not belong together.
    pub fn merge(&mut self, other: Outcome) -> Result<(), String> {
        let same = |of: &Outcome| (of.version.clone(), of.seed, of.fault.clone(), of.parts.1);
        if same(self) != same(&other) {
            return Err(
                "its version, seed, fault or number of parts is not that of the first file"
                    .to_owned(),
            );
        }
        if other
            .streams
            .iter()
            .any(|stream| self.streams.contains(stream))
        {
            return Err(format!("part {:?} was there already", other.parts.0));
        }
        self.streams.extend(other.streams);
        self.parts.0.extend(other.parts.0);
        self.parts.0.sort_unstable();
        self.parts.0.dedup();
        for (target, more) in other.fuzzed {
            self.fuzzed.entry(target).or_default().add(more);
        }
        Ok(())
    }

    /// Whether something failed.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.fuzzed.values().any(|one| !one.failures.is_empty())
    }

    /// Whether some target was not run at all, or there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fuzzed.values().all(|one| one.tally.cases == 0)
    }

    /// Every failure with its report, and the table.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for kept in self.fuzzed.values().flat_map(|one| &one.failures) {
            text += &kept.text();
        }
        text + &self.table()
    }

    fn table(&self) -> String {
        let numbers = [
            "cases",
            "a second",
            "executions",
            "histories",
            "meetings",
            "exhaustive",
            "failures",
        ];
        let mut columns = vec![("target", Side::Left)];
        columns.extend(numbers.map(|name| (name, Side::Right)));
        let mut grid = Grid::new(&columns);
        for (target, one) in &self.fuzzed {
            let tally = &one.tally;
            let rate = tally.cases * 1000 / one.milliseconds.max(1);
            let failures = one.failures.len() as u64;
            let numbers = [
                tally.cases,
                rate,
                tally.executions,
                tally.histories,
                tally.meetings,
                tally.exhaustive,
                failures,
            ];
            let cells = numbers.iter().map(|number| grouped(*number));
            grid.row(std::iter::once(target.clone()).chain(cells).collect());
        }
        let mut text = grid.render();
        let (parts, of) = &self.parts;
        if (parts.len() as u64) < *of {
            let _ = writeln!(text, "part {parts:?} of {of}");
        }
        text
    }
}

impl Fuzzed {
    /// The same failure is kept once.
    fn add(&mut self, other: Self) {
        let (mine, more) = (&mut self.tally, other.tally);
        mine.cases += more.cases;
        mine.executions += more.executions;
        mine.native += more.native;
        mine.histories += more.histories;
        self.met.extend(other.met);
        mine.meetings = self.met.len() as u64;
        mine.exhaustive += more.exhaustive;
        self.milliseconds += other.milliseconds;
        for kept in other.failures {
            if !self.failures.iter().any(|known| known.name == kept.name) {
                self.failures.push(kept);
            }
        }
        self.failures
            .sort_by(|one, other| one.name.cmp(&other.name));
    }
}

impl Kept {
    /// A failure that a campaign has found.
    #[must_use]
    pub fn of(found: &Found, question: &str) -> Self {
        let mut told = vec![format!(
            "found by {}; the program that was drawn had {} calls, and this one has {}",
            found.explorer,
            found.drawn,
            found.program.calls()
        )];
        for other in &found.others {
            let says = if other.fails { "fails too" } else { "holds" };
            told.push(format!("{}: {says}, {}", other.explorer, other.coverage));
        }
        if let Some(judge) = found.contradicted_by() {
            told.push(format!(
                "the judges disagree: {judge} has explored everything and found nothing"
            ));
        }
        Self {
            disputed: found.contradicted_by().is_some(),
            ..Self::with(&found.program, question, found.failure.clone(), told)
        }
    }

    /// A failure of a program.
    #[must_use]
    pub fn with(program: &Program, question: &str, failure: Failure, found: Vec<String>) -> Self {
        Self {
            name: crate::corpus::name(program),
            program: program.to_string(),
            shown: explain::program(program),
            found,
            disputed: false,
            report: Report {
                format: report::FORMAT,
                question: question.to_owned(),
                always: crate::always().to_owned(),
                coverage: Coverage::Failed,
                command: format!("raddle fuzz {}", program.target.name),
                failure,
            },
        }
    }

    /// The program, who found it, and the report.
    #[must_use]
    pub fn text(&self) -> String {
        let found: String = self
            .found
            .iter()
            .map(|line| format!("  {line}\n"))
            .collect();
        let report = story::render(&self.report);
        format!("{}\n{found}\n{report}\n", self.shown)
    }
}
