//! The exploration of one model: its bound on yields is raised level by level, and its share of the
//! machine changes as other models come and go.

use std::cell::Cell;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use graph_engine::{Checkpoint, Config, Engine, Exploration, Failure, FailureKind, Verdict};

use crate::cores::Cores;
use crate::model::Builder;
use crate::report::{Outcome, Replay};
use crate::shared::{Known, Shared};
use crate::{lazy_static, run, thread};

/// How many events an execution may have for each branch that loom would allow.
const EVENTS_PER_BRANCH: usize = 10;

/// More events than the engine can number in a thread.
const MOST_EVENTS: usize = 60_000;

/// The bound on yields is raised up to this, and only after levels with so few executions.
const MOST_YIELDS: usize = 4;
const SMALL_LEVEL: u64 = 10_000;

/// Where no execution completes, it is raised further.
const LAST_YIELDS: usize = 32;

/// Where a bound on preemptions was asked for, so many executions are visited without one.
const UNBOUNDED: u64 = 500_000;

/// Where none was asked for and time is short, the bound is raised up to this.
const MOST_PREEMPTIONS: usize = 8;

/// A model goes on for so long before it looks what its share of the cores is: most end before.
const FIRST_PIECE: Duration = Duration::from_millis(300);
const PIECE: Duration = Duration::from_secs(1);

/// The choices that lead to an execution that failed, with the names of its threads.
type NamesOf = (Vec<u32>, Vec<String>);

