//! What is said at the end of a model: its verdict, and the execution that fails.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::time::Duration;
use std::{env, thread};

use graph_engine::{Exploration, Failure, FailureKind, Verdict};

/// What came out of a model.
#[derive(Debug)]
pub struct Outcome {
    pub(crate) exploration: Exploration,
    /// The bound on yields.
    pub(crate) yields: usize,
    /// Whether some thread has met it.
    pub(crate) is_cut: bool,
    pub(crate) elapsed: Duration,
}

/// What `RADDLE_REPLAY` says: the bound on yields, and the choices.
pub(crate) struct Replay {
    pub(crate) yields: usize,
    pub(crate) path: Vec<u32>,
}

impl Replay {
    /// # Panics
    /// If the text is not of the form that a failure's report gives.
    pub(crate) fn parse(text: &str) -> Replay {
        let parsed = || {
            let (yields, path) = text.split_once(':')?;
            let choices = path.split('.').filter(|part| !part.is_empty());
            let path: Result<Vec<u32>, _> = choices.map(str::parse).collect();
            Some(Replay {
                yields: yields.parse().ok()?,
                path: path.ok()?,
            })
        };
        parsed().unwrap_or_else(|| panic!("invalid value for `RADDLE_REPLAY`: {text}"))
    }
}

/// Prints the verdict.
///
/// # Panics
/// If the model does not hold.
#[track_caller]
pub(crate) fn tell(outcome: &Outcome) {
    note(outcome);
    let line = format!("loom on raddle: {}", outcome.summary());
    let verdict = outcome.exploration.verdict;
    match &outcome.exploration.failure {
        Some(failure) if failure.kind == FailureKind::Limit => {
            panic!("{line}: {}", failure.message)
        }
        Some(failure) => panic!("{line}\n{}", story(outcome, failure)),
        None if outcome.exploration.counts.complete == 0 && verdict != Verdict::Inconclusive => {
            panic!("{line}: no execution comes to its end, so nothing was shown")
        }
        None if verdict == Verdict::Inconclusive && env::var_os("RADDLE_STRICT").is_some() => {
            panic!("{line}")
        }
        None => println!("{line}"),
    }
}

impl Outcome {
    /// How many executions came to their end, the one that failed included.
    pub fn executions(&self) -> u64 {
        self.exploration.counts.complete + self.exploration.counts.failed
    }

    /// What failed, in a sentence.
    pub fn failure(&self) -> Option<&str> {
        let failure = self.exploration.failure.as_ref()?;
        Some(&failure.message)
    }

    /// The verdict: `exhaustive`, `bounded(n yields)`, `inconclusive` or `failed`.
    pub fn verdict(&self) -> String {
        match self.exploration.verdict {
            Verdict::Failed => "failed".to_owned(),
            Verdict::Inconclusive => "inconclusive".to_owned(),
            Verdict::Exhaustive | Verdict::Bounded if self.exploration.counts.complete == 0 => {
                "inconclusive".to_owned()
            }
            Verdict::Exhaustive | Verdict::Bounded if self.is_cut => {
                format!("bounded({} yields)", self.yields)
            }
            Verdict::Exhaustive | Verdict::Bounded => "exhaustive".to_owned(),
        }
    }

    fn summary(&self) -> String {
        let counts = &self.exploration.counts;
        format!(
            "{}, {} executions ({} blocked) in {:.3} s",
            self.verdict(),
            self.executions(),
            counts.blocked,
            self.elapsed.as_secs_f64()
        )
    }
}

/// The failing execution, step by step, and how to run it again.
fn story(outcome: &Outcome, failure: &Failure) -> String {
    let path: Vec<String> = failure.path.iter().map(u32::to_string).collect();
    let mut text = format!("{}\n\n", failure.message);
    if failure.kind == FailureKind::Nondeterminism {
        text.push_str(
            "Look for state outside of the model: statics and thread-locals of the standard \
             library, time, random numbers, the order of hash maps.\n\n",
        );
    }
    let _ = write!(text, "{}", failure.trace);
    let mut text = without_glue(&text);
    let _ = write!(
        text,
        "\nrun it again with RADDLE_REPLAY={}:{}",
        outcome.yields,
        path.join(".")
    );
    text
}

/// What the compiler calls in the standard library to drop values has no line of the user's.
fn without_glue(text: &str) -> String {
    let glue = |line: &str| match line.split_once(" at /rustc/") {
        Some((action, place)) => {
            let rest = place.split_once(" and ").map_or("", |(_, rest)| rest);
            let rest = Some(rest).filter(|rest| !rest.is_empty());
            let rest = rest.map_or(String::new(), |rest| format!(" and {rest}"));
            format!("{action} in a destructor{rest}\n")
        }
        None => format!("{line}\n"),
    };
    text.lines().map(glue).collect()
}

/// Adds a line to the file that `RADDLE_RESULTS` names.
fn note(outcome: &Outcome) {
    let Some(file) = env::var_os("RADDLE_RESULTS") else {
        return;
    };
    let counts = &outcome.exploration.counts;
    let failure = outcome.exploration.failure.as_ref();
    let message = failure.map_or("", |failure| failure.message.lines().next().unwrap_or(""));
    let line = format!(
        "{{\"test\":{:?},\"verdict\":{:?},\"complete\":{},\"blocked\":{},\"runs\":{},\"seconds\":{:.6},\"message\":{:?}}}\n",
        thread::current().name().unwrap_or("main"),
        outcome.verdict(),
        counts.complete,
        counts.blocked,
        counts.runs,
        outcome.elapsed.as_secs_f64(),
        message,
    );
    let opened = OpenOptions::new().create(true).append(true).open(&file);
    let written = opened.and_then(|mut file| file.write_all(line.as_bytes()));
    if let Err(error) = written {
        eprintln!("loom on raddle: {}: {error}", file.display());
    }
}
