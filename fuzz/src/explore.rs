//! Runs one program under one explorer, and says what was seen.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use reports::failure::{Failure, Replay};
use reports::plan::{Coverage, Exploration, Plan, Progress, Search, World};
use reports::scenario::Broken;
use reports::trace::Trace;

use crate::history::Call;
use crate::program::Program;
use crate::state::State;
use crate::{running, worlds};

/// Priority changes plus one.
const PCT_DEPTH: usize = 3;

/// Who runs a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explorer {
    /// shuttle: probabilistic concurrency testing.
    Pct,
    /// shuttle: random schedules.
    Random,
    /// The graph checker: every execution.
    Graph,
    /// Real threads.
    Native,
}

impl fmt::Display for Explorer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Explorer::Pct => "shuttle (PCT)",
            Explorer::Random => "shuttle (random)",
            Explorer::Graph => "graph",
            Explorer::Native => "native",
        })
    }
}

/// How a program is to be run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The seed of the first schedule.
    pub seed: u64,
    /// How many executions at most; the graph checker runs all that there are.
    pub executions: u64,
    /// The time that it may take.
    pub budget: Duration,
    /// The seeded fault that is on; not natively, where there is none.
    pub fault: Option<&'static str>,
    /// Leaves the failing schedule as it was found.
    pub as_found: bool,
    /// Shared with whoever watches, and can stop it.
    pub progress: Arc<Progress>,
}

/// What was seen.
#[derive(Debug)]
pub struct Seen {
    /// Executions run.
    pub executions: u64,
    /// What was covered.
    pub coverage: Coverage,
    /// The histories, each once.
    pub histories: HashSet<(Vec<Call>, State)>,
    /// The pairs of places in the source that met: two threads were at them one after the other, and touched the same
    /// thing.
    pub meetings: HashSet<u64>,
    /// What failed.
    pub failure: Option<Failure>,
}

/// Runs the program under the explorer.
#[must_use]
pub fn run(program: &Arc<Program>, explorer: Explorer, settings: &Settings) -> Seen {
    // The graph checker runs threads in any order: only what each thread did says what came before what.
    let turn = running::begin(program, explorer != Explorer::Graph);
    let exploration = match explorer {
        Explorer::Native => native(&turn, settings),
        Explorer::Graph => worlds::graph::explore(&plan(explorer, settings)),
        Explorer::Pct | Explorer::Random => worlds::shuttle::explore(&plan(explorer, settings)),
    };
    Seen {
        executions: exploration.executions,
        coverage: exploration.coverage,
        histories: turn.passed(),
        meetings: turn.meetings(),
        failure: exploration.failure,
    }
}

fn plan(explorer: Explorer, settings: &Settings) -> Plan {
    let (seed, executions) = (settings.seed, settings.executions);
    let search = match explorer {
        Explorer::Pct => Search::Pct {
            seed,
            executions,
            depth: PCT_DEPTH,
        },
        Explorer::Random => Search::Random { seed, executions },
        Explorer::Graph => Search::Graph {
            stale_reads: None,
            preemptions: None,
            shard: None,
        },
        Explorer::Native => Search::Stress { executions },
    };
    Plan {
        fault: settings.fault,
        as_found: settings.as_found,
        progress: Arc::clone(&settings.progress),
        ..Plan::new(search, settings.budget)
    }
}

/// Runs a failing execution again.
#[must_use]
pub fn replay(program: &Arc<Program>, failure: &Failure) -> Option<Failure> {
    let explorer = match failure.replay.world {
        World::Graph => Explorer::Graph,
        _ => Explorer::Random,
    };
    let _turn = running::begin(program, explorer != Explorer::Graph);
    let settings = Settings {
        seed: 0,
        executions: 1,
        budget: Duration::from_secs(60),
        fault: failure.replay.fault.as_deref().and_then(crate::fault),
        as_found: true,
        progress: Arc::default(),
    };
    let plan = Plan {
        search: failure.replay.search.clone(),
        ..plan(explorer, &settings)
    };
    match explorer {
        Explorer::Graph => worlds::graph::explore(&plan),
        _ => worlds::shuttle::explore(&plan),
    }
    .failure
}

/// The simplest form of a failure of the graph checker.
#[must_use]
pub fn simplest(program: &Arc<Program>, settings: &Settings, found: Failure) -> Failure {
    let _turn = running::begin(program, false);
    worlds::graph::simplest(&plan(Explorer::Graph, settings), found)
}

fn native(turn: &running::Turn, settings: &Settings) -> Exploration {
    let start = Instant::now();
    let end = start.checked_add(settings.budget);
    let (most, progress) = (settings.executions, Arc::clone(&settings.progress));
    let goes_on = move |rounds: u64| {
        // ORDERING: Relaxed: numbers for a watcher, and a wish of his, which order nothing.
        progress.executions.fetch_add(1, Ordering::Relaxed);
        // ORDERING: Relaxed, as above.
        let stopped = progress.stop.load(Ordering::Relaxed);
        rounds < most && !stopped && end.is_none_or(|end| Instant::now() < end)
    };
    let (executions, broken) =
        worlds::native::race(&turn.running, settings.seed, Arc::new(goes_on));
    let failure = broken.map(|broken| of_native(broken, executions));
    Exploration {
        executions,
        elapsed: start.elapsed(),
        coverage: Coverage::Sampled { executions },
        failure,
        ..Exploration::refused(String::new())
    }
}

fn of_native(broken: Broken, execution: u64) -> Failure {
    Failure {
        kind: broken.kind,
        claim: broken.claim,
        detail: broken.detail,
        trace: Trace::default(),
        replay: Replay {
            scenario: "fuzz_program".to_owned(),
            world: World::Native,
            search: Search::Stress {
                executions: execution,
            },
            execution,
            fault: None,
            weaken: None,
        },
        minimal: Vec::new(),
    }
}
