//! Exploring a model, as its bounds say.

use std::env;
use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use crate::report::{self, Replay};
use crate::search::Search;

pub use crate::report::Outcome;

/// How a model is to be explored.
///
/// The fields are those of loom and some more, with environment variables as defaults.
/// `docs/checking-your-code.md` lists the variables.
#[derive(Debug)]
#[non_exhaustive]
pub struct Builder {
    /// The most threads. More than the engine has make the model inconclusive.
    pub max_threads: usize,
    /// How long an execution may be: ten events for each branch. `LOOM_MAX_BRANCHES`.
    pub max_branches: usize,
    /// End after so many executions, without a verdict. `LOOM_MAX_PERMUTATIONS`.
    pub max_permutations: Option<usize>,
    /// End after this time, without a verdict. `LOOM_MAX_DURATION`, in seconds.
    pub max_duration: Option<Duration>,
    /// Visit the executions with at most so many preemptions, if there are too many without a
    /// bound. `LOOM_MAX_PREEMPTIONS`.
    pub preemption_bound: Option<usize>,
    /// Refused with a message. `LOOM_CHECKPOINT_FILE`.
    pub checkpoint_file: Option<PathBuf>,
    /// Taken, without a meaning. `LOOM_CHECKPOINT_INTERVAL`.
    pub checkpoint_interval: usize,
    /// Taken, without a meaning: everything is explored.
    pub expect_explicit_explore: bool,
    /// Taken: locations are always told. `LOOM_LOCATION`.
    pub location: bool,
    /// Taken: the failing execution is always told. `LOOM_LOG`.
    pub log: bool,
    /// How many threads of the system explore; none: what all models that are explored at once
    /// leave of the machine's cores. `RADDLE_JOBS`.
    pub jobs: Option<usize>,
    /// The bound on yields, if it is not to be raised step by step. `RADDLE_YIELDS`.
    pub yields: Option<usize>,
    /// Whether `block_on` and `Notify` wake once for no reason. `RADDLE_SPURIOUS_WAKES`.
    pub spurious_wakes: bool,
    /// Whether the end of an atomic or a cell counts as an access, so that a use that it does not
    /// come after fails in whatever order the two are run. What threads share by the standard
    /// library's `Arc`, which is not seen, must not hold any then. `RADDLE_DROPS`.
    pub drops_are_accesses: bool,
    /// Whether weak compare-exchanges fail once for no reason. `RADDLE_WEAK_FAILURES`.
    pub weak_failures: bool,
}

impl Builder {
    /// What the environment says, or else the defaults.
    ///
    /// # Panics
    /// If a variable has a value that is no number.
    pub fn new() -> Builder {
        Builder {
            max_threads: graph_engine::MAX_THREADS,
            max_branches: number("LOOM_MAX_BRANCHES").unwrap_or(1_000),
            max_permutations: number("LOOM_MAX_PERMUTATIONS"),
            max_duration: number("LOOM_MAX_DURATION").map(Duration::from_secs),
            preemption_bound: number("LOOM_MAX_PREEMPTIONS"),
            checkpoint_file: env::var_os("LOOM_CHECKPOINT_FILE").map(PathBuf::from),
            checkpoint_interval: number("LOOM_CHECKPOINT_INTERVAL").unwrap_or(20_000),
            expect_explicit_explore: false,
            location: env::var_os("LOOM_LOCATION").is_some(),
            log: env::var_os("LOOM_LOG").is_some(),
            jobs: number("RADDLE_JOBS"),
            yields: number("RADDLE_YIELDS"),
            spurious_wakes: switch("RADDLE_SPURIOUS_WAKES", true),
            weak_failures: switch("RADDLE_WEAK_FAILURES", false),
            drops_are_accesses: switch("RADDLE_DROPS", false),
        }
    }

    /// Sets the checkpoint file, which is refused when the model is explored.
    pub fn checkpoint_file(&mut self, file: &str) -> &mut Builder {
        self.checkpoint_file = Some(file.into());
        self
    }

    /// Explores the model, and prints the verdict.
    ///
    /// # Panics
    /// If an execution fails or is too long, or if none completes.
    #[track_caller]
    pub fn check<F>(&self, model: F)
    where
        F: Fn() + Sync + Send + 'static,
    {
        report::tell(&self.explore(model));
    }

    /// Explores the model, and says what came out, whatever it is.
    ///
    /// # Panics
    /// In a thread of another model, which cannot hold one.
    #[track_caller]
    pub fn explore<F>(&self, model: F) -> Outcome
    where
        F: Fn() + Sync + Send + 'static,
    {
        assert!(
            graph_engine::is_over(),
            "a model inside of a model: it cannot be explored"
        );
        if self.checkpoint_file.is_some() {
            eprintln!(
                "loom on raddle: checkpoint files are not written: executions have no order in which one could go on"
            );
        }
        let replay = env::var("RADDLE_REPLAY").ok();
        let replay = replay.map(|text| Replay::parse(&text));
        Search::new(self, Arc::new(model), replay).run()
    }
}

impl Default for Builder {
    fn default() -> Builder {
        Builder::new()
    }
}

/// Explores every execution of the model, and prints the verdict.
///
/// # Panics
/// If an execution fails or is too long, or if none completes.
#[track_caller]
pub fn model<F>(f: F)
where
    F: Fn() + Sync + Send + 'static,
{
    Builder::new().check(f);
}

/// The number that an environment variable gives.
fn number<T: FromStr>(name: &str) -> Option<T>
where
    T::Err: Display,
{
    let text = env::var(name).ok()?;
    match text.parse() {
        Ok(number) => Some(number),
        Err(error) => panic!("invalid value for `{name}`: {text}: {error}"),
    }
}

/// Whether an environment variable switches something on that has the given default.
fn switch(name: &str, default: bool) -> bool {
    number::<u8>(name).map_or(default, |number| number != 0)
}
