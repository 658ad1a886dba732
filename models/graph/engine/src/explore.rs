//! Exploring: what to run, who watches, and what comes out of it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::buffering::Buffering;
use crate::checkpoint::{Checkpoint, ResumeError};
use crate::config::Config;
use crate::driver::Body;
use crate::failure::{Failure, FailureKind};
use crate::runner::{End, Runner};
use crate::save::{Keep, Saver};
use crate::trace::Trace;
use crate::workers::{Outcome, Watchers, Workers};

/// A complete execution, as its observer sees it.
pub struct Execution<'a> {
    runner: &'a Runner,
}

impl Execution<'_> {
    /// What the program noted, in the order of the run.
    pub fn notes(&self) -> &[(&'static str, u64)] {
        &self.runner.notes
    }

    /// The execution, event by event.
    pub fn trace(&self) -> Trace {
        self.runner.trace()
    }
}

/// How many executions were explored.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Counts {
    /// Complete executions, each one once.
    pub complete: u64,
    /// Executions in which a thread waits for a write that only another one has, or for a
    /// deadline.
    pub blocked: u64,
    /// Executions that failed.
    pub failed: u64,
    /// Executions that ended but have more preemptions than the bound: they were on the way
    /// to others, and no observer has seen them.
    #[serde(default)]
    pub beyond: u64,
    /// Times that the program was run.
    pub runs: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Counts) {
        self.complete += other.complete;
        self.blocked += other.blocked;
        self.failed += other.failed;
        self.beyond += other.beyond;
        self.runs += other.runs;
    }

    pub(crate) fn count(&mut self, end: &End) {
        match end {
            End::Complete => self.complete += 1,
            End::Blocked => self.blocked += 1,
            End::Failed(_) => self.failed += 1,
            End::Beyond => self.beyond += 1,
            End::Dead | End::Again => {}
        }
    }

    /// Graphs that ended, in whatever way.
    pub fn graphs(&self) -> u64 {
        self.complete + self.blocked + self.failed
    }
}

/// Called with each complete execution.
pub type Observer = Arc<dyn Fn(&Execution<'_>) + Send + Sync>;

impl Runner {
    pub(crate) fn trace(&self) -> Trace {
        Trace::of(self.graph(), &self.values, &self.executed)
    }

    pub(crate) fn observe(&self, observer: &Observer) {
        observer(&Execution { runner: self });
    }
}

/// Where an exploration is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Graphs so far, those of earlier pieces not included.
    pub graphs: u64,
    /// Time since the exploration, or this piece of it, began.
    pub elapsed: Duration,
    /// How many choices lead to the graph that a worker is at.
    pub depth: usize,
    /// The share of the search that is done, if every choice led to equally much.
    pub share: f64,
}

impl Progress {
    /// Graphs per second.
    pub fn rate(&self) -> f64 {
        self.graphs as f64 / self.elapsed.as_secs_f64().max(1e-9)
    }
}

/// Called with each failure that is found, on the thread that has run it.
pub(crate) type FailureObserver = Arc<dyn Fn(&Failure) + Send + Sync>;

/// Called with progress, at most once per the given time.
pub(crate) type Reporter = (Duration, Arc<dyn Fn(&Progress) + Send + Sync>);

/// An exploration to be made.
pub struct Engine {
    config: Config,
    observer: Option<Observer>,
    failure_observer: Option<FailureObserver>,
    reporter: Option<Reporter>,
    saver: Option<(Duration, Keep)>,
    on_restart: Option<Arc<dyn Fn() + Send + Sync>>,
    start: Option<Checkpoint>,
}

/// What an exploration has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every execution was visited and none failed.
    Exhaustive,
    /// Every execution within the bounds of the configuration was visited; none failed.
    Bounded,
    /// An execution failed.
    Failed,
    /// The budget was used up, or an execution exceeded a limit. This is not a pass.
    Inconclusive,
}

