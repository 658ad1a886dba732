//! The table of a matrix: what was broken, and what each world made of it.

use std::fmt::Write;

use crate::matrix::Cell;
use crate::plan::World;
use crate::text::grid::{Grid, Side};
use crate::text::{grouped, seconds};

/// The table, what went wrong in it, and one line that sums it up.
#[must_use]
pub fn render(cells: &[Cell]) -> String {
    let worlds: Vec<World> = World::ALL
        .into_iter()
        .filter(|world| has(cells, *world))
        .collect();
    let mut text = grid(cells, &worlds).render();
    let wrong: Vec<&Cell> = cells
        .iter()
        .filter(|cell| !cell.outcome.is_expected())
        .collect();
    text.push('\n');
    for cell in &wrong {
        let _ = writeln!(text, "{}", complaint(cell));
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
    let mut columns = vec![("broken", Side::Left), ("scenario", Side::Left)];
    for world in worlds {
        columns.extend([
            (world.name(), Side::Left),
            ("executions", Side::Right),
            ("time", Side::Right),
        ]);
    }
    let mut grid = Grid::new(&columns);
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for cell in cells {
        let key = (cell.title(), cell.row.scenario.as_str());
        if !seen.contains(&key) {
            seen.push(key);
            grid.row(row(cells, key, worlds));
        }
    }
    grid
}

/// All cells of one scenario with one thing broken.
fn row(cells: &[Cell], key: (&str, &str), worlds: &[World]) -> Vec<String> {
    let mut row = vec![key.0.to_owned(), key.1.to_owned()];
    for world in worlds {
        let same = |cell: &&Cell| {
            (cell.title(), cell.row.scenario.as_str()) == key && cell.row.world == *world
        };
        row.extend(match cells.iter().find(same) {
            Some(cell) => [
                cell.outcome.word().to_owned(),
                grouped(cell.row.executions),
                seconds(cell.row.elapsed),
            ],
            None => Default::default(),
        });
    }
    row
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
