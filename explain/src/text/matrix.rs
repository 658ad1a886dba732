//! The table of a matrix: what was broken, and what each world made of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::text::grid::{Grid, Side};
use crate::text::paint::Paint;
use crate::text::story::Style;
use crate::text::{grouped, wrap};
use reports::fuzzed::Hunt;
use reports::matrix::Cell;
use reports::plan::World;

/// The table as files have it.
#[must_use]
pub fn render(cells: &[Cell]) -> String {
    render_as(cells, Style::PLAIN)
}

/// The table, what went wrong in it, and one line that sums it up.
#[must_use]
pub fn render_as(cells: &[Cell], style: Style) -> String {
    let worlds: Vec<World> = World::ALL
        .into_iter()
        .filter(|world| has(cells, *world))
        .collect();
    let mut text = grid(cells, &worlds).render_within(style.width);
    let wrong: Vec<&Cell> = cells
        .iter()
        .filter(|cell| !cell.outcome.is_expected())
        .collect();
    text.push('\n');
    for cell in &wrong {
        for line in wrap(&complaint(cell), style.width, 2) {
            let _ = writeln!(text, "{}", Paint(style.colour).failed(&line));
        }
    }
    for line in unfuzzed(cells) {
        for part in wrap(&line, style.width, 2) {
            let _ = writeln!(text, "{part}");
        }
    }
    let _ = writeln!(
        text,
        "{} trials, {} not as expected.",
        cells.len(),
        wrong.len()
    );
    text
}

fn has(cells: &[Cell], world: World) -> bool {
    cells.iter().any(|cell| cell.row.world == world)
}

fn grid(cells: &[Cell], worlds: &[World]) -> Grid {
    let mut columns = vec![("broken", Side::Left)];
    columns.extend(worlds.iter().map(|world| (world.name(), Side::Left)));
    let is_fuzzed = cells.iter().any(|cell| cell.fuzzed.is_some());
    columns.extend(is_fuzzed.then_some(("fuzz", Side::Left)));
    let mut grid = Grid::new(&columns);
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for cell in cells {
        let key = (cell.title(), cell.row.scenario.as_str());
        if !seen.contains(&key) {
            seen.push(key);
            let mut row = row(cells, key, worlds);
            row.extend(is_fuzzed.then(|| fuzzed(cells, key)));
            grid.row(row);
        }
    }
    grid
}

/// All cells of one scenario with one thing broken.
fn row(cells: &[Cell], key: (&str, &str), worlds: &[World]) -> Vec<String> {
    let mut row = vec![format!("{} in {}", key.0, key.1)];
    for world in worlds {
        let same = |cell: &&Cell| {
            (cell.title(), cell.row.scenario.as_str()) == key && cell.row.world == *world
        };
        let cell = cells.iter().find(same);
        row.push(cell.map_or_else(String::new, |cell| {
            format!("{} {}", cell.outcome.word(), grouped(cell.row.executions))
        }));
    }
    row
}

/// What the fuzzer made of the same fault.
fn fuzzed(cells: &[Cell], key: (&str, &str)) -> String {
    let same = |cell: &&Cell| (cell.title(), cell.row.scenario.as_str()) == key;
    let hunts = cells.iter().filter(same);
    let mut hunts = hunts.filter_map(|cell| cell.fuzzed.as_ref());
    hunts.next().map_or_else(String::new, Hunt::shown)
}

/// The faults that the fuzzer has not found, each with the reason, and how many it has.
fn unfuzzed(cells: &[Cell]) -> Vec<String> {
    let mut hunts = BTreeMap::new();
    for cell in cells {
        hunts.extend(cell.fuzzed.as_ref().map(|hunt| (cell.title(), hunt)));
    }
    let missed = hunts.iter().filter_map(|(fault, hunt)| {
        let reason = hunt.reason.as_deref()?;
        Some(format!("{fault} is not found by the fuzzer: {reason}"))
    });
    let mut lines: Vec<String> = missed.collect();
    if !hunts.is_empty() {
        let found = hunts.values().filter(|hunt| hunt.prey.is_some()).count();
        lines.push(format!("The fuzzer finds {found} of {}.", hunts.len()));
    }
    lines
}

/// `rc1-x in refcount_y, loom: MISSED: bounded(2 preemptions)`.
fn complaint(cell: &Cell) -> String {
    format!(
        "{} in {}, {}: {}: {}",
        cell.title(),
        cell.row.scenario,
        cell.row.world,
        cell.outcome.word(),
        cell.outcome.reason().unwrap_or_default()
    )
}