/// What came out of an exploration.
#[derive(Clone, Debug)]
pub struct Exploration {
    /// What it has shown.
    pub verdict: Verdict,
    /// How many executions were explored. After a failure: up to and with the first one.
    pub counts: Counts,
    /// The first failure in the order of the sequential search.
    pub failure: Option<Failure>,
    /// An execution that was met in which C++20 would also allow load buffering, which is not
    /// explored: there the verdict says less. With several jobs it may be any such execution.
    pub buffering: Option<Buffering>,
    /// Whether executions that differ only in the names of threads that are alike count as one.
    pub up_to_symmetry: bool,
    /// What is left to explore, if the budget was used up.
    pub rest: Option<Checkpoint>,
    /// How long it took.
    pub elapsed: Duration,
}

impl Engine {
    /// An exploration with the given configuration.
    pub fn new(config: Config) -> Engine {
        Engine {
            config,
            observer: None,
            failure_observer: None,
            reporter: None,
            saver: None,
            on_restart: None,
            start: None,
        }
    }

    /// Explores every execution of `body`.
    ///
    /// # Panics
    /// If the configuration cannot explore anything.
    #[track_caller]
    pub fn explore(config: Config, body: impl Fn() + Send + Sync + 'static) -> Exploration {
        Engine::new(config).run(body)
    }

