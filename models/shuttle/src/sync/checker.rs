//! Explores a scenario under shuttle.

use std::time::Instant;

use reports::plan::{Coverage, Exploration, Limit, Plan, Search};
use reports::scenario::{Claims, Scenario};

use super::engine::{self, Dfs, Ending, Follow, Limits, Outcome, Pct, Random, Schedule, Strategy};
use super::shorten;

/// Runs the scenario as the plan says, until its end, its budget, or the first failure.
#[must_use]
pub fn explore(plan: &Plan, scenario: &Scenario) -> Exploration {
    let started = Instant::now();
    let strategy = match strategy(&plan.search) {
        Ok(strategy) => strategy,
        Err(reason) => return Exploration::refused(reason),
    };
    let claims = Claims::default();
    let outcome = engine::run(strategy, plan, limits(plan), scenario, &claims);
    let failure = shorten::failure(plan, scenario, &outcome);
    let ledger = claims.ledger();
    Exploration {
        executions: outcome.executions,
        elapsed: started.elapsed(),
        coverage: coverage(plan, &outcome),
        failure,
        witnesses: ledger.witnesses,
        outcomes: ledger.outcomes,
        graphs: None,
        rest: None,
        buffering: None,
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
        Search::Graph { .. }
        | Search::Path { .. }
        | Search::Loom { .. }
        | Search::Stress { .. } => {
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

fn coverage(plan: &Plan, outcome: &Outcome) -> Coverage {
    let reason = match (outcome.ending, &outcome.complaint) {
        (Ending::Complete, Some(complaint)) => complaint.clone(),
        (Ending::Complete | Ending::Failed, _) => return asked(plan, outcome),
        (Ending::Limit, _) => format!("a limit was met after {} executions", outcome.executions),
        (Ending::Stopped, _) => "it was stopped".to_owned(),
    };
    Coverage::Inconclusive { reason }
}

fn asked(plan: &Plan, outcome: &Outcome) -> Coverage {
    match plan.search {
        Search::Dfs { .. } if outcome.out_of_wake_ups => Coverage::Bounded {
            by: vec![Limit::WakeUps(engine::WAKE_UPS as usize)],
            note: None,
        },
        Search::Dfs { .. } => Coverage::Exhaustive,
        Search::Random { executions, .. } | Search::Pct { executions, .. } => {
            Coverage::Sampled { executions }
        }
        _ => Coverage::Sampled {
            executions: outcome.executions,
        },
    }
}
