//! The table of a run: scenario, world, bound, executions, time, verdict.

use std::collections::BTreeMap;

use crate::run::{Row, Run, Verdict};
use crate::text::grid::{Grid, Side};
use crate::text::{grouped, seconds};

/// The table, what limits its verdicts, and one line that sums it up.
#[must_use]
pub fn render(run: &Run) -> String {
    let mut grid = Grid::new(&[
        ("scenario", Side::Left),
        ("world", Side::Left),
        ("bound", Side::Left),
        ("executions", Side::Right),
        ("time", Side::Right),
        ("verdict", Side::Left),
        ("", Side::Left),
    ]);
    for row in &run.rows {
        grid.row(vec![
            row.scenario.clone(),
            row.world.to_string(),
            row.bound(),
            grouped(row.executions),
            seconds(row.elapsed),
            row.verdict.to_string(),
            row.note().unwrap_or_default(),
        ]);
    }
    format!("{}\n{}{}\n", grid.render(), limits(run), summary(run))
}

/// Every limit once, with the number of rows that it holds for.
fn limits(run: &Run) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for limit in run
        .rows
        .iter()
        .filter_map(Row::limit)
        .flat_map(|limits| limits.split("; "))
    {
        *counts.entry(limit).or_default() += 1;
    }
    let lines = counts
        .iter()
        .map(|(limit, count)| format!("bounded, {count} of the rows: {limit}\n"));
    lines.collect()
}

/// `90 rows: 89 held, 1 failed; 123,456 executions in 2 min 10 s.`
#[must_use]
pub fn summary(run: &Run) -> String {
    let counts = [
        (Verdict::Held, "held"),
        (Verdict::Failed, "failed"),
        (Verdict::Vacuous, "vacuous"),
        (Verdict::Inconclusive, "inconclusive"),
    ]
    .into_iter()
    .map(|(verdict, word)| (run.count(verdict), word))
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} {word}"))
    .collect::<Vec<_>>();
    let rows = match run.rows.len() {
        1 => "1 row".to_owned(),
        rows => format!("{rows} rows"),
    };
    // Rows that were read from files may hold any number.
    let executions = run.rows.iter().map(|row| row.executions);
    let executions = executions.fold(0, u64::saturating_add);
    format!(
        "{rows}: {}; {} executions in {}.",
        counts.join(", "),
        grouped(executions),
        seconds(run.elapsed),
    )
}