    /// Lets `observer` see every complete execution, in no particular order, possibly
    /// from several threads at once.
    #[must_use]
    pub fn observe(mut self, observer: impl Fn(&Execution<'_>) + Send + Sync + 'static) -> Engine {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Lets `observer` see every failure that is found, on the thread that has run it and
    /// before it runs anything else. With several jobs these may be more than the first.
    #[must_use]
    pub fn observe_failures(
        mut self,
        observer: impl Fn(&Failure) + Send + Sync + 'static,
    ) -> Engine {
        self.failure_observer = Some(Arc::new(observer));
        self
    }

    /// Lets `report` see how far the exploration is, about once per `every`.
    #[must_use]
    pub fn progress(
        mut self,
        every: Duration,
        report: impl Fn(&Progress) + Send + Sync + 'static,
    ) -> Engine {
        self.reporter = Some((every, Arc::new(report)));
        self
    }

    /// Lets `keep` have a checkpoint about once per `every`, so that little is lost if the process
    /// is ended from outside. Nothing is explored meanwhile.
    #[must_use]
    pub fn checkpoints(
        mut self,
        every: Duration,
        keep: impl Fn(Checkpoint) + Send + Sync + 'static,
    ) -> Engine {
        self.saver = Some((every, Arc::new(keep)));
        self
    }

    /// Calls `forget` when an exploration starts again from its beginning: what observers
    /// have seen so far does not count. This happens when a loop was taken to wait for what
    /// is handed on from thread to thread, and it is not.
    #[must_use]
    pub fn on_restart(mut self, forget: impl Fn() + Send + Sync + 'static) -> Engine {
        self.on_restart = Some(Arc::new(forget));
        self
    }

    /// Goes on where an earlier exploration of the same program has stopped.
    ///
    /// # Errors
    /// If the checkpoint is damaged, or the configuration explores something else.
    pub fn resume(mut self, checkpoint: Checkpoint) -> Result<Engine, ResumeError> {
        checkpoint.check(&self.config)?;
        self.start = Some(checkpoint);
        Ok(self)
    }

    /// Explores the executions of `body`, which is the main thread of the program. The
    /// body must do the same whenever what the engine answers is the same.
    ///
    /// # Panics
    /// If the configuration cannot explore anything: a shard that does not exist, no jobs, or
    /// waiting loops of no turns.
    #[track_caller]
    pub fn run(self, body: impl Fn() + Send + Sync + 'static) -> Exploration {
        self.config.check();
        let started = Instant::now();
        let mut config = self.config;
        config.settle();
        let mut start = Checkpoint::start(&config);
        if let Some(checkpoint) = self.start {
            config.in_place = checkpoint.in_place();
            start = checkpoint;
        }
        let body: Body = Arc::new(body);
        let watchers = Watchers {
            observer: self.observer,
            failure_observer: self.failure_observer,
            reporter: self.reporter,
            saver: self
                .saver
                .map(|(every, keep)| Arc::new(Saver::new(every, keep))),
            on_restart: self.on_restart,
        };
        let outcome = explore(&mut config, &body, &watchers, start, started);
        let (failure, rest) = (outcome.failure, outcome.rest);
        let verdict = verdict(&config, failure.as_ref(), rest.is_some());
        Exploration {
            verdict,
            counts: outcome.counts,
            failure,
            buffering: outcome.buffering,
            up_to_symmetry: config.symmetry,
            rest,
            elapsed: started.elapsed(),
        }
    }
}

/// Explores until what was explored counts: each time, fewer loops wait in place.
fn explore(
    config: &mut Config,
    body: &Body,
    watchers: &Watchers,
    mut start: Checkpoint,
    started: Instant,
) -> Outcome {
    loop {
        let (body, watchers) = (Arc::clone(body), watchers.clone());
        let forget = watchers.on_restart.clone();
        let workers = Workers::new(config.clone(), body, watchers, start, started);
        let outcome = Arc::new(workers).run();
        if outcome.apart.is_empty() {
            return outcome;
        }
        config.in_place.leave_out(outcome.apart);
        start = Checkpoint::start(config);
        forget.inspect(|forget| forget());
    }
}

fn verdict(config: &Config, failure: Option<&Failure>, unfinished: bool) -> Verdict {
    let bounded = config.max_stale_reads.is_some() || config.max_preemptions.is_some();
    match failure {
        Some(failure) if failure.kind == FailureKind::Limit => Verdict::Inconclusive,
        Some(_) => Verdict::Failed,
        None if unfinished || config.shard.1 > 1 || config.path.is_some() => Verdict::Inconclusive,
        None if bounded => Verdict::Bounded,
        None => Verdict::Exhaustive,
    }
}

impl Exploration {
    /// Puts the results of the shards of one exploration together.
    pub fn merge(shards: impl IntoIterator<Item = Exploration>, config: &Config) -> Exploration {
        let mut counts = Counts::default();
        let mut buffering = None;
        let (mut failure, mut elapsed, mut unfinished): (Option<Failure>, _, _) =
            (None, Duration::ZERO, false);
        for shard in shards {
            counts.add(&shard.counts);
            elapsed = elapsed.max(shard.elapsed);
            unfinished |= shard.rest.is_some();
            buffering = buffering.or(shard.buffering);
            let earlier = |new: &Failure| failure.as_ref().is_none_or(|old| new.path < old.path);
            if let Some(new) = shard.failure.filter(earlier) {
                failure = Some(new);
            }
        }
        let whole = Config {
            shard: (0, 1),
            ..config.clone()
        };
        let verdict = verdict(&whole, failure.as_ref(), unfinished);
        Exploration {
            verdict,
            counts,
            failure,
            buffering,
            up_to_symmetry: config.symmetry,
            rest: None,
            elapsed,
        }
    }
}

impl fmt::Display for Exploration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts {
            complete,
            blocked,
            failed,
            beyond,
            runs,
        } = self.counts;
        write!(
            f,
            "{:?}: {complete} complete, {blocked} blocked, {failed} failed, {runs} runs",
            self.verdict
        )?;
        if beyond > 0 {
            write!(f, ", {beyond} beyond the bound")?;
        }
        if self.up_to_symmetry {
            f.write_str(", counted up to symmetry")?;
        }
        if let Some(Buffering { read, write }) = &self.buffering {
            write!(f, "; load buffering possible: {read} and {write}")?;
        }
        match &self.failure {
            Some(failure) => write!(f, "\n{failure}"),
            None => Ok(()),
        }
    }
}
