//! The table of a run: a line for each scenario, a cell for each world; what failed comes last.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::text::grid::{Grid, Side};
use crate::text::paint::Paint;
use crate::text::story::Style;
use crate::text::{grouped, seconds, wrap};
use reports::plan::{Coverage, World};
use reports::run::{Row, Run, Verdict};

/// The table as files have it.
#[must_use]
pub fn render(run: &Run) -> String {
    render_as(run, Style::PLAIN)
}

/// The table, why its rows are not all held, what limits their verdicts, and one line that sums it up.
#[must_use]
pub fn render_as(run: &Run, style: Style) -> String {
    let scenarios = scenarios(run);
    let worlds: Vec<World> = World::ALL
        .into_iter()
        .filter(|world| run.rows.iter().any(|row| row.world == *world))
        .collect();
    let grid = match worlds[..] {
        [_] => of_one_world(&scenarios),
        _ => of_worlds(&scenarios, &worlds),
    };
    format!(
        "{}\n{}{}{}\n",
        grid.render_within(style.width),
        notes(&scenarios, style),
        limits(run, style),
        summary(run)
    )
}

/// The rows of each scenario, in their order, those with the worst verdict last.
fn scenarios(run: &Run) -> Vec<Vec<&Row>> {
    let mut scenarios: Vec<Vec<&Row>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &run.rows {
        let place = *places.entry(&row.scenario).or_insert(scenarios.len());
        match scenarios.get_mut(place) {
            Some(rows) => rows.push(row),
            None => scenarios.push(vec![row]),
        }
    }
    scenarios.sort_by_key(|rows| rows.iter().map(|row| row.verdict).max());
    scenarios
}

/// One world needs one cell, so there is room for the executions and the time.
fn of_one_world(scenarios: &[Vec<&Row>]) -> Grid {
    let mut grid = Grid::new(&[
        ("scenario", Side::Left),
        ("verdict", Side::Left),
        ("executions", Side::Right),
        ("time", Side::Right),
    ]);
    for row in scenarios.iter().flatten() {
        grid.row(vec![
            row.scenario.clone(),
            match row.verdict {
                Verdict::Held => row.bound(),
                _ => cell(row),
            },
            grouped(row.executions),
            seconds(row.elapsed),
        ]);
    }
    grid
}

fn of_worlds(scenarios: &[Vec<&Row>], worlds: &[World]) -> Grid {
    let mut columns = vec![("scenario", Side::Left)];
    columns.extend(worlds.iter().map(|world| (world.name(), Side::Left)));
    let mut grid = Grid::new(&columns);
    for rows in scenarios {
        let name = rows.first().map(|row| row.scenario.clone());
        let cells = worlds.iter().map(|world| {
            let row = rows.iter().find(|row| row.world == *world);
            row.map_or_else(String::new, |row| cell(row))
        });
        grid.row(name.into_iter().chain(cells).collect());
    }
    grid
}

/// What a row came to in a word: what was covered, where it held.
fn cell(row: &Row) -> String {
    match (row.verdict, &row.coverage) {
        (Verdict::Held, Coverage::Exhaustive) if row.world == World::Shuttle => {
            "exhaustive(SC)".to_owned()
        }
        (Verdict::Held, Coverage::Bounded { by, .. }) => {
            let bounds: Vec<String> = by.iter().map(|limit| limit.count().to_string()).collect();
            format!("bounded({})", bounds.join(","))
        }
        (Verdict::Held, Coverage::Sampled { executions }) => {
            format!("sampled({})", grouped(*executions))
        }
        (Verdict::Held, coverage) | (Verdict::Inconclusive, coverage @ Coverage::Part { .. }) => {
            coverage.to_string()
        }
        (verdict, _) => verdict.to_string(),
    }
}

/// Why rows say what they say, where the verdict alone does not; what failed comes last.
fn notes(scenarios: &[Vec<&Row>], style: Style) -> String {
    let mut text = String::new();
    for row in scenarios.iter().flatten() {
        let Some(note) = row.note() else {
            continue;
        };
        // A command is to be copied, so it is not broken into lines.
        let (note, command) = match note.split_once("; go on: ") {
            Some((note, command)) => (note, Some(command)),
            None => (note.as_str(), None),
        };
        let bad = row.verdict >= Verdict::Vacuous;
        let line = match row.verdict {
            Verdict::Held => format!("{} in {}: {}", row.scenario, row.world, row.covered()),
            verdict => format!("{verdict} {} in {}: {note}", row.scenario, row.world),
        };
        for part in wrap(&line, style.width, 2) {
            let part = match bad {
                true => Paint(style.colour).failed(&part),
                false => part,
            };
            let _ = writeln!(text, "{part}");
        }
        if let Some(command) = command {
            let _ = writeln!(text, "  go on: {command}");
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Every limit once, with the number of rows that it holds for.
fn limits(run: &Run, style: Style) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in run.rows.iter().filter(|row| row.verdict == Verdict::Held) {
        if let Coverage::Bounded { by, .. } = &row.coverage {
            let by = by.iter().map(|limit| format!("within {limit}"));
            by.for_each(|limit| *counts.entry(limit).or_default() += 1);
        }
        for limit in row
            .limit()
            .into_iter()
            .flat_map(|limits| limits.split("; "))
        {
            *counts.entry(limit.to_owned()).or_default() += 1;
        }
    }
    let lines = counts.iter().flat_map(|(limit, count)| {
        let line = format!("bounded, {count} of the rows: {limit}");
        wrap(&line, style.width, 2)
    });
    lines.map(|line| line + "\n").collect()
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
