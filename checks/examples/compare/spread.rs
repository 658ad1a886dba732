//! How alike the parts of a search are.

use std::sync::Arc;

use reports::plan::World;
use reports::run::Row;

use crate::Options;
use crate::cell::{count, job};
use crate::markdown::Table;

/// Into how many parts a search is divided.
const PARTS: u64 = 16;

/// For each scenario its graphs, and the largest and the smallest of its parts by their mean.
pub(crate) fn table(options: Options, largest: &[&Row]) -> Table {
    let mut table = Table::new(&["scenario", "graphs", "largest / mean", "smallest / mean"]);
    table.entitle(format!(
        "How alike {PARTS} parts are, by the graphs that each one visits."
    ));
    for row in largest {
        let parts: Vec<u64> = (0..PARTS)
            .map(|part| graphs(options, &row.scenario, part))
            .collect();
        let sum: u64 = parts.iter().sum();
        let by_mean = |graphs: Option<&u64>| {
            let graphs = graphs.copied().unwrap_or_default();
            format!("{:.2}", (graphs * PARTS) as f64 / sum.max(1) as f64)
        };
        let (most, least) = (by_mean(parts.iter().max()), by_mean(parts.iter().min()));
        table.push(vec![row.scenario.clone(), count(sum), most, least]);
    }
    table
}

fn graphs(options: Options, scenario: &str, part: u64) -> u64 {
    let mut job = job(options, World::Graph, scenario);
    job.settings.shard = Some((part + 1, PARTS));
    job.run(&Arc::default()).executions
}
