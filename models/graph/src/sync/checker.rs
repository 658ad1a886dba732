//! Explores a scenario on the engine, and says exactly what that shows.

use std::panic;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use graph_engine::{Config, Engine, Verdict};
use record::{execution, failure};
use reports::failure::{Failure, Replay};
use reports::plan::{
    Buffering, Coverage, Exploration, Graphs, KEEP_EVERY, Limit, Plan, Search, World,
};
use reports::scenario::{Claims, Ledger, Scenario};

use super::park::{MOST_TIME_OUTS, MOST_WAKE_UPS};
use super::run::Broken;
use super::total::Total;
use super::{explain, run, shorten};

/// How often a watcher is told how far the exploration is.
const LOOK: Duration = Duration::from_millis(200);

/// Explores `scenario` as `plan` says.
#[must_use]
pub fn explore(plan: &Plan, scenario: &Scenario) -> Exploration {
    let config = match config(plan) {
        Ok(config) => config,
        Err(reason) => return Exploration::refused(reason),
    };
    install();
    let explored = Explorer::new(plan, scenario).run(config);
    execution::end();
    explored.unwrap_or_else(Exploration::refused)
}

/// The simplest form of a failure that was found as `plan` says. What is not deterministic has none.
#[must_use]
pub fn simplest(plan: &Plan, scenario: &Scenario, found: Failure) -> Failure {
    shorten::simplest(plan, scenario, found)
}

/// The recorder's hook sees a panic first, then the engine, which may have to end the exploration.
fn install() {
    static ONCE: Once = Once::new();
    failure::install();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            before(info);
            graph_engine::panicked(info);
        }));
    });
}

pub(super) fn config(plan: &Plan) -> Result<Config, &'static str> {
    let config = Config {
        jobs: plan.jobs,
        max_time: Some(plan.budget),
        stop: Some(Arc::clone(&plan.progress.stop)),
        stack_size: plan.stack,
        panic_hook: false,
        ..Config::default()
    };
    match &plan.search {
        Search::Graph {
            stale_reads,
            preemptions,
            shard,
        } => Ok(Config {
            max_stale_reads: *stale_reads,
            max_preemptions: *preemptions,
            shard: shard.map_or((0, 1), |(part, parts)| (part.saturating_sub(1), parts)),
            ..config
        }),
        Search::Path {
            choices,
            stale_reads,
        } => Ok(Config {
            max_stale_reads: *stale_reads,
            path: Some(choices.clone()),
            ..config
        }),
        _ => Err("the graph checker only runs searches of its own"),
    }
}

/// Whether an exploration as `plan` says can go on with what the plan is to resume.
///
/// # Errors
/// Why it cannot.
pub fn can_resume(plan: &Plan, scenario: &Scenario) -> Result<(), String> {
    let engine = Engine::new(config(plan)?);
    Explorer::new(plan, scenario).resume(engine).map(drop)
}

/// One exploration.
pub(super) struct Explorer {
    plan: Plan,
    scenario: Scenario,
    total: Arc<Mutex<Total>>,
    failures: Failures,
}

/// The failures that were met, with the choices that lead to them.
type Failures = Arc<Mutex<Vec<(Vec<u32>, Failure)>>>;

impl Explorer {
    pub(super) fn new(plan: &Plan, scenario: &Scenario) -> Self {
        Self {
            plan: plan.clone(),
            scenario: *scenario,
            total: Arc::default(),
            failures: Arc::default(),
        }
    }

    fn run(&self, config: Config) -> Result<Exploration, String> {
        let engine = self.resume(self.engine(config))?;
        let found = engine.run(self.body());
        Ok(self.exploration(found))
    }

