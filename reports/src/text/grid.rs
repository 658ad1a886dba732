//! A plain grid: aligned columns under a rule.

use std::fmt::Write;

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
        let widths = self.widths();
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
            self.line(&mut text, &widths, row);
        }
        text
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
                Side::Left => write!(line, "{cell:<width$}  "),
                Side::Right => write!(line, "{cell:>width$}  "),
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
}
