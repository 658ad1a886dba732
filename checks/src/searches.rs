//! How each world looks for a failure unless it is told otherwise.

use std::time::Duration;

use reports::plan::{Rest, STACK, Search, World};
use reports::scenario::{Bound, Scenario};

/// What one scenario may cost in one world.
pub const BUDGET: Duration = Duration::from_secs(60);

/// shuttle enumerates the schedules when there are not more than these, and samples them otherwise.
const DFS_LIMIT: u64 = 60_000;
const SAMPLES: u64 = 4_000;
const SEED: u64 = 0x0072_6164_646c_6500;
const PCT_DEPTH: usize = 3;
const STRESSES: u64 = 2_000;

/// What the command line can change.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The time for one scenario in one world.
    pub budget: Duration,
    /// The graph checker's bound on preemptions, and loom's instead of the scenario's own.
    pub preemptions: Option<usize>,
    /// loom without a preemption bound, whatever the scenario says.
    pub complete: bool,
    /// The graph checker's bound on stale reads; none explores without.
    pub stale_reads: Option<usize>,
    /// `(i, n)`: the graph checker explores the i-th of n parts only.
    pub shard: Option<(u64, u64)>,
    /// Bytes of stack for each thread of the graph checker's model.
    pub stack: usize,
    /// How many OS threads may share one exploration of the graph checker.
    pub jobs: usize,
    /// What an earlier exploration of the graph checker had left.
    pub resume: Option<Rest>,
    /// The fault that is switched on.
    pub fault: Option<&'static str>,
    /// The site that is weakened.
    pub weaken: Option<&'static str>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            budget: BUDGET,
            preemptions: None,
            complete: false,
            stale_reads: None,
            shard: None,
            stack: STACK,
            jobs: 1,
            resume: None,
            fault: None,
            weaken: None,
        }
    }
}

/// The searches to run one after the other; the first that enumerates everything settles the matter.
#[must_use]
pub fn searches(world: World, scenario: &Scenario, settings: &Settings) -> Vec<Search> {
    match world {
        World::Graph => vec![Search::Graph {
            stale_reads: settings.stale_reads,
            preemptions: settings.preemptions,
            shard: settings.shard,
        }],
        World::Loom => vec![loom(scenario.bound, settings)],
        World::Shuttle => vec![
            Search::Dfs { limit: DFS_LIMIT },
            Search::Pct {
                seed: SEED,
                executions: SAMPLES,
                depth: PCT_DEPTH,
            },
            Search::Random {
                seed: SEED,
                executions: SAMPLES,
            },
        ],
        World::Native => vec![Search::Stress {
            executions: STRESSES,
        }],
    }
}

fn loom(bound: Bound, settings: &Settings) -> Search {
    let own = match bound {
        Bound::Complete => None,
        Bound::Preemptions(count) => Some(count),
    };
    Search::Loom {
        // The plain mode is there to show what loom misses; a verdict comes from the complete one, bounded or not.
        complete: true,
        preemptions: match (settings.preemptions, settings.complete) {
            (Some(count), _) => Some(count),
            (None, true) => None,
            (None, false) => own,
        },
    }
}

#[cfg(test)]
mod tests {
    use reports::plan::Search;
    use reports::scenario::Bound;

    use super::{Settings, loom};

    fn with(preemptions: Option<usize>, complete: bool) -> Settings {
        Settings {
            preemptions,
            complete,
            ..Settings::default()
        }
    }

    fn search(preemptions: Option<usize>) -> Search {
        Search::Loom {
            complete: true,
            preemptions,
        }
    }

    #[test]
    fn a_scenario_is_explored_as_it_asks() {
        let default = Settings::default();
        assert_eq!(loom(Bound::Complete, &default), search(None));
        assert_eq!(loom(Bound::Preemptions(2), &default), search(Some(2)));
    }

    #[test]
    fn the_command_line_wins_over_the_scenario() {
        assert_eq!(
            loom(Bound::Complete, &with(Some(3), false)),
            search(Some(3))
        );
        assert_eq!(loom(Bound::Preemptions(2), &with(None, true)), search(None));
        assert_eq!(
            loom(Bound::Preemptions(2), &with(Some(4), true)),
            search(Some(4))
        );
    }
}
