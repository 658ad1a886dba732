//! Explores a scenario under shuttle.

use std::time::{Duration, Instant};

use reports::failure::{Failure, Replay};
use reports::plan::{Coverage, Exploration, Plan, Search, World};
use reports::scenario::{Claims, Scenario};

use super::engine::{self, Dfs, Ending, Follow, Limits, Outcome, Pct, Random, Schedule, Strategy};

/// Runs the scenario as the plan says, until its end, its budget, or the first failure.
#[must_use]
pub fn explore(plan: &Plan, scenario: &Scenario) -> Exploration {
    let started = Instant::now();
    let strategy = match strategy(&plan.search) {
        Ok(strategy) => strategy,
        Err(reason) => return refused(reason),
    };
    let claims = Claims::default();
    let outcome = engine::run(strategy, plan, limits(plan), scenario, &claims);
    let failure = failure(plan, scenario, &outcome);
    let failure = failure.map(|failure| shorten(plan, scenario, failure, &outcome));
    let ledger = claims.ledger();
    Exploration {
        executions: outcome.executions,
        elapsed: started.elapsed(),
        coverage: coverage(plan, &outcome),
        failure,
        witnesses: ledger.witnesses,
        outcomes: ledger.outcomes,
    }
}

fn strategy(search: &Search) -> Result<Box<dyn Strategy>, String> {
    Ok(match *search {
        Search::Dfs { .. } => Box::new(Dfs::new(None)),
        Search::Random { seed, executions } => Box::new(Random::new(seed, executions)),
        Search::Pct {
            seed,
            executions,
            depth,
        } => Box::new(Pct::new(seed, executions, depth)),
        Search::Replay { ref schedule } => Box::new(Follow::new(
            Schedule::parse(schedule)
                .map_err(|part| format!("`{part}` is not part of a schedule"))?,
        )),
        Search::Loom { .. } | Search::Stress { .. } => {
            return Err("this search belongs to another world".to_owned());
        }
    })
}

fn limits(plan: &Plan) -> Limits {
    let executions = match plan.search {
        Search::Dfs { limit } => limit,
        _ => u64::MAX,
    };
    Limits {
        executions,
        steps: u64::MAX,
        time: plan.budget,
    }
}

fn refused(reason: String) -> Exploration {
    Exploration {
        executions: 0,
        elapsed: Duration::ZERO,
        coverage: Coverage::Inconclusive { reason },
        failure: None,
        witnesses: Default::default(),
        outcomes: Default::default(),
    }
}

fn coverage(plan: &Plan, outcome: &Outcome) -> Coverage {
    let reason = match outcome.ending {
        Ending::Complete | Ending::Failed => return asked(plan, outcome),
        Ending::Limit => format!("a limit was met after {} executions", outcome.executions),
        Ending::Stopped => "it was stopped".to_owned(),
    };
    Coverage::Inconclusive { reason }
}

fn asked(plan: &Plan, outcome: &Outcome) -> Coverage {
    match plan.search {
        Search::Dfs { .. } => Coverage::Exhaustive,
        Search::Random { executions, .. } | Search::Pct { executions, .. } => {
            Coverage::Sampled { executions }
        }
        _ => Coverage::Sampled {
            executions: outcome.executions,
        },
    }
}

/// The failure of the execution that ran last, if it failed.
fn failure(plan: &Plan, scenario: &Scenario, outcome: &Outcome) -> Option<Failure> {
    let payload = outcome.payload.as_deref()?;
    let replay = Replay {
        scenario: scenario.name.to_owned(),
        world: World::Shuttle,
        search: Search::Replay {
            schedule: outcome.schedule.to_string(),
        },
        execution: 1,
        fault: plan.fault.map(str::to_owned),
        weaken: plan.weaken.map(str::to_owned),
    };
    Some(record::failure::caught(payload, |_| None, replay))
}

/// Looks for the same failure with fewer preemptions: with none, then one, and so on, as far as a short search goes.
///
/// A schedule that is replayed is shown as it is.
fn shorten(plan: &Plan, scenario: &Scenario, failure: Failure, outcome: &Outcome) -> Failure {
    if matches!(plan.search, Search::Replay { .. }) {
        return failure;
    }
    let shorter = (0..outcome.preemptions).find_map(|bound| again(plan, scenario, &failure, bound));
    shorter.unwrap_or(failure)
}

/// Counted, not timed, so that the same search always gives the same report.
const SHORTENING: Limits = Limits {
    executions: 5_000,
    steps: 1_000_000,
    time: Duration::MAX,
};

/// The same failure with at most `bound` preemptions.
fn again(plan: &Plan, scenario: &Scenario, failure: &Failure, bound: usize) -> Option<Failure> {
    let plan = Plan {
        progress: Default::default(),
        ..plan.clone()
    };
    let strategy = Box::new(Dfs::new(Some(bound)));
    let claims = Claims::default();
    let outcome = engine::run(strategy, &plan, SHORTENING, scenario, &claims);
    let found = self::failure(&plan, scenario, &outcome)?;
    let same = found.kind == failure.kind && found.claim == failure.claim;
    same.then_some(found)
}
