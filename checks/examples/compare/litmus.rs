//! The litmus corpus on Raddle's own checker and on loom: how much is run, how fast, and who finds what.

use std::time::{Duration, Instant};

use reports::plan::{Coverage, Exploration, Plan, Search};
use reports::scenario::Scenario;

use crate::Options;
use crate::cell::{COMPLETE, GRAPH, PLAIN, count, rate, time};
use crate::markdown::Table;

/// A test is repeated as long as this, or once.
const REPEAT: Duration = Duration::from_millis(40);

/// One test on one checker.
struct Measured {
    found: Exploration,
    /// What one exploration took.
    time: Duration,
}

impl Measured {
    fn new(options: Options, search: &Search, explore: impl Fn(&Plan) -> Exploration) -> Self {
        let plan = Plan::new(search.clone(), options.budget);
        let repeat = if options.quick {
            Duration::ZERO
        } else {
            REPEAT
        };
        let (start, mut times) = (Instant::now(), 0);
        let found = loop {
            let found = explore(&plan);
            times += 1;
            if start.elapsed() >= repeat {
                break found;
            }
        };
        let time = start.elapsed() / times;
        Self { found, time }
    }

    /// Where it differs from all outcomes, and whether it says that it was exhaustive.
    fn differs(&self, all: &Exploration) -> Option<String> {
        let missed = (&all.outcomes - &self.found.outcomes).len();
        let invented = (&self.found.outcomes - &all.outcomes).len();
        let what = match (missed, invented) {
            (0, 0) => return None,
            (0, _) => format!("finds {invented} that C11 forbids"),
            _ => format!("misses {missed} of {}", all.outcomes.len()),
        };
        let complete = self.found.coverage == Coverage::Exhaustive;
        let says = if complete {
            ", and says exhaustive"
        } else {
            ""
        };
        Some(what + says)
    }
}

fn loom(options: Options, scenario: &Scenario, search: &Search) -> Measured {
    let explore = checks_loom::rt::sync::checker::explore;
    Measured::new(options, search, |plan| explore(plan, scenario))
}

/// Each test of the corpus on each checker.
pub(crate) fn table(options: Options) -> Table {
    let head = [
        "litmus test",
        "graphs",
        "runs",
        "time",
        "graphs/s",
        "plain loom, bound 3",
        "time",
        "complete loom, no bound",
        "time",
        "who differs",
    ];
    let mut table = Table::new(&head);
    table.entitle(
        "The litmus corpus; a time is that of one exploration, threads of the checker included.",
    );
    let pairs = checks_graph::litmus::ALL
        .iter()
        .zip(checks_loom::litmus::ALL);
    for (ours, theirs) in pairs {
        let explore = checks_graph::rt::sync::checker::explore;
        let scenario = ours.scenario();
        let graph = Measured::new(options, &GRAPH, |plan| explore(plan, &scenario));
        let looms = [PLAIN, COMPLETE].map(|search| loom(options, &theirs.scenario(), &search));
        table.push(row(ours.program.name, &graph, &looms));
    }
    table
}

fn row(name: &str, graph: &Measured, looms: &[Measured; 2]) -> Vec<String> {
    let Exploration {
        executions, graphs, ..
    } = graph.found;
    let runs = graphs.map_or(0, |graphs| graphs.runs);
    let mut cells = vec![
        name.to_owned(),
        count(executions),
        count(runs),
        time(graph.time),
    ];
    cells.push(rate(executions, graph.time));
    for loom in looms {
        cells.extend([count(loom.found.executions), time(loom.time)]);
    }
    let differences = ["plain loom", "complete loom"].into_iter().zip(looms);
    let differences = differences
        .filter_map(|(who, loom)| Some(format!("{who} {}", loom.differs(&graph.found)?)));
    cells.push(differences.collect::<Vec<_>>().join("; "));
    cells
}
