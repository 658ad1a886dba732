//! Explores a scenario on the engine, and says exactly what that shows.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use graph_engine::{Config, Engine, Verdict};
use record::{execution, failure};
use reports::failure::{Failure, Replay};
use reports::plan::{Coverage, Exploration, Graphs, Limit, Plan, Search, World};
use reports::scenario::{Claims, Scenario};

use super::park::MOST_TIME_OUTS;
use super::run::Broken;
use super::total::Total;
use super::{explain, run};

/// The stack of each thread of the model.
const STACK: usize = 256 << 10;

/// How often a watcher is told how far the exploration is.
const LOOK: Duration = Duration::from_millis(200);

/// Explores `scenario` as `plan` says.
#[must_use]
pub fn explore(plan: &Plan, scenario: &Scenario) -> Exploration {
    let config = match config(plan) {
        Ok(config) => config,
        Err(reason) => return Exploration::refused(reason),
    };
    failure::install();
    let explored = Explorer::new(plan, scenario).run(config);
    execution::end();
    explored.unwrap_or_else(Exploration::refused)
}

fn config(plan: &Plan) -> Result<Config, &'static str> {
    let config = Config {
        jobs: plan.jobs,
        max_time: Some(plan.budget),
        stop: Some(Arc::clone(&plan.progress.stop)),
        stack_size: STACK,
        panic_hook: false,
        ..Config::default()
    };
    match &plan.search {
        Search::Graph { stale_reads, shard } => Ok(Config {
            max_stale_reads: *stale_reads,
            shard: shard.map_or((0, 1), |(part, parts)| (part.saturating_sub(1), parts)),
            ..config
        }),
        Search::Path { choices } => Ok(Config {
            path: Some(choices.clone()),
            ..config
        }),
        _ => Err("the graph checker only runs searches of its own"),
    }
}

/// One exploration.
struct Explorer {
    plan: Plan,
    scenario: Scenario,
    total: Arc<Mutex<Total>>,
    failures: Failures,
}

/// The failures that were met, with the choices that lead to them.
type Failures = Arc<Mutex<Vec<(Vec<u32>, Failure)>>>;

impl Explorer {
    fn new(plan: &Plan, scenario: &Scenario) -> Self {
        Self {
            plan: plan.clone(),
            scenario: *scenario,
            total: Arc::default(),
            failures: Arc::default(),
        }
    }

    fn run(&self, config: Config) -> Result<Exploration, String> {
        let engine = self.engine(config.clone());
        let found = self.resume(engine)?.run(self.body());
        let failed = found.verdict == Verdict::Failed;
        let first = found.failure.as_ref().filter(|_| failed);
        let failure = first.and_then(|first| self.report(config, first));
        Ok(self.exploration(found, failure))
    }

    /// What the engine runs again and again.
    fn body(&self) -> impl Fn() + Send + Sync + 'static {
        let Plan { fault, weaken, .. } = self.plan;
        let out_of_time_outs = Arc::clone(&lock(&self.total).out_of_time_outs);
        let body = self.scenario.body;
        move || {
            let claims: Claims = run::begin(Broken { fault, weaken }, &out_of_time_outs);
            run::body(|| body(&claims));
        }
    }

    /// The report of a failure: that of its replay, whose steps come in the same order every time.
    ///
    /// Code that is not deterministic may do something else this time, and is reported as it was found.
    fn report(&self, config: Config, first: &graph_engine::Failure) -> Option<Failure> {
        let found = self.failure(&first.path);
        lock(&self.failures).clear();
        let path = Some(first.path.clone());
        let jobs = 1;
        let engine = Engine::new(Config {
            path,
            jobs,
            ..config
        });
        self.explained(engine).run(self.body());
        let again = self.failure(&first.path);
        let same = |again: &Failure| found.as_ref().is_none_or(|found| found.kind == again.kind);
        again.filter(same).or(found)
    }

    /// The engine, with everybody who watches it.
    fn engine(&self, config: Config) -> Engine {
        let (total, progress) = (Arc::clone(&self.total), Arc::clone(&self.plan.progress));
        let watcher = Arc::clone(&self.plan.progress);
        let engine = Engine::new(config)
            .observe(move |_| {
                progress.executions.fetch_add(1, Relaxed);
                lock(&total).add(run::claims().ledger());
            })
            .progress(LOOK, move |at| watcher.advance(at.depth, at.share));
        self.explained(engine)
    }

    /// Lets failures be explained as they are found, on the thread that has the run.
    fn explained(&self, engine: Engine) -> Engine {
        let (failures, replay) = (Arc::clone(&self.failures), self.replay());
        engine.observe_failures(move |found| {
            let replay = Replay {
                search: Search::Path {
                    choices: found.path.clone(),
                },
                ..replay.clone()
            };
            let failure = explain::failure(found, replay);
            lock(&failures).push((found.path.clone(), failure));
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

    fn exploration(
        &self,
        found: graph_engine::Exploration,
        failure: Option<Failure>,
    ) -> Exploration {
        let total = lock(&self.total).clone();
        let coverage = self.coverage(&found, total.is_out_of_time_outs());
        Exploration {
            executions: found.counts.complete + found.counts.failed,
            elapsed: found.elapsed,
            coverage,
            failure,
            graphs: Some(Graphs {
                blocked: found.counts.blocked,
                runs: found.counts.runs,
            }),
            rest: found.rest.map(|checkpoint| total.save(checkpoint)),
            witnesses: total.ledger.witnesses,
            outcomes: total.ledger.outcomes,
        }
    }

    /// The failure that these choices lead to.
    fn failure(&self, path: &[u32]) -> Option<Failure> {
        let failures = lock(&self.failures);
        let found = failures.iter().find(|(known, _)| known == path);
        found.map(|(_, failure)| failure.clone())
    }

    /// What was shown; after a failure, what had been asked for.
    fn coverage(&self, found: &graph_engine::Exploration, out_of_time_outs: bool) -> Coverage {
        if found.verdict == Verdict::Inconclusive {
            return Coverage::Inconclusive {
                reason: self.reason(found),
            };
        }
        let mut by = Vec::new();
        if let Search::Graph {
            stale_reads: Some(most),
            ..
        } = self.plan.search
        {
            by.push(Limit::StaleReads(most));
        }
        if out_of_time_outs {
            by.push(Limit::TimeOuts(MOST_TIME_OUTS));
        }
        if by.is_empty() {
            Coverage::Exhaustive
        } else {
            Coverage::Bounded { by, note: None }
        }
    }

    /// Why nothing was shown.
    fn reason(&self, found: &graph_engine::Exploration) -> String {
        match (&found.failure, &found.rest, &self.plan.search) {
            (Some(limit), _, _) => limit.message.clone(),
            (None, Some(_), _) if self.plan.progress.stop.load(Relaxed) => "stopped".to_owned(),
            (None, Some(_), _) => "out of budget".to_owned(),
            (
                None,
                None,
                Search::Graph {
                    shard: Some((part, parts)),
                    ..
                },
            ) => format!("part {part} of {parts} holds; the verdict is that of all of them"),
            (None, None, _) => "only one graph was run, and it does not fail".to_owned(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
