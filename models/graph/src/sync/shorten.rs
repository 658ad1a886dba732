//! From the first graph that failed to the one that is reported: the same failure with the fewest stale reads, and
//! among those with the fewest preemptions, then steps.
//!
//! Counted, not timed, so that the same failure always gives the same report.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_engine::Config;
use record::{execution, failure};
use reports::failure::{Failure, FailureKind, Tried};
use reports::plan::{Limit, Plan, Search};
use reports::reading::preemptions;
use reports::scenario::Scenario;

use super::checker::{Explorer, config, lock};

/// Graphs for each bound on stale reads.
const MOST_GRAPHS: u64 = 3_000;

/// Failing graphs that are compared with each other.
const MOST_FAILURES: usize = 100;

/// Failing graphs that are compared when one of them needs no preemption.
const ENOUGH_FAILURES: usize = 16;

/// With more stale reads than these, a failure is reported as it was found.
const MOST_STALE_READS: usize = 3;

/// See [`super::checker::simplest`].
pub(super) fn simplest(plan: &Plan, scenario: &Scenario, found: Failure) -> Failure {
    let asked = match plan.search {
        Search::Graph { stale_reads, .. } if found.kind != FailureKind::Nondeterminism => {
            stale_reads
        }
        _ => return found,
    };
    failure::install();
    let mut minimal = Vec::new();
    for bound in 0..=asked.unwrap_or(MOST_STALE_READS).min(MOST_STALE_READS) {
        let pass = Pass::run(plan, scenario, &found, bound);
        match pass.best {
            Some((size, ref simplest)) => {
                let fewer = size.preemptions.and_then(|count| count.checked_sub(1));
                minimal.extend(fewer.map(|fewer| pass.tried(Limit::Preemptions(fewer))));
                return Failure {
                    minimal,
                    ..simplest.clone()
                };
            }
            None => minimal.push(pass.tried(Limit::StaleReads(bound))),
        }
    }
    Failure { minimal, ..found }
}

/// What makes one form of a failure simpler than another.
#[derive(Clone, Copy, Debug)]
struct Size {
    /// None where it was too dear to count them.
    preemptions: Option<usize>,
    steps: usize,
}

impl Size {
    fn of(failure: &Failure) -> Self {
        Self {
            preemptions: preemptions(&failure.trace),
            steps: failure.trace.steps.len(),
        }
    }

    fn key(self) -> (usize, usize) {
        (self.preemptions.unwrap_or(usize::MAX), self.steps)
    }
}

/// All graphs with as many stale reads, or as many of them as there is room for.
struct Pass {
    executions: u64,
    /// Whether these are all, and each came to its end or to such a failure.
    complete: bool,
    /// The simplest of the failures, as a replay shows it.
    best: Option<(Size, Failure)>,
}

impl Pass {
    fn run(plan: &Plan, scenario: &Scenario, found: &Failure, stale_reads: usize) -> Self {
        let plan = Plan {
            search: Search::Graph {
                stale_reads: Some(stale_reads),
                preemptions: None,
                shard: None,
            },
            budget: Duration::MAX,
            jobs: 1,
            resume: None,
            progress: Arc::default(),
            ..plan.clone()
        };
        let met = Arc::new(Mutex::new(Met {
            kind: found.kind,
            claim: found.claim.clone(),
            failures: 0,
            others: 0,
            best: None,
            stop: Arc::clone(&plan.progress.stop),
        }));
        let Ok(config) = config(&plan) else {
            unreachable!("it is a search of graphs");
        };
        let config = Config {
            keep_going: true,
            max_graphs: Some(MOST_GRAPHS),
            max_time: None,
            ..config
        };
        let explorer = Explorer::new(&plan, scenario);
        let watcher = Arc::clone(&met);
        let engine = explorer.failing(config, move |_, failure| lock(&watcher).add(failure));
        let explored = engine.run(explorer.body());
        execution::end();
        let met = lock(&met);
        let replayed = |(size, failure): &(Size, Failure)| {
            let again = explorer.again(failure);
            (*size, again.unwrap_or_else(|| failure.clone()))
        };
        Self {
            executions: explored.counts.complete + explored.counts.failed,
            complete: explored.rest.is_none() && met.others == 0,
            best: met.best.as_ref().map(replayed),
        }
    }

    fn tried(&self, within: Limit) -> Tried {
        Tried {
            within,
            executions: self.executions,
            complete: self.complete,
        }
    }
}

/// The failures that were met so far.
struct Met {
    /// What they must be forms of.
    kind: FailureKind,
    claim: String,
    /// How many there were, and how many of them were others.
    failures: usize,
    others: usize,
    /// The simplest.
    best: Option<(Size, Failure)>,
    /// Set when nothing better is to be expected.
    stop: Arc<AtomicBool>,
}

impl Met {
    fn add(&mut self, failure: Failure) {
        self.failures += 1;
        if (failure.kind, &failure.claim) != (self.kind, &self.claim) {
            self.others += 1;
            return;
        }
        let size = Size::of(&failure);
        let best = self.best.as_ref().map(|(best, _)| best.key());
        if best.is_none_or(|best| size.key() < best) {
            self.best = Some((size, failure));
        }
        let is_least = |(size, _): &(Size, Failure)| size.preemptions == Some(0);
        let enough = match self.best.as_ref().is_some_and(is_least) {
            true => ENOUGH_FAILURES,
            false => MOST_FAILURES,
        };
        if self.failures >= enough {
            // ORDERING: Relaxed: read by the same thread, before its next graph.
            self.stop.store(true, Relaxed);
        }
    }
}
