//! Exploring a model, as its bounds say.

use std::env;
use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use graph_engine::{Config, Engine, Exploration, FailureKind, Verdict};

use crate::report::Replay;
use crate::shared::{Known, Shared};
use crate::{lazy_static, report, run, thread};

pub use crate::report::Outcome;

/// How many events an execution may have for each branch that loom would allow.
const EVENTS_PER_BRANCH: usize = 10;

/// More events than the engine can number in a thread.
const MOST_EVENTS: usize = 60_000;

/// The bound on yields is raised up to this, and only after levels with so few executions.
const MOST_YIELDS: usize = 4;
const SMALL_LEVEL: u64 = 10_000;

/// Where no execution completes, it is raised further.
const LAST_YIELDS: usize = 32;

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
    /// Taken, and not needed: preemptions are not what is explored. `LOOM_MAX_PREEMPTIONS`.
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
    /// How many threads of the system explore. `RADDLE_JOBS`.
    pub jobs: usize,
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
            jobs: number("RADDLE_JOBS").unwrap_or(1),
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
        let search = Search {
            builder: self,
            model: Arc::new(model),
            started: Instant::now(),
            replay: env::var("RADDLE_REPLAY")
                .ok()
                .map(|text| Replay::parse(&text)),
        };
        search.run()
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

/// The exploration of one model, whose bound on yields is raised level by level.
struct Search<'a> {
    builder: &'a Builder,
    model: Arc<dyn Fn() + Send + Sync>,
    started: Instant,
    replay: Option<Replay>,
}

impl Search<'_> {
    fn run(&self) -> Outcome {
        let fixed = self
            .replay
            .as_ref()
            .map(|replay| replay.yields)
            .or(self.builder.yields);
        let mut known = Known::default();
        let mut best = None;
        let mut yields = fixed.unwrap_or(1);
        loop {
            let (level, is_cut) = self.level(yields, &mut known);
            let outcome = Outcome {
                yields,
                is_cut,
                elapsed: self.started.elapsed(),
                exploration: level,
            };
            let is_last = fixed.is_some() || !outcome.may_go_deeper();
            if outcome.exploration.verdict == Verdict::Inconclusive {
                return best.unwrap_or(outcome);
            }
            if is_last {
                return outcome;
            }
            best = Some(outcome).filter(Outcome::has_completed);
            yields += 1;
        }
    }

    /// Explores with the given bound on yields, as often as there is something to learn. Says,
    /// too, whether a thread has met the bound.
    fn level(&self, yields: usize, known: &mut Known) -> (Exploration, bool) {
        loop {
            let shared = Arc::new(Shared {
                yields,
                spurious_wakes: self.builder.spurious_wakes,
                weak_failures: self.builder.weak_failures,
                drops_are_accesses: self.builder.drops_are_accesses,
                is_cut: AtomicBool::new(false),
                stop: Arc::default(),
                known: std::sync::Mutex::new(known.clone()),
            });
            let exploration = self.explore(&shared, known);
            if !shared.must_start_anew() {
                return (exploration, shared.is_cut());
            }
            *known = shared.known();
        }
    }

    fn explore(&self, shared: &Arc<Shared>, known: &Known) -> Exploration {
        let config = self.config(shared, known);
        let (model, shared) = (Arc::clone(&self.model), Arc::clone(shared));
        Engine::explore(config, move || {
            run::begin(&shared);
            model();
            thread::end_locals();
            lazy_static::end_lazies();
        })
    }

    fn config(&self, shared: &Shared, known: &Known) -> Config {
        let spent = self.started.elapsed();
        let events = self.builder.max_branches.saturating_mul(EVENTS_PER_BRANCH);
        Config {
            jobs: self.builder.jobs,
            max_events: events.min(MOST_EVENTS),
            max_graphs: self.builder.max_permutations.map(|most| most as u64),
            max_time: self
                .builder
                .max_duration
                .map(|most| most.saturating_sub(spent)),
            stop: Some(Arc::clone(&shared.stop)),
            stack_size: known.stack_size,
            path: self.replay.as_ref().map(|replay| replay.path.clone()),
            unwind: false,
            ..Config::default()
        }
    }
}

impl Outcome {
    /// Whether some execution came to its end.
    fn has_completed(&self) -> bool {
        self.exploration.counts.complete > 0
    }

    /// Whether a higher bound on yields would show more, at little cost.
    fn may_go_deeper(&self) -> bool {
        let failed = self.exploration.failure.as_ref();
        let failed = failed.is_some_and(|failure| failure.kind != FailureKind::Limit);
        let is_small = self.exploration.counts.graphs() <= SMALL_LEVEL && self.yields < MOST_YIELDS;
        let needs_more = !self.has_completed() && self.yields < LAST_YIELDS;
        self.is_cut && !failed && (is_small || needs_more)
    }
}
