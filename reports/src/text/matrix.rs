//! The table of a matrix: what was broken, who looked, and what it came to.

use crate::matrix::Cell;
use crate::text::grid::{Grid, Side};
use crate::text::{grouped, seconds};

/// The table, and one line that sums it up.
#[must_use]
pub fn render(cells: &[Cell]) -> String {
    let mut grid = Grid::new(&[
        ("broken", Side::Left),
        ("scenario", Side::Left),
        ("world", Side::Left),
        ("executions", Side::Right),
        ("time", Side::Right),
        ("outcome", Side::Left),
        ("", Side::Left),
    ]);
    for cell in cells {
        grid.row(row(cell));
    }
    let wrong = cells
        .iter()
        .filter(|cell| !cell.outcome.is_expected())
        .count();
    format!(
        "{}\n{} trials, {wrong} not as expected.\n",
        grid.render(),
        cells.len()
    )
}

fn row(cell: &Cell) -> Vec<String> {
    vec![
        cell.title().to_owned(),
        cell.row.scenario.clone(),
        cell.row.world.to_string(),
        grouped(cell.row.executions),
        seconds(cell.row.elapsed),
        cell.outcome.word().to_owned(),
        cell.outcome.reason().unwrap_or_default().to_owned(),
    ]
}
