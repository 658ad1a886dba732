//! The largest scenarios on Raddle's own checker, on loom as it comes, and on loom with what the facade adds.

use std::cmp::Reverse;

use reports::plan::World;
use reports::run::Row;

use crate::Options;
use crate::cell::{self, COMPLETE, PLAIN, count, rate, time, verdict};
use crate::markdown::Table;
use crate::scenarios::Compared;

/// How many are large.
const LARGE: usize = 5;

/// The scenarios with the most graphs.
pub(crate) fn of(rows: &[Compared]) -> Vec<&Row> {
    let mut rows: Vec<&Row> = rows.iter().map(|row| &row.graph).collect();
    rows.sort_by_key(|row| Reverse(row.executions));
    rows.truncate(LARGE);
    rows
}

/// What each checker does with them.
pub(crate) fn table(options: Options, largest: &[&Row]) -> Table {
    let head = [
        "scenario",
        "graphs",
        "runs",
        "time",
        "graphs/s",
        "verdict",
        "plain loom, bound 3",
        "time",
        "verdict",
        "complete loom, no bound",
        "time",
        "verdict",
    ];
    let mut table = Table::new(&head);
    table.entitle(format!(
        "The {} scenarios with the most graphs; a cell took {} s at most.",
        largest.len(),
        options.budget.as_secs()
    ));
    for graph in largest {
        let runs = graph.graphs.map_or(0, |graphs| graphs.runs);
        let mut cells = vec![graph.scenario.clone(), count(graph.executions), count(runs)];
        cells.extend([
            time(graph.elapsed),
            rate(graph.executions, graph.elapsed),
            verdict(graph),
        ]);
        for search in [PLAIN, COMPLETE] {
            let row = cell::explore(options, World::Loom, &graph.scenario, search);
            cells.extend([count(row.executions), time(row.elapsed), verdict(&row)]);
        }
        table.push(cells);
    }
    table
}