    /// What the engine runs again and again.
    pub(super) fn body(&self) -> impl Fn() + Send + Sync + 'static {
        let Plan { fault, weaken, .. } = self.plan;
        let spent = Arc::clone(&lock(&self.total).spent);
        let body = self.scenario.body;
        move || {
            let claims: Claims = run::begin(Broken { fault, weaken }, &spent);
            run::body(|| body(&claims));
        }
    }

    /// The engine, with everybody who watches it.
    fn engine(&self, config: Config) -> Engine {
        let (total, progress) = (Arc::clone(&self.total), Arc::clone(&self.plan.progress));
        let watcher = Arc::clone(&self.plan.progress);
        let failures = Arc::clone(&self.failures);
        let forgotten = (Arc::clone(&self.total), Arc::clone(&self.failures));
        let (so_far, keeping) = (Arc::clone(&self.total), Arc::clone(&self.plan.progress));
        self.failing(config, move |path, failure| {
            lock(&failures).push((path.to_vec(), failure));
        })
        .checkpoints(KEEP_EVERY, move |checkpoint| {
            if let Some(keeper) = keeping.keeper.get() {
                (keeper.0)(lock(&so_far).save(checkpoint));
            }
        })
        .observe(move |_| {
            progress.executions.fetch_add(1, Relaxed);
            lock(&total).add(run::claims().ledger());
        })
        .on_restart(move || {
            lock(&forgotten.0).ledger = Ledger::default();
            lock(&forgotten.1).clear();
        })
        .progress(LOOK, move |at| watcher.advance(at.depth, at.share))
    }

    /// An engine that tells of the failures that it meets, with the choices that lead to them.
    pub(super) fn failing(
        &self,
        config: Config,
        tell: impl Fn(&[u32], Failure) + Send + Sync + 'static,
    ) -> Engine {
        let replay = self.replay();
        let stale_reads = self.stale_reads();
        Engine::new(config).observe_failures(move |found| {
            let replay = Replay {
                search: Search::Path {
                    choices: found.path.clone(),
                    stale_reads,
                },
                ..replay.clone()
            };
            tell(&found.path, explain::failure(found, replay));
        })
    }

    /// Goes on where an earlier exploration has stopped, if the plan says so.
    fn resume(&self, engine: Engine) -> Result<Engine, String> {
        let Some(rest) = &self.plan.resume else {
            return Ok(engine);
        };
        let (total, checkpoint) = Total::resume(rest, self.scenario.sometimes)
            .map_err(|error| format!("cannot resume: {error}"))?;
        *lock(&self.total) = total;
        engine
            .resume(checkpoint)
            .map_err(|error| format!("cannot resume: {error}"))
    }

    fn replay(&self) -> Replay {
        Replay {
            scenario: self.scenario.name.to_owned(),
            world: World::Graph,
            search: self.plan.search.clone(),
            execution: 1,
            fault: self.plan.fault.map(str::to_owned),
            weaken: self.plan.weaken.map(str::to_owned),
        }
    }

    fn exploration(&self, found: graph_engine::Exploration) -> Exploration {
        let failed = found.verdict == Verdict::Failed;
        // What else was met before a failure depends on who was faster, so it is not told.
        let total = if failed {
            Total::default()
        } else {
            lock(&self.total).clone()
        };
        let coverage = self.coverage(&found, &total);
        let failure = found.failure.as_ref().filter(|_| failed);
        // A fault of the code leaves a thread behind that nobody can ask for its log.
        let failure = failure.map(|first| {
            let told = self.replayed(&first.path);
            told.unwrap_or_else(|| explain::untold(first, self.replay()))
        });
        Exploration {
            executions: found.counts.complete + found.counts.failed,
            elapsed: found.elapsed,
            coverage,
            failure,
            graphs: Some(Graphs {
                blocked: found.counts.blocked,
                runs: found.counts.runs,
                beyond: found.counts.beyond,
            }),
            // Going on after a failure would forget it.
            rest: found
                .rest
                .filter(|_| found.failure.is_none())
                .map(|checkpoint| total.save(checkpoint)),
            buffering: found.buffering.map(|pair| Buffering {
                read: pair.read,
                write: pair.write,
            }),
            witnesses: total.ledger.witnesses,
            outcomes: total.ledger.outcomes,
        }
    }

    /// The failure that these choices lead to, as a replay shows it: the search that has found it may have run the
    /// threads in another order.
    fn replayed(&self, path: &[u32]) -> Option<Failure> {
        if matches!(self.plan.search, Search::Path { .. }) {
            return self.seen(path);
        }
        let replay = Plan {
            search: Search::Path {
                choices: path.to_vec(),
                stale_reads: self.stale_reads(),
            },
            budget: Duration::MAX,
            jobs: 1,
            resume: None,
            progress: Arc::default(),
            ..self.plan.clone()
        };
        let replayed = explore(&replay, &self.scenario);
        replayed.failure.or_else(|| self.seen(path))
    }

    /// A failure of this exploration as a replay shows it.
    pub(super) fn again(&self, failure: &Failure) -> Option<Failure> {
        match &failure.replay.search {
            Search::Path { choices, .. } => self.replayed(choices),
            _ => None,
        }
    }

    /// The failure that was met after these choices.
    fn seen(&self, path: &[u32]) -> Option<Failure> {
        let failures = lock(&self.failures);
        let found = failures.iter().find(|(known, _)| known == path);
        found.map(|(_, failure)| failure.clone())
    }

    /// What was shown; after a failure, what had been asked for.
    fn coverage(&self, found: &graph_engine::Exploration, total: &Total) -> Coverage {
        let limits = || self.limits(total);
        let asked = |by: Vec<Limit>| match by.is_empty() {
            true => Coverage::Exhaustive,
            false => Coverage::Bounded { by, note: None },
        };
        match (found.verdict, self.why_unfinished(found), self.shard()) {
            (Verdict::Inconclusive, None, Some((part, parts))) => Coverage::Part {
                part,
                parts,
                by: limits(),
            },
            (Verdict::Inconclusive, reason, _) => Coverage::Inconclusive {
                reason: reason
                    .unwrap_or_else(|| "only one graph was run, and it does not fail".to_owned()),
            },
            (Verdict::Failed | Verdict::Exhaustive | Verdict::Bounded, _, _) => asked(limits()),
        }
    }

    /// What bounds the exploration.
    fn limits(&self, total: &Total) -> Vec<Limit> {
        let (stale_reads, preemptions) = match self.plan.search {
            Search::Graph {
                stale_reads,
                preemptions,
                ..
            } => (stale_reads, preemptions),
            _ => (None, None),
        };
        let asked = [
            stale_reads.map(Limit::StaleReads),
            preemptions.map(Limit::Preemptions),
        ];
        let time_outs = total.is_out_of_time_outs().then_some(MOST_TIME_OUTS);
        let wake_ups = total.is_out_of_wake_ups().then_some(MOST_WAKE_UPS);
        let spent = [time_outs.map(Limit::TimeOuts), wake_ups.map(Limit::WakeUps)];
        asked.into_iter().chain(spent).flatten().collect()
    }

    fn stale_reads(&self) -> Option<usize> {
        match self.plan.search {
            Search::Graph { stale_reads, .. } | Search::Path { stale_reads, .. } => stale_reads,
            _ => None,
        }
    }

    fn shard(&self) -> Option<(u64, u64)> {
        match self.plan.search {
            Search::Graph { shard, .. } => shard,
            _ => None,
        }
    }

    /// Why the exploration did not come to its end.
    fn why_unfinished(&self, found: &graph_engine::Exploration) -> Option<String> {
        match (&found.failure, &found.rest) {
            (Some(limit), _) => Some(limit.message.clone()),
            (None, Some(_)) if self.plan.progress.stop.load(Relaxed) => Some("stopped".to_owned()),
            (None, Some(_)) => Some("out of budget".to_owned()),
            (None, None) => None,
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
