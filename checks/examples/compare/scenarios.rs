//! Every scenario on Raddle's own checker, on loom as the command runs it, and under depth-first search.

use std::sync::Arc;

use checks::searches;
use checks::worlds;
use reports::plan::{Coverage, World};
use reports::run::Row;

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

impl Compared {
    fn all(&self) -> impl Iterator<Item = &Row> {
        std::iter::once(&self.graph).chain(self.others.iter().flatten())
    }
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
        "graph: graphs",
        "time",
        "verdict",
        "loom: executions",
        "time",
        "verdict",
        "shuttle DFS: schedules",
        "time",
        "verdict",
    ];
    let mut table = Table::new(&head);
    for compared in rows {
        let mut cells = vec![compared.graph.scenario.clone()];
        for row in compared.all() {
            cells.extend([count(row.executions), time(row.elapsed), verdict(row)]);
        }
        table.push(cells);
    }
    table.entitle(title(rows));
    table
}

/// In how many scenarios each world has enumerated everything.
fn title(rows: &[Compared]) -> String {
    let rows = || rows.iter().flat_map(Compared::all);
    let exhaustive = |world: World| {
        let rows = rows().filter(|row| row.world == world);
        rows.filter(|row| row.coverage == Coverage::Exhaustive)
            .count()
    };
    format!(
        "{} scenarios. Exhaustive are: graph {}, loom {}, shuttle DFS {} (for sequential consistency).",
        rows().filter(|row| row.world == World::Graph).count(),
        exhaustive(World::Graph),
        exhaustive(World::Loom),
        exhaustive(World::Shuttle),
    )
}
