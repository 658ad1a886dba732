//! What came out of a model, and how to run its failure again.

use std::fmt;
use std::time::Duration;

use graph_engine::{Exploration, Verdict};

/// What came out of a model.
#[derive(Debug)]
pub struct Outcome {
    pub(crate) exploration: Exploration,
    /// The bound on yields.
    pub(crate) yields: usize,
    /// Whether some thread has met it.
    pub(crate) is_cut: bool,
    pub(crate) elapsed: Duration,
    /// The names of the threads of the execution that failed.
    pub(crate) threads: Vec<String>,
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

    pub(crate) fn summary(&self) -> String {
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

/// The line that is printed.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "loom on raddle: {}", self.summary())
    }
}
