//! What the attribute [`test`](macro@crate::test) stands for.

use std::env;
use std::fmt::Debug;
use std::time::Duration;

use loom::model::{Builder, Outcome};

/// The budget where nothing is said, in seconds.
const SECONDS: u64 = 60;

/// How a test is explored, and what must come out.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// A thread passes the same yield at most so often.
    pub yields: Option<usize>,
    /// At most so many preemptions.
    pub preemptions: Option<usize>,
    /// The most executions.
    pub executions: Option<usize>,
    /// The most seconds; 60, if the environment says nothing either.
    pub seconds: Option<u64>,
    /// How long an execution may be: ten events for each.
    pub branches: Option<usize>,
    /// How many threads explore.
    pub jobs: Option<usize>,
    /// Whether `block_on` and `Notify` wake once for no reason.
    pub spurious_wakes: bool,
    /// Whether weak compare-exchanges fail once for no reason.
    pub weak_failures: bool,
    /// Whether the end of an atomic or a cell is an access.
    pub drops_are_accesses: bool,
    /// What must come out: `holds`, `exhaustive`, `bounded`, `inconclusive`, or words of a failure.
    pub expect: &'static str,
}

impl Default for Options {
    fn default() -> Options {
        let usual = Builder::new();
        Options {
            yields: None,
            preemptions: None,
            executions: None,
            seconds: None,
            branches: None,
            jobs: None,
            spurious_wakes: usual.spurious_wakes,
            weak_failures: usual.weak_failures,
            drops_are_accesses: usual.drops_are_accesses,
            expect: "holds",
        }
    }
}

impl Options {
    fn builder(&self) -> Builder {
        let mut builder = Builder::new();
        builder.yields = self.yields.or(builder.yields);
        builder.preemption_bound = self.preemptions.or(builder.preemption_bound);
        builder.max_permutations = self.executions.or(builder.max_permutations);
        builder.max_branches = self.branches.unwrap_or(builder.max_branches);
        builder.jobs = self.jobs.or(builder.jobs);
        builder.spurious_wakes = self.spurious_wakes;
        builder.weak_failures = self.weak_failures;
        builder.drops_are_accesses = self.drops_are_accesses;
        let seconds = self.seconds.map(Duration::from_secs);
        let usual = Some(Duration::from_secs(SECONDS));
        builder.max_duration = seconds.or(builder.max_duration).or(usual);
        builder
    }
}

/// Visits every execution of the body, and compares what comes out with what must.
///
/// # Panics
/// If it is something else.
#[track_caller]
pub fn run(options: &Options, body: impl Fn() + Send + Sync + 'static) {
    let outcome = options.builder().explore(body);
    let held = match options.expect {
        // A replay shows one execution, whatever all of them come to.
        _ if env::var_os("RADDLE_REPLAY").is_some() => outcome.report(),
        "holds" => outcome.report().and_then(|()| has_ended(&outcome)),
        "exhaustive" | "bounded" => outcome.report().and_then(|()| is(&outcome, options.expect)),
        "inconclusive" => outcome.report(),
        words => fails(&outcome, words),
    };
    if let Err(text) = held {
        panic!("{text}");
    }
}

fn has_ended(outcome: &Outcome) -> Result<(), String> {
    match outcome.verdict().as_str() {
        "inconclusive" => Err(format!(
            "{outcome}: the budget ran out; `expect = \"inconclusive\"` lets that pass"
        )),
        _ => Ok(()),
    }
}

fn is(outcome: &Outcome, expected: &str) -> Result<(), String> {
    match outcome.verdict().starts_with(expected) {
        true => Ok(()),
        false => Err(format!("{outcome}: {expected} was expected")),
    }
}

fn fails(outcome: &Outcome, words: &str) -> Result<(), String> {
    match outcome.failure() {
        Some(failure) if failure.contains(words) => {
            println!("{outcome}, as expected: {failure}");
            Ok(())
        }
        Some(_) => {
            let text = outcome.report().err().unwrap_or_default();
            Err(format!(
                "a failure with `{words}` was expected, and another one came\n{text}"
            ))
        }
        None => Err(format!("{outcome}: a failure with `{words}` was expected")),
    }
}

/// What a test may give back.
pub trait Ended {
    /// Panics if it is an error.
    #[track_caller]
    fn end(self);
}

impl Ended for () {
    fn end(self) {}
}

impl<E: Debug> Ended for Result<(), E> {
    #[track_caller]
    fn end(self) {
        if let Err(error) = self {
            panic!("the test gives back {error:?}");
        }
    }
}
