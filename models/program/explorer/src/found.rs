//! What an exploration finds.

use std::time::Duration;

use interleavings::Access;
use runtime_program::engine::{Engine, Step, Stop};
use runtime_program::interpreter::Location;

/// How an execution ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// With this exit status.
    Status(u8),
    /// No thread could go on.
    Deadlock,
    /// Not at all, as far as was seen.
    Endless,
    /// The interpreter failed.
    Failed(String),
}

/// What can be told of an execution from outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// Standard output.
    pub output: String,
    /// Exceptions that nobody caught, and whatever else is on standard error but tracebacks' inner lines.
    pub errors: Vec<String>,
    /// The value of the expression that was asked for.
    pub observed: Option<String>,
}

/// A step with its line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Whose.
    pub thread: usize,
    /// Where.
    pub location: Option<Location>,
    /// What it does to what is shared.
    pub accesses: Vec<Access>,
    /// Whether it went on because time had passed.
    pub timed_out: bool,
    /// Whether more than one thread uses what it touches.
    pub is_shared: bool,
    /// How many operations the thread did up to its next step, this one counted.
    pub operations: usize,
}

/// An outcome, and what leads to it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The outcome.
    pub outcome: Outcome,
    /// How many interleavings lead to it.
    pub interleavings: u64,
    /// The threads chosen by one with few switches.
    pub schedule: Vec<usize>,
    /// A name for it.
    pub token: String,
    /// The same, step by step.
    pub lines: Vec<Line>,
    /// What the threads that have not ended would do next.
    pub waiting: Vec<Line>,
}

/// Two accesses that nothing orders.
#[derive(Clone, Debug)]
pub struct Raced {
    /// Where they are in the program.
    pub locations: [Option<Location>; 2],
    /// Whether each of them changes what they share.
    pub writes: [bool; 2],
}

/// How much was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every class of interleavings.
    Exhaustive,
    /// Every one within a bound.
    Bounded(String),
    /// So many by chance.
    Sampled(u64),
    /// Not all that was asked for.
    Inconclusive(String),
}

/// What an exploration came to.
#[derive(Clone, Debug)]
pub struct Explored {
    /// All outcomes, by how they ended.
    pub found: Vec<Found>,
    /// Accesses that nothing orders, by their lines.
    pub races: Vec<Raced>,
    /// How much was seen.
    pub verdict: Verdict,
    /// Interleavings that were run to their end.
    pub interleavings: u64,
    /// Executions that were left because what would follow was known.
    pub redundant: u64,
    /// How often the search began again, since a place turned out to be shared.
    pub restarts: u64,
    /// How long it took, without what came before the second thread.
    pub elapsed: Duration,
    /// Pages of memory that executions write.
    pub pages: usize,
    /// Lines and locks of the interpreter that became points because threads met there.
    pub added: Vec<String>,
}

pub(crate) fn line(engine: &Engine, step: &Step) -> Line {
    Line {
        thread: step.thread,
        location: engine.locate(step.instruction),
        accesses: step.accesses.clone(),
        timed_out: step.timed_out,
        is_shared: step.is_shared,
        operations: step.operations,
    }
}

pub(crate) fn outcome(engine: &Engine, stop: &Stop) -> Outcome {
    let [output, errors] = engine.outputs();
    let ending = match stop {
        Stop::Ended(status) => Ending::Status(*status),
        Stop::Deadlock => Ending::Deadlock,
        Stop::TooLong => Ending::Endless,
        Stop::Failed(reason) => Ending::Failed(reason.clone()),
        Stop::Redundant | Stop::Fork => Ending::Failed("it was left".to_owned()),
    };
    let errors = String::from_utf8_lossy(errors);
    let inner = |line: &&str| !line.starts_with(' ') && !line.starts_with("Traceback");
    Outcome {
        ending,
        output: String::from_utf8_lossy(output).into_owned(),
        errors: errors.lines().filter(inner).map(str::to_owned).collect(),
        observed: engine.observed().map(str::to_owned),
    }
}
