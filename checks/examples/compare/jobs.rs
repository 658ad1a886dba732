//! What a second job of Raddle's own checker gains.

use std::sync::Arc;
use std::time::Duration;

use reports::plan::World;
use reports::run::Row;

use crate::Options;
use crate::cell::{count, job};
use crate::markdown::Table;

/// How many pairs are measured at least and at most.
const PAIRS: (usize, usize) = (3, 9);

/// One job against two, in pairs that follow each other, so that both meet the same load.
pub(crate) fn table(options: Options, largest: &[&Row]) -> Table {
    let head = [
        "scenario",
        "graphs",
        "pairs",
        "graphs/s, one job",
        "graphs/s, two jobs",
        "speed-up",
    ];
    let mut table = Table::new(&head);
    table.entitle("One job against two: medians of the rates, and of the ratios of the pairs.");
    for row in largest {
        let pairs: Vec<[f64; 2]> = (0..pairs(options, row.elapsed))
            .map(|_| [1, 2].map(|jobs| graphs_per_second(options, &row.scenario, jobs)))
            .collect();
        let rate = |jobs: usize| count(median(pairs.iter().map(|pair| pair[jobs])) as u64);
        let ratio = median(pairs.iter().map(|[one, two]| two / one));
        table.push(vec![
            row.scenario.clone(),
            count(row.executions),
            pairs.len().to_string(),
            rate(0),
            rate(1),
            format!("{ratio:.2}"),
        ]);
    }
    table
}

/// As many pairs as the budget allows, an odd number.
fn pairs(options: Options, one: Duration) -> usize {
    if options.quick {
        return 1;
    }
    let pairs = options.budget.as_secs_f64() / (1.5 * one.as_secs_f64());
    (pairs as usize).clamp(PAIRS.0, PAIRS.1) | 1
}

fn graphs_per_second(options: Options, scenario: &str, jobs: usize) -> f64 {
    let mut job = job(options, World::Graph, scenario);
    job.settings.jobs = jobs;
    let row = job.run(&Arc::default());
    row.executions as f64 / row.elapsed.as_secs_f64()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
