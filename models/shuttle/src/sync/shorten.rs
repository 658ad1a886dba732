//! From the first execution that failed to the one that is reported: the same failure with fewer preemptions.

use std::time::Duration;

use reports::failure::{Failure, Replay, Tried};
use reports::plan::{Limit, Plan, Progress, Search, World};
use reports::scenario::{Claims, Scenario};

use super::engine::{
    self, Dfs, Ending, Limits, Loosely, Outcome, Run, Strategy, with_fewer_switches,
};

/// What is left of the effort. Counted, not timed, so that the same search always gives the same report.
struct Effort {
    executions: u64,
}

/// Executions in which single switches are undone.
const UNDOING: u64 = 500;

/// Executions for each number of preemptions below the one that is reached by then.
const SEARCHING: u64 = 3_000;

/// The most preemptions for which a search is worth it.
const SEARCHED: usize = 3;

/// Scheduling points of one search.
const POINTS: u64 = 1_000_000;

/// Scheduling points of an execution that is not shortened.
const ENDLESS: usize = 5_000;

/// A failing execution.
struct Found {
    failure: Failure,
    runs: Vec<Run>,
    preemptions: usize,
}

/// The failure that ended the exploration, if one did; as short as a small effort makes it, unless it is a replay or
/// wanted as it was found.
pub(super) fn failure(plan: &Plan, scenario: &Scenario, outcome: &Outcome) -> Option<Failure> {
    let found = found(plan, scenario, outcome)?;
    let is_replay = matches!(plan.search, Search::Replay { .. });
    if plan.as_found || is_replay || found.is_endless() {
        return Some(found.failure);
    }
    let plan = Plan {
        progress: Progress::default().into(),
        ..plan.clone()
    };
    let shorter = undo(&plan, scenario, found);
    Some(search(&plan, scenario, shorter).failure)
}

/// Undoes one switch after the other, as long as the failure stays.
fn undo(plan: &Plan, scenario: &Scenario, mut found: Found) -> Found {
    let mut effort = Effort {
        executions: UNDOING,
    };
    while let Some(shorter) = undo_one(plan, scenario, &found, &mut effort) {
        found = shorter;
    }
    found
}

fn undo_one(plan: &Plan, scenario: &Scenario, found: &Found, effort: &mut Effort) -> Option<Found> {
    with_fewer_switches(&found.runs)
        .take_while(|_| effort.spend())
        .map(|runs| run(plan, scenario, Box::new(Loosely::new(runs)), 1))
        .find_map(|again| again.filter(|again| again.is_shorter_form_of(found)))
}

/// Looks for the failure among all schedules with no preemption, then with one, and so on.
fn search(plan: &Plan, scenario: &Scenario, found: Found) -> Found {
    let mut minimal = Vec::new();
    let mut best = found;
    for bound in 0..best.preemptions.min(SEARCHED) {
        let outcome = explore(plan, scenario, Box::new(Dfs::new(Some(bound))), SEARCHING);
        let again = self::found(plan, scenario, &outcome);
        if let Some(again) = again.filter(|again| again.is_shorter_form_of(&best)) {
            best = again;
            break;
        }
        minimal.push(Tried {
            within: Limit::Preemptions(bound),
            executions: outcome.executions,
            complete: outcome.ending == Ending::Complete,
        });
    }
    best.failure.minimal = minimal;
    best
}

impl Effort {
    /// Takes one execution; false when none is left.
    fn spend(&mut self) -> bool {
        let left = self.executions > 0;
        self.executions = self.executions.saturating_sub(1);
        left
    }
}

impl Found {
    /// Whether it is an execution that was cut off; there is nothing to win in running it again.
    fn is_endless(&self) -> bool {
        let points: usize = self.runs.iter().map(Run::points).sum();
        points >= ENDLESS
    }

    fn is_shorter_form_of(&self, other: &Found) -> bool {
        self.preemptions < other.preemptions
            && self.failure.kind == other.failure.kind
            && self.failure.claim == other.failure.claim
    }
}

fn run(
    plan: &Plan,
    scenario: &Scenario,
    strategy: Box<dyn Strategy>,
    executions: u64,
) -> Option<Found> {
    let outcome = explore(plan, scenario, strategy, executions);
    found(plan, scenario, &outcome)
}

fn explore(
    plan: &Plan,
    scenario: &Scenario,
    strategy: Box<dyn Strategy>,
    executions: u64,
) -> Outcome {
    let limits = Limits {
        executions,
        steps: POINTS,
        time: Duration::MAX,
    };
    engine::run(strategy, plan, limits, scenario, &Claims::default())
}

/// The failure of the execution that ran last, if it failed.
fn found(plan: &Plan, scenario: &Scenario, outcome: &Outcome) -> Option<Found> {
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
    Some(Found {
        failure: record::failure::caught(payload, |_| None, replay),
        runs: outcome.runs.clone(),
        preemptions: outcome.preemptions,
    })
}