/// The exploration of one model, whose bound on yields is raised level by level.
pub(crate) struct Search<'a> {
    builder: &'a Builder,
    model: Arc<dyn Fn() + Send + Sync>,
    started: Instant,
    replay: Option<Replay>,
    /// When the search is to have ended, if it has a budget of time.
    until: Cell<Option<Duration>>,
    /// The most executions.
    graphs: Cell<Option<u64>>,
    preemptions: Cell<Option<usize>>,
    /// The names of the threads of the executions that failed, with the choices that lead to them.
    threads: Arc<Mutex<Vec<NamesOf>>>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        builder: &'a Builder,
        model: Arc<dyn Fn() + Send + Sync>,
        replay: Option<Replay>,
    ) -> Search<'a> {
        Search {
            builder,
            model,
            started: Instant::now(),
            replay,
            until: Cell::new(builder.max_duration),
            graphs: Cell::new(builder.max_permutations.map(|most| most as u64)),
            preemptions: Cell::new(None),
            threads: Arc::default(),
        }
    }

    /// Without a bound on preemptions first, for a part of the budget if there is one; then
    /// with more and more of them.
    pub(crate) fn run(&self) -> Outcome {
        if let Some(replay) = &self.replay {
            self.preemptions.set(replay.preemptions);
            return self.levels();
        }
        let (until, graphs) = (self.until.get(), self.graphs.get());
        let asked = self.builder.preemption_bound;
        self.until.set(until.map(|until| until * 3 / 4));
        if asked.is_some() {
            let half = graphs.map(|most| most.div_ceil(2));
            self.graphs.set(fewer(half, Some(UNBOUNDED)));
        }
        let whole = self.levels();
        self.until.set(until);
        self.graphs.set(graphs);
        if !whole.has_run_out() || self.has_spent(&whole.exploration) {
            return whole;
        }
        self.within_preemptions(asked.unwrap_or(MOST_PREEMPTIONS))
            .unwrap_or(whole)
    }

    /// The widest bound on preemptions, up to `most`, whose executions were all visited; or one
    /// that fails.
    fn within_preemptions(&self, most: usize) -> Option<Outcome> {
        let mut best = None;
        for preemptions in 0..=most {
            self.preemptions.set(Some(preemptions));
            let outcome = self.levels();
            if outcome.has_run_out() {
                return best;
            }
            let failed = outcome.exploration.failure.is_some();
            best = Some(outcome)
                .filter(|outcome| failed || outcome.has_completed())
                .or(best);
            if failed {
                return best;
            }
        }
        best
    }

    /// With a bound on yields that is raised.
    fn levels(&self) -> Outcome {
        let fixed = self.fixed_yields();
        let mut known = Known::default();
        let mut best = None;
        let mut yields = fixed.unwrap_or(1);
        loop {
            let (level, is_cut) = self.level(yields, &mut known);
            let outcome = Outcome {
                yields,
                is_cut,
                preemptions: self.preemptions.get(),
                elapsed: self.started.elapsed(),
                threads: self.threads_of(&level),
                exploration: level,
            };
            let is_last = fixed.is_some() || !outcome.may_go_deeper();
            if self.is_too_low(&outcome.exploration, yields, outcome.is_cut) {
                yields += 1;
                continue;
            }
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

    /// The bound on yields, if it is not to be raised.
    fn fixed_yields(&self) -> Option<usize> {
        let replayed = self.replay.as_ref().map(|replay| replay.yields);
        replayed.or(self.builder.yields)
    }

    /// Whether so many executions have met the bound on yields, and none has come to its end, that
    /// a higher bound is to be tried while there is a budget.
    fn is_too_low(&self, level: &Exploration, yields: usize, is_cut: bool) -> bool {
        let none = level.counts.complete == 0 && level.failure.is_none();
        let many = level.counts.graphs() >= SMALL_LEVEL;
        let can_rise = self.fixed_yields().is_none() && yields < LAST_YIELDS;
        is_cut && none && many && can_rise && !self.has_spent(level)
    }

    /// The names of the threads of the execution that failed.
    fn threads_of(&self, level: &Exploration) -> Vec<String> {
        let Some(failure) = &level.failure else {
            return Vec::new();
        };
        let all = locked(&self.threads);
        let of_failure = all.iter().rfind(|(path, _)| *path == failure.path);
        of_failure
            .map(|(_, names)| names.clone())
            .unwrap_or_default()
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

    /// Explores piece by piece. A failure that several threads have found is shown by one.
    fn explore(&self, shared: &Arc<Shared>, known: &Known) -> Exploration {
        let found = self.pieces(shared, known, self.builder.jobs);
        let failure = found.0.failure.as_ref();
        let Some(failure) = failure.filter(|_| found.1 > 1 && !shared.must_start_anew()) else {
            return found.0;
        };
        let again = self.piece(
            shared,
            self.config(shared, known, Some(failure.path.clone())),
        );
        let is_same = |again: &Failure| (again.kind, &again.path) == (failure.kind, &failure.path);
        match again.failure.as_ref().is_some_and(is_same) {
            true => found.0,
            // The executions were not independent of each other: a static of the standard
            // library, for one.
            false => self.pieces(shared, known, Some(1)).0,
        }
    }

    /// Explores piece by piece; says, too, how many threads have explored at most.
    fn pieces(
        &self,
        shared: &Arc<Shared>,
        known: &Known,
        jobs: Option<usize>,
    ) -> (Exploration, usize) {
        let path = self.replay.as_ref().map(|replay| replay.path.clone());
        let config = self.config(shared, known, path);
        if config.path.is_some() {
            return (self.piece(shared, config), 1);
        }
        let cores = Cores::new();
        let first = Config {
            jobs: jobs.unwrap_or(1),
            max_time: shorter(config.max_time, FIRST_PIECE),
            max_graphs: fewer(config.max_graphs, Some(SMALL_LEVEL)),
            ..config.clone()
        };
        let mut most = first.jobs;
        let mut level = self.piece(shared, first);
        while let Some(rest) = level.rest.take().filter(|_| !self.is_over(&level, shared)) {
            let jobs = jobs.unwrap_or_else(|| cores.share());
            most = most.max(jobs);
            let left = self.config(shared, known, None);
            let done = level.counts.graphs();
            // Before the bound on yields can be seen to be too low, no piece goes further.
            let may_be_low = level.counts.complete == 0 && done < SMALL_LEVEL;
            let until_seen = may_be_low.then(|| SMALL_LEVEL - done);
            let budget = left.max_graphs.map(|most| most.saturating_sub(done));
            let piece = Config {
                jobs,
                max_time: shorter(left.max_time, PIECE),
                max_graphs: fewer(budget, until_seen),
                ..left
            };
            level = self.go_on(shared, piece, rest);
        }
        (level, most)
    }

    /// Whether the level has come to an end, whatever is left of it.
    fn is_over(&self, level: &Exploration, shared: &Shared) -> bool {
        level.failure.is_some()
            || shared.must_start_anew()
            || self.has_spent(level)
            || self.is_too_low(level, shared.yields, shared.is_cut())
    }

    /// Whether the budget is used up.
    fn has_spent(&self, level: &Exploration) -> bool {
        let is_late = |most| self.started.elapsed() >= most;
        let graphs = level.counts.graphs();
        let has_all = |most| graphs >= most;
        self.until.get().is_some_and(is_late) || self.graphs.get().is_some_and(has_all)
    }

    fn piece(&self, shared: &Arc<Shared>, config: Config) -> Exploration {
        self.engine(config).run(self.body(shared))
    }

    fn go_on(&self, shared: &Arc<Shared>, config: Config, rest: Checkpoint) -> Exploration {
        let engine = self.engine(config).resume(rest);
        let engine = engine.expect("the rest of the same exploration");
        engine.run(self.body(shared))
    }

    fn engine(&self, config: Config) -> Engine {
        let threads = Arc::clone(&self.threads);
        Engine::new(config).observe_failures(move |failure| {
            locked(&threads).push((failure.path.clone(), run::thread_names()));
        })
    }

    fn body(&self, shared: &Arc<Shared>) -> impl Fn() + Send + Sync + 'static {
        let (model, shared) = (Arc::clone(&self.model), Arc::clone(shared));
        move || {
            run::begin(&shared);
            model();
            thread::end_locals();
            lazy_static::end_lazies();
        }
    }

    fn config(&self, shared: &Shared, known: &Known, path: Option<Vec<u32>>) -> Config {
        let spent = self.started.elapsed();
        let events = self.builder.max_branches.saturating_mul(EVENTS_PER_BRANCH);
        Config {
            jobs: 1,
            max_events: events.min(MOST_EVENTS),
            max_graphs: self.graphs.get(),
            max_time: self.until.get().map(|most| most.saturating_sub(spent)),
            max_preemptions: self.preemptions.get(),
            stop: Some(Arc::clone(&shared.stop)),
            stack_size: known.stack_size,
            path,
            unwind: false,
            ..Config::default()
        }
    }
}

/// The lesser of what is given.
fn fewer(graphs: Option<u64>, others: Option<u64>) -> Option<u64> {
    graphs.into_iter().chain(others).min()
}

fn shorter(time: Option<Duration>, piece: Duration) -> Option<Duration> {
    Some(time.map_or(piece, |time| time.min(piece)))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Outcome {
    /// Whether some execution came to its end.
    fn has_completed(&self) -> bool {
        self.exploration.counts.complete > 0
    }

    /// Whether a budget has ended the exploration.
    fn has_run_out(&self) -> bool {
        let exploration = &self.exploration;
        exploration.verdict == Verdict::Inconclusive && exploration.failure.is_none()
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
