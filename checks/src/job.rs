//! One scenario in one world: runs its searches and comes to a verdict.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reports::failure::FailureKind;
use reports::plan::{Coverage, Exploration, Plan, Progress, Search, World};
use reports::run::Row;
use reports::scenario::Scenario;

use crate::findings::Findings;
use crate::hush::Hush;
use crate::searches::{self, Settings};
use crate::sources;
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
        let hush = Hush::start();
        let mut found = Findings::default();
        let start = Instant::now();
        for search in searches {
            let budget = self.settings.budget.saturating_sub(start.elapsed());
            found.add(&search, self.explore(search.clone(), budget, progress));
            if found.is_settled() {
                break;
            }
        }
        drop(hush);
        self.row_of(found, start.elapsed())
    }

    /// The row of what was found, with its failure in the simplest form. A part leaves its failure as it is, since of
    /// those that the parts have found the first is the one to simplify.
    pub(crate) fn row_of(&self, mut found: Findings, elapsed: Duration) -> Row {
        let search = found.searches.last().cloned();
        if let Some(search) = search.filter(is_whole) {
            let _hush = Hush::start();
            let plan = self.plan(search, Duration::MAX, &Arc::default());
            let failure = found.failure.take();
            found.failure = failure.map(|failure| worlds::simplest(&plan, &self.scenario, failure));
        }
        let mut row = found.row(self, elapsed);
        if let Some(failure) = &mut row.failure {
            failure.trace.excerpts = sources::excerpts(&failure.trace);
        }
        row
    }

    /// Runs one search; a checker that panics itself has shown nothing.
    fn explore(&self, search: Search, budget: Duration, progress: &Arc<Progress>) -> Exploration {
        let plan = self.plan(search, budget, progress);
        let explore = || worlds::explore(self.world, &plan, &self.scenario);
        panic::catch_unwind(AssertUnwindSafe(explore)).unwrap_or_else(|payload| crashed(&*payload))
    }

    /// What the world is told.
    pub(crate) fn plan(&self, search: Search, budget: Duration, progress: &Arc<Progress>) -> Plan {
        Plan {
            search,
            budget,
            fault: self.settings.fault,
            weaken: self.settings.weaken,
            stack: self.settings.stack,
            jobs: self.settings.jobs,
            resume: self.settings.resume.clone(),
            as_found: false,
            progress: Arc::clone(progress),
        }
    }
}

/// Whether a search is of all graphs, or of none.
fn is_whole(search: &Search) -> bool {
    !matches!(search, Search::Graph { shard: Some(_), .. })
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
    let mut found = Findings {
        searches: searches::searches(job.world, &job.scenario, &job.settings),
        coverage: Some(Coverage::Sampled { executions: 0 }),
        ..Findings::default()
    };
    found.failure = found.failed(job, FailureKind::Panic, "the process survives", how);
    found.row(job, elapsed)
}

/// The row of a job whose turn never came.
#[must_use]
pub fn not_run(job: &Job) -> Row {
    let found = Findings {
        searches: searches::searches(job.world, &job.scenario, &job.settings),
        coverage: Some(Coverage::Inconclusive {
            reason: "stopped before it began".to_owned(),
        }),
        ..Findings::default()
    };
    found.row(job, Duration::ZERO)
}
