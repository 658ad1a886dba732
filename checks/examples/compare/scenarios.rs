//! Every scenario on Raddle's own checker, on loom as the command runs it, and under depth-first search.

use checks::searches;
use checks::worlds;
use reports::plan::World;
use reports::run::Row;
use std::sync::Arc;

use crate::Options;
use crate::cell::{count, job, time, verdict};
use crate::markdown::Table;

/// One scenario in the worlds that are compared.
#[derive(Debug)]
pub(crate) struct Compared {
    /// On Raddle's own checker.
    pub(crate) graph: Row,
    /// On loom and shuttle, if they were asked.
    pub(crate) others: Option<[Row; 2]>,
}

/// Explores every scenario; a smoke run takes a few.
pub(crate) fn explore(options: Options) -> Vec<Compared> {
    let scenarios = worlds::scenarios(World::Graph);
    let step = if options.quick { 20 } else { 1 };
    let names = scenarios.iter().step_by(step).map(|scenario| scenario.name);
    let compared = names.map(|name| {
        eprintln!("{name}");
        Compared {
            graph: first(options, World::Graph, name),
            others: options
                .tables
                .then(|| [World::Loom, World::Shuttle].map(|world| first(options, world, name))),
        }
    });
    compared.collect()
}

/// Runs the first search of a world: what shuttle samples after that enumerates nothing.
fn first(options: Options, world: World, scenario: &str) -> Row {
    let job = job(options, world, scenario);
    let mut searches = searches::searches(world, &job.scenario, &job.settings);
    searches.truncate(1);
    job.run_searches(searches, &Arc::default())
}

/// Executions, time and verdict of each scenario in each of the worlds.
pub(crate) fn table(rows: &[Compared]) -> Table {
    let head = [
        "scenario",
        "graphs",
        "time",
        "graph",
        "loom executions",
        "time",
        "loom",
        "schedules",
        "time",
        "shuttle DFS",
    ];
    let mut table = Table::new("Every scenario in the three model worlds.", &head);
    for Compared { graph, others } in rows {
        let mut cells = vec![graph.scenario.clone()];
        for row in std::iter::once(graph).chain(others.iter().flatten()) {
            cells.extend([count(row.executions), time(row.elapsed), verdict(row)]);
        }
        table.push(cells);
    }
    table
}
