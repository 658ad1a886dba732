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
    /// The bound on preemptions, if there was one.
    pub(crate) preemptions: Option<usize>,
    pub(crate) elapsed: Duration,
    /// The names of the threads of the execution that failed.
    pub(crate) threads: Vec<String>,
}

/// What `RADDLE_REPLAY` says: the bounds on yields and preemptions, and the choices, as in
/// `1:0.2` or `1+2:0.2`.
pub(crate) struct Replay {
    pub(crate) yields: usize,
    pub(crate) preemptions: Option<usize>,
    pub(crate) path: Vec<u32>,
}

impl Replay {
    /// # Panics
    /// If the text is not of the form that a failure's report gives.
    pub(crate) fn parse(text: &str) -> Replay {
        let parsed = || {
            let (bounds, path) = text.split_once(':')?;
            let (yields, preemptions) = match bounds.split_once('+') {
                Some((yields, preemptions)) => (yields, Some(preemptions.parse().ok()?)),
                None => (bounds, None),
            };
            let choices = path.split('.').filter(|part| !part.is_empty());
            let path: Result<Vec<u32>, _> = choices.map(str::parse).collect();
            Some(Replay {
                yields: yields.parse().ok()?,
                preemptions,
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
            Verdict::Exhaustive | Verdict::Bounded => self.extent(),
        }
    }

    /// Within which bounds every execution was visited.
    fn extent(&self) -> String {
        let yields = self.is_cut.then(|| format!("{} yields", self.yields));
        let preemptions = self.preemptions.map(|most| format!("{most} preemptions"));
        let bounds: Vec<String> = preemptions.into_iter().chain(yields).collect();
        match bounds.is_empty() {
            true => "exhaustive".to_owned(),
            false => format!("bounded({})", bounds.join(", ")),
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

#[cfg(test)]
mod tests {
    use super::Replay;

    #[test]
    fn a_replay_says_its_bounds_and_its_choices() {
        let plain = Replay::parse("3:0.12.4294967295");
        assert_eq!((plain.yields, plain.preemptions), (3, None));
        assert_eq!(plain.path, [0, 12, u32::MAX]);
        let bounded = Replay::parse("1+2:");
        assert_eq!((bounded.yields, bounded.preemptions), (1, Some(2)));
        assert!(bounded.path.is_empty());
    }

    #[test]
    fn what_no_report_gives_is_refused() {
        for text in ["", "1", "x:0", "1+:0", "1:0,1", "1:-1"] {
            let parsed = std::panic::catch_unwind(|| Replay::parse(text));
            assert!(parsed.is_err(), "{text}");
        }
    }
}
