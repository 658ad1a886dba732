//! One scenario in one world: runs its searches and comes to a verdict.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reports::failure::{Failure, FailureKind, Replay};
use reports::plan::{Coverage, Exploration, Graphs, Plan, Progress, Rest, Search, World};
use reports::run::{Row, Verdict};
use reports::scenario::Scenario;
use reports::trace::Trace;

use crate::hush::Hush;
use crate::searches::{self, Settings};
use crate::worlds;

/// One scenario in one world.
#[derive(Clone, Debug)]
pub struct Job {
    /// The scenario, as the world mounts it.
    pub scenario: Scenario,
    /// The world.
    pub world: World,
    /// How to run it.
    pub settings: Settings,
}

impl Job {
    /// Runs the searches until one fails or one has enumerated everything.
    #[must_use]
    pub fn run(&self, progress: &Arc<Progress>) -> Row {
        let searches = searches::searches(self.world, &self.scenario, &self.settings);
        self.run_searches(searches, progress)
    }

    /// Runs these searches instead of the world's own.
    #[must_use]
    pub fn run_searches(&self, searches: Vec<Search>, progress: &Arc<Progress>) -> Row {
        let _hush = Hush::start();
        let mut found = Findings::default();
        let start = Instant::now();
        for search in searches {
            let budget = self.settings.budget.saturating_sub(start.elapsed());
            found.add(&search, self.explore(search.clone(), budget, progress));
            if found.is_settled() {
                break;
            }
        }
        found.row(self, start.elapsed())
    }

    /// Runs one search; a checker that panics itself has shown nothing.
    fn explore(&self, search: Search, budget: Duration, progress: &Arc<Progress>) -> Exploration {
        let plan = Plan {
            search,
            budget,
            fault: self.settings.fault,
            weaken: self.settings.weaken,
            jobs: self.settings.jobs,
            resume: self.settings.resume.clone(),
            progress: Arc::clone(progress),
        };
        let explore = || worlds::explore(self.world, &plan, &self.scenario);
        panic::catch_unwind(AssertUnwindSafe(explore)).unwrap_or_else(|payload| crashed(&*payload))
    }
}

fn crashed(payload: &(dyn Any + Send)) -> Exploration {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Exploration::refused(format!("the checker panicked: {text}"))
}

/// The row of a job whose process did not survive it.
#[must_use]
pub fn crashed_row(job: &Job, elapsed: Duration, how: &str) -> Row {
    let mut found = Findings::default();
    found.searches = searches::searches(job.world, &job.scenario, &job.settings);
    found.coverage = Some(Coverage::Sampled { executions: 0 });
    found.failure = found.failed(job, FailureKind::Panic, "the process survives", how);
    found.row(job, elapsed)
}

/// What the searches of one job found together.
#[derive(Debug, Default)]
struct Findings {
    searches: Vec<Search>,
    executions: u64,
    sampled: u64,
    coverage: Option<Coverage>,
    witnesses: BTreeMap<&'static str, u64>,
    failure: Option<Failure>,
    graphs: Option<Graphs>,
    rest: Option<Rest>,
}

impl Findings {
    fn add(&mut self, search: &Search, exploration: Exploration) {
        self.searches.push(search.clone());
        self.executions += exploration.executions;
        for (witness, count) in exploration.witnesses {
            *self.witnesses.entry(witness).or_default() += count;
        }
        self.failure = exploration.failure;
        self.graphs = exploration.graphs;
        self.rest = exploration.rest;
        self.coverage = Some(match exploration.coverage {
            Coverage::Sampled { executions } => {
                self.sampled += executions;
                Coverage::Sampled {
                    executions: self.sampled,
                }
            }
            other => other,
        });
    }

    fn is_settled(&self) -> bool {
        let enumerated = matches!(
            self.coverage,
            Some(Coverage::Exhaustive | Coverage::Bounded { .. })
        );
        self.failure.is_some() || enumerated
    }

    fn row(mut self, job: &Job, elapsed: Duration) -> Row {
        let scenario = &job.scenario;
        let missing = self.missing(scenario);
        let coverage = self.coverage.take().unwrap_or(Coverage::Inconclusive {
            reason: "nothing was run".to_owned(),
        });
        let verdict = verdict(job.world, self.failure.is_some(), &coverage, &missing);
        if verdict == Verdict::Vacuous {
            let claim = format!("sometimes: {}", missing.join(", "));
            let detail = format!("never reached in {} executions", self.executions);
            self.failure = self.failed(job, FailureKind::Vacuous, &claim, &detail);
        }
        Row {
            scenario: scenario.name.to_owned(),
            pillar: scenario.pillar,
            question: scenario.question.to_owned(),
            world: job.world,
            searches: self.searches,
            coverage,
            executions: self.executions,
            elapsed,
            verdict,
            witnesses: self
                .witnesses
                .into_iter()
                .map(|(witness, count)| (witness.to_owned(), count))
                .collect(),
            missing,
            failure: self.failure,
            graphs: self.graphs,
            rest: self.rest,
        }
    }

    /// The witnesses that were never reached.
    fn missing(&self, scenario: &Scenario) -> Vec<String> {
        let reached = |witness: &&&str| self.witnesses.contains_key(**witness);
        let witnesses = scenario.sometimes.iter();
        witnesses
            .filter(|witness| !reached(witness))
            .map(|witness| (*witness).to_owned())
            .collect()
    }

    /// A failure that no checker found.
    fn failed(&self, job: &Job, kind: FailureKind, claim: &str, detail: &str) -> Option<Failure> {
        Some(Failure {
            kind,
            claim: claim.to_owned(),
            detail: detail.to_owned(),
            trace: Trace::default(),
            replay: Replay {
                scenario: job.scenario.name.to_owned(),
                world: job.world,
                search: self.searches.last()?.clone(),
                execution: self.executions,
                fault: job.settings.fault.map(str::to_owned),
                weaken: job.settings.weaken.map(str::to_owned),
            },
        })
    }
}

/// A witness that real threads did not happen to reach says nothing; one that a checker never reached says that the
/// scenario asks nothing.
fn verdict(world: World, failed: bool, coverage: &Coverage, missing: &[String]) -> Verdict {
    if failed {
        Verdict::Failed
    } else if matches!(coverage, Coverage::Inconclusive { .. }) {
        Verdict::Inconclusive
    } else if !missing.is_empty() && world != World::Native {
        Verdict::Vacuous
    } else {
        Verdict::Held
    }
}
