//! A plain grid: aligned columns under a rule.

use std::fmt::Write;

/// What stands between two columns.
const GAP: &str = "  ";

/// Which side of its column a cell stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows of cells, each column as wide as its widest cell.
#[derive(Clone, Debug)]
pub struct Grid {
    columns: Vec<(&'static str, Side)>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// An empty grid with these column titles.
    #[must_use]
    pub fn new(columns: &[(&'static str, Side)]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; missing cells are empty.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The grid as text, each line ended.
    #[must_use]
    pub fn render(&self) -> String {
        self.render_within(usize::MAX)
    }

    /// The same within this many columns: where the first cell of a row would make it wider, it has a line of its own.
    #[must_use]
    pub fn render_within(&self, width: usize) -> String {
        let mut widths = self.widths();
        if let Some((first, rest)) = widths.split_first_mut() {
            let taken: usize = rest.iter().map(|width| width + GAP.len()).sum();
            let least = self.columns[0].0.chars().count();
            *first = (*first).min(width.saturating_sub(taken)).max(least);
        }
        let mut text = String::new();
        let titles: Vec<String> = self
            .columns
            .iter()
            .map(|(title, _)| (*title).to_owned())
            .collect();
        self.line(&mut text, &widths, &titles);
        let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        self.line(&mut text, &widths, &rule);
        for row in &self.rows {
            self.row_within(&mut text, &widths, row);
        }
        text
    }

    fn row_within(&self, text: &mut String, widths: &[usize], row: &[String]) {
        let Some((name, rest)) = row.split_first() else {
            return;
        };
        if name.chars().count() <= widths[0] {
            return self.line(text, widths, row);
        }
        text.push_str(name);
        text.push('\n');
        let unnamed: Vec<String> = [String::new()].into_iter().chain(rest.to_vec()).collect();
        self.line(text, widths, &unnamed);
    }

    fn widths(&self) -> Vec<usize> {
        let cell =
            |row: &Vec<String>, at: usize| row.get(at).map_or(0, |cell| cell.chars().count());
        self.columns
            .iter()
            .enumerate()
            .map(|(at, (title, _))| {
                let widest = self.rows.iter().map(|row| cell(row, at)).max();
                widest.unwrap_or(0).max(title.chars().count())
            })
            .collect()
    }

    fn line(&self, text: &mut String, widths: &[usize], cells: &[String]) {
        let mut line = String::new();
        for ((width, cell), (_, side)) in widths.iter().zip(cells).zip(&self.columns) {
            let _ = match side {
                Side::Left => write!(line, "{cell:<width$}{GAP}"),
                Side::Right => write!(line, "{cell:>width$}{GAP}"),
            };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::{Grid, Side};

    #[test]
    fn words_stand_left_and_numbers_right() {
        let mut grid = Grid::new(&[("name", Side::Left), ("n", Side::Right), ("", Side::Left)]);
        grid.row(vec!["a".to_owned(), "1".to_owned()]);
        grid.row(vec![
            "longer".to_owned(),
            "12".to_owned(),
            "note".to_owned(),
        ]);
        assert_eq!(
            grid.render(),
            "name     n\n------  --  ----\na        1\nlonger  12  note\n"
        );
    }

    #[test]
    fn a_name_that_does_not_fit_has_a_line_of_its_own() {
        let mut grid = Grid::new(&[("name", Side::Left), ("n", Side::Right)]);
        grid.row(vec!["short".to_owned(), "1".to_owned()]);
        grid.row(vec!["very_long".to_owned(), "12".to_owned()]);
        assert_eq!(
            grid.render_within(10),
            "name     n\n------  --\nshort    1\nvery_long\n        12\n"
        );
        assert_eq!(grid.render_within(13), grid.render());
    }
}
