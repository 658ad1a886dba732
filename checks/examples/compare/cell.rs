//! How one exploration is asked for and written down.

use std::sync::Arc;
use std::time::Duration;

use checks::job::Job;
use checks::registry;
use checks::searches::Settings;
use reports::plan::{Coverage, Search, World};
use reports::run::{Row, Verdict};

use crate::Options;

/// loom as it comes, with the bound that its users set.
pub(crate) const PLAIN: Search = Search::Loom {
    complete: false,
    preemptions: Some(3),
};

/// loom with what the facade adds, and without a bound.
pub(crate) const COMPLETE: Search = Search::Loom {
    complete: true,
    preemptions: None,
};

/// Raddle's own checker, without a bound.
pub(crate) const GRAPH: Search = Search::Graph {
    stale_reads: None,
    preemptions: None,
    shard: None,
};

/// The job of one scenario in one world.
pub(crate) fn job(options: Options, world: World, scenario: &str) -> Job {
    let settings = Settings {
        budget: options.budget,
        ..Settings::default()
    };
    Job {
        scenario: registry::named(world, scenario).expect("every world has every scenario"),
        world,
        settings,
    }
}

/// Runs one search of one scenario.
pub(crate) fn explore(options: Options, world: World, scenario: &str, search: Search) -> Row {
    job(options, world, scenario).run_searches(vec![search], &Arc::default())
}

/// A count with separators.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups = groups.map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(",")
}

/// A time, as exact as it is worth.
pub(crate) fn time(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds < 0.000_95 => format!("{:.0} µs", seconds * 1e6),
        seconds if seconds < 0.095 => format!("{:.1} ms", seconds * 1e3),
        seconds => format!("{seconds:.2} s"),
    }
}

/// Executions a second.
pub(crate) fn rate(executions: u64, time: Duration) -> String {
    count((executions as f64 / time.as_secs_f64()) as u64)
}

/// What a row came to, in a few words.
pub(crate) fn verdict(row: &Row) -> String {
    match (row.verdict, &row.coverage) {
        (Verdict::Held, _) => row.bound(),
        (Verdict::Inconclusive, Coverage::Inconclusive { reason }) => reason.clone(),
        (Verdict::Vacuous, _) => {
            format!("{}, never reached: {}", row.bound(), row.missing.join(", "))
        }
        (verdict, _) => verdict.to_string(),
    }
}
