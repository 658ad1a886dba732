//! What is said at the end of a model: its verdict, and the execution that fails.

mod files;
mod outcome;
mod places;
mod results;
mod steps;
mod told;

use std::collections::BTreeMap;
use std::env;
use std::panic::Location as Caller;

use explain::text::story::{self, Style};
use graph_engine::{Failure, FailureKind, Verdict};
use reports::failure::Replay as Recorded;
use reports::plan::{Coverage, Search, World};
use reports::report::{self, Report};

pub(crate) use self::files::target;
pub use self::outcome::Outcome;
pub(crate) use self::outcome::Replay;
use self::places::Places;

/// Prints the verdict, and writes it to the files.
///
/// # Panics
/// If the model does not hold.
#[track_caller]
pub(crate) fn tell(outcome: &Outcome) {
    if let Err(text) = told(outcome, Caller::caller()) {
        panic!("{text}");
    }
}

impl Outcome {
    /// Prints the verdict if the model holds, and writes it to the files of the running test.
    ///
    /// # Errors
    /// What there is to say, if it does not.
    #[track_caller]
    pub fn report(&self) -> Result<(), String> {
        told(self, Caller::caller())
    }
}

fn told(outcome: &Outcome, at: &Caller<'_>) -> Result<(), String> {
    results::note(outcome);
    let test = files::Test::running();
    let report = outcome
        .failed()
        .map(|failure| report_of(outcome, failure, &test));
    let written = files::write(outcome, report.as_ref(), &test, at);
    let line = outcome.to_string();
    let where_to = written.map_or(String::new(), |file| format!("\nfiles: {file}"));
    match (report, outcome.complaint()) {
        (Some(report), _) => Err(format!(
            "{line}: {}\n\n{}{where_to}",
            report.failure.detail,
            text(&report)
        )),
        (None, Some(complaint)) => Err(format!("{line}: {complaint}")),
        (None, None) => {
            println!("{line}");
            Ok(())
        }
    }
}

impl Outcome {
    /// The execution that shows that the model does not hold.
    fn failed(&self) -> Option<&Failure> {
        let failure = self.exploration.failure.as_ref();
        failure.filter(|failure| failure.kind != FailureKind::Limit)
    }

    /// The names of the threads. Nobody knows those that a fault has left behind.
    fn names(&self, failure: &Failure) -> Vec<String> {
        let last = failure.trace.events.iter().map(|event| event.thread).max();
        let named = |thread: usize| match (self.threads.get(thread), thread) {
            (Some(name), _) => name.clone(),
            (None, 0) => "main".to_owned(),
            (None, _) => format!("thread {thread}"),
        };
        let last = last.max(failure.thread).unwrap_or_default();
        (0..=last.max(self.threads.len().saturating_sub(1)))
            .map(named)
            .collect()
    }

    /// Why a model without such an execution is no pass.
    fn complaint(&self) -> Option<String> {
        let verdict = self.exploration.verdict;
        let limit = self.exploration.failure.as_ref();
        if let Some(limit) = limit.filter(|failure| failure.kind == FailureKind::Limit) {
            return Some(limit.message.clone());
        }
        if self.exploration.counts.complete == 0 && verdict != Verdict::Inconclusive {
            return Some("no execution comes to its end, so nothing was shown".to_owned());
        }
        let is_strict = env::var_os("RADDLE_STRICT").is_some();
        (verdict == Verdict::Inconclusive && is_strict)
            .then(|| "the budget ran out, and RADDLE_STRICT is set".to_owned())
    }
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    if report.failure.kind == reports::failure::FailureKind::Nondeterminism {
        text.push_str(
            "Look for state outside of the model: statics and thread-locals of the standard \
             library, time, random numbers, the order of hash maps.\n\n",
        );
    }
    let style = Style {
        full: env::var_os("RADDLE_STEPS").is_some(),
        ..Style::of_width(100)
    };
    text.push_str(story::render_as(report, style).trim_end());
    text
}

/// The variable that runs the failing execution alone.
fn again(outcome: &Outcome) -> String {
    let path = outcome
        .exploration
        .failure
        .iter()
        .flat_map(|failure| &failure.path);
    let path: Vec<String> = path.map(u32::to_string).collect();
    let preemptions = outcome.preemptions.map(|most| format!("+{most}"));
    let bounds = format!("{}{}", outcome.yields, preemptions.unwrap_or_default());
    format!("RADDLE_REPLAY={bounds}:{}", path.join("."))
}

fn report_of(outcome: &Outcome, failure: &Failure, test: &files::Test) -> Report {
    let places = Places::of(&failure.trace);
    let (claim, detail, _) = told::broken(failure, &places);
    let mut trace = steps::trace(failure, &places, outcome.names(failure));
    trace.excerpts = steps::excerpts(&trace, &sources(&trace));
    Report {
        format: report::FORMAT,
        question: format!("does {} hold in every execution?", test.name),
        always: "no race, no deadlock, no leak, no panic".to_owned(),
        coverage: Coverage::Failed,
        command: format!("{} {}", again(outcome), test.command()),
        failure: reports::failure::Failure {
            kind: told::kind(failure),
            claim,
            detail,
            trace,
            replay: Recorded {
                scenario: test.name.clone(),
                world: World::Graph,
                search: Search::Path {
                    choices: failure.path.clone(),
                    stale_reads: None,
                },
                execution: outcome.executions(),
                fault: None,
                weaken: None,
            },
            minimal: Vec::new(),
        },
    }
}

/// The text of the files that the steps stand in.
fn sources(trace: &reports::trace::Trace) -> BTreeMap<String, String> {
    let files = trace.steps.iter().map(|step| step.at.file.as_str());
    let mut sources = BTreeMap::new();
    for file in files.filter(|file| !file.is_empty()) {
        if !sources.contains_key(file) {
            let text = files::source(file).unwrap_or_default();
            sources.insert(file.to_owned(), text);
        }
    }
    sources
}
