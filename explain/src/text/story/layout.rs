//! Rows into columns: step number, one column a thread, source line.

use super::Style;
use crate::explanation::{self, Explanation, Row};
use crate::text::paint::Paint;
use crate::text::wrap;
use reports::trace::{Action, Source, Step, Trace};

const GAP: &str = "  ";
const INDENT: usize = 2;
/// From this width on, sources have their whole path.
const WIDE: usize = 130;

/// A thread's column is at least as wide as this, or there is no column of sources.
const NARROW: usize = 20;

/// And as this, or there are no columns: each row names its thread.
const NARROWEST: usize = 12;

/// The widths of one report's columns.
pub(super) struct Layout<'a> {
    trace: &'a Trace,
    told: &'a Explanation,
    paint: Paint,
    width: usize,
    full: bool,
    /// The threads that have a column; the rows of the others, of the main thread always, go right across.
    threads: Vec<usize>,
    number: usize,
    thread: usize,
    source: usize,
}

/// How a line is painted.
type How = fn(Paint, &str) -> String;

fn plain(_: Paint, line: &str) -> String {
    line.to_owned()
}

/// One row in the making.
struct Cell<'a> {
    thread: usize,
    number: String,
    text: &'a str,
    depth: usize,
    source: String,
    deciding: bool,
}

impl<'a> Layout<'a> {
    /// As wide as these rows need, within `width`.
    pub(super) fn of(trace: &'a Trace, told: &'a Explanation, rows: &[Row], style: Style) -> Self {
        let width = style.width;
        let mut threads: Vec<usize> = rows.iter().map(|row| row_thread(trace, row)).collect();
        threads.retain(|thread| *thread != 0);
        threads.sort_unstable();
        threads.dedup();
        let steps = rows.iter().filter_map(|row| match row {
            Row::Step { step, .. } => trace.step(*step),
            _ => None,
        });
        let wide = width >= WIDE;
        let cells = steps.filter(|step| !is_across(step));
        let source = cells.map(|step| place(&step.at, wide).chars().count());
        let source = source.max().unwrap_or(0).max("source".len());
        let number = rows.iter().map(|row| numbers(row).len());
        let number = number.max().unwrap_or(0).max("step".len());
        let columns = threads.len().max(1);
        let share = |source: usize| {
            let taken = number + source;
            (width.saturating_sub(taken) / columns).saturating_sub(GAP.len())
        };
        // Where that leaves too little for the threads, the sources stand below the steps only.
        let source = Some(source + GAP.len()).filter(|source| share(*source) >= NARROW);
        let thread = share(source.unwrap_or(0));
        if thread < NARROWEST {
            threads.clear();
        }
        Self {
            trace,
            told,
            paint: Paint(style.colour),
            width,
            full: style.full,
            threads,
            number,
            thread,
            source: source.map_or(0, |source| source - GAP.len()),
        }
    }

    /// Title, rule and rows, each line ended.
    pub(super) fn lines(&self, rows: &[Row]) -> Vec<String> {
        let mut lines = vec![self.title(), self.rule()];
        let mut last: Option<usize> = None;
        for (at, row) in rows.iter().enumerate() {
            self.switch(&mut lines, &rows[at..], &mut last);
            self.row(&mut lines, row);
        }
        lines
    }

    fn title(&self) -> String {
        let threads = self.threads.iter();
        let cells: Vec<&str> = threads.map(|thread| self.trace.thread(*thread)).collect();
        self.paint_line(self.line("step", &cells, "source"), Paint::bold)
    }

    fn rule(&self) -> String {
        let width = self.number;
        let rule = |width: usize| "-".repeat(width);
        let thread = rule(self.thread);
        let cells: Vec<&str> = self.threads.iter().map(|_| thread.as_str()).collect();
        self.line(&rule(width), &cells, &rule(self.source))
    }

    fn paint_line(&self, line: String, how: How) -> String {
        format!("{}\n", how(self.paint, line.trim_end()))
    }

    /// A line across that says why another worker runs.
    fn switch(&self, lines: &mut Vec<String>, rows: &[Row], last: &mut Option<usize>) {
        let thread = rows.first().map_or(0, |row| row_thread(self.trace, row));
        if thread == 0 {
            return;
        }
        let before = last.replace(thread);
        if before == Some(thread) || before.is_none() || self.threads.len() < 2 {
            return;
        }
        let first = rows.iter().find_map(|row| self.first(row));
        let reason = match first.and_then(|step| step.switch.as_ref()) {
            Some(reason) => format!(": {reason}"),
            None => String::new(),
        };
        let name = self.trace.thread(thread);
        let line = format!("~~ {name} runs{reason}");
        self.wide(lines, ("", &line, 3), Paint::dim);
    }

    /// The step with which a row begins.
    fn first(&self, row: &Row) -> Option<&Step> {
        match row {
            Row::Step { step, .. } => self.trace.step(*step),
            Row::Fold { first, .. } => self.trace.step(*first),
            Row::Call { .. } | Row::Skip { .. } => None,
        }
    }

    fn row(&self, lines: &mut Vec<String>, row: &Row) {
        match row {
            Row::Skip { first, last, count } => {
                let number = span(*first, *last);
                let width = self.number;
                lines.push(format!(
                    "{number:>width$}{GAP}[{count} steps of several threads]\n"
                ));
            }
            Row::Call {
                thread,
                operation,
                depth,
            } => self.cell(
                lines,
                &Cell {
                    thread: *thread,
                    number: String::new(),
                    text: &format!("{operation}:"),
                    depth: *depth,
                    source: String::new(),
                    deciding: false,
                },
            ),
            Row::Step {
                step,
                depth,
                deciding,
            } => {
                if let Some(step) = self.trace.step(*step) {
                    self.step(lines, step, *depth, *deciding);
                }
            }
            Row::Fold {
                thread,
                first,
                last,
                count,
                depth,
                inside,
            } => {
                let inside = match inside.is_empty() {
                    true => String::new(),
                    false => format!("{inside}, "),
                };
                let many = if *count == 1 { "step" } else { "steps" };
                let text = format!("[{inside}{count} {many}]");
                self.cell(
                    lines,
                    &Cell {
                        thread: *thread,
                        number: span(*first, *last),
                        text: &text,
                        depth: *depth,
                        source: String::new(),
                        deciding: false,
                    },
                );
            }
        }
    }

    fn step(&self, lines: &mut Vec<String>, step: &Step, depth: usize, deciding: bool) {
        let remark = self.told.remarks.get(&step.number);
        let remark = remark.filter(|_| deciding || self.full);
        let remark = remark.map_or("", String::as_str);
        let text = match step.action {
            Action::Broke { .. } if self.told.class.is_of_memory() => self.told.class.to_string(),
            _ => explanation::action(&step.action) + remark,
        };
        if is_across(step) {
            self.across(lines, step, &text);
        } else {
            let source = place(&step.at, self.width >= WIDE);
            let number = step.number.to_string();
            self.cell(
                lines,
                &Cell {
                    thread: step.thread,
                    number,
                    text: &text,
                    depth,
                    source,
                    deciding,
                },
            );
        }
    }

    /// The main thread's steps, and the rule that broke, go right across.
    fn across(&self, lines: &mut Vec<String>, step: &Step, text: &str) {
        let name = self.trace.thread(step.thread);
        let broke = matches!(step.action, Action::Broke { .. });
        let text = match broke {
            true if step.at.file.is_empty() => format!("!! {name}: {text}"),
            true => format!("!! {name} at {}: {text}", step.at),
            false => {
                let place = place(&step.at, self.width >= WIDE);
                format!("{name}: {text}{}", behind(&place))
            }
        };
        let number = step.number.to_string();
        match broke {
            true => self.wide(lines, (&number, &text, 3), Paint::failed),
            false => self.wide(lines, (&number, &text, INDENT), plain),
        }
    }

    /// A row right across, all lines but the first of it indented.
    fn wide(&self, lines: &mut Vec<String>, row: (&str, &str, usize), how: How) {
        let (number, text, indent) = row;
        let width = self.number;
        let room = self.width - width - GAP.len();
        for (at, part) in wrap(text, room, indent).into_iter().enumerate() {
            let number = if at == 0 { number } else { "" };
            lines.push(self.paint_line(format!("{number:>width$}{GAP}{part}"), how));
        }
    }

    fn cell(&self, lines: &mut Vec<String>, cell: &Cell<'_>) {
        let Some(column) = self.threads.iter().position(|at| *at == cell.thread) else {
            let name = self.trace.thread(cell.thread);
            let when = if cell.number.starts_with("1-") {
                " before the workers run"
            } else {
                ""
            };
            let text = format!("{name}: {}{when}{}", cell.text, behind(&cell.source));
            let how = if cell.deciding { Paint::bold } else { plain };
            return self.wide(lines, (&cell.number, &text, INDENT), how);
        };
        let indent = (cell.depth * INDENT).min(self.thread / 3);
        let parts = wrap(cell.text, self.thread - indent, INDENT);
        for (at, part) in parts.into_iter().enumerate() {
            let part = format!("{:indent$}{part}", "");
            let mut cells = vec![""; self.threads.len()];
            cells[column] = &part;
            let (number, source) = match at {
                0 => (cell.number.as_str(), cell.source.as_str()),
                _ => ("", ""),
            };
            let line = self.line(number, &cells, source);
            lines.push(match cell.deciding {
                true => self.paint_line(line, Paint::bold),
                false => line,
            });
        }
    }

    fn line(&self, number: &str, cells: &[&str], source: &str) -> String {
        let mut line = format!("{number:>width$}", width = self.number);
        for cell in cells {
            line.push_str(GAP);
            line.push_str(&format!("{cell:<width$}", width = self.thread));
        }
        if self.source > 0 {
            line.push_str(GAP);
            line.push_str(source);
        }
        format!("{}\n", line.trim_end())
    }
}

/// What stands in a row's first column.
fn numbers(row: &Row) -> String {
    match row {
        Row::Call { .. } => String::new(),
        Row::Step { step, .. } => step.to_string(),
        Row::Fold { first, last, .. } | Row::Skip { first, last, .. } => span(*first, *last),
    }
}

/// `3`, `3-9`.
fn span(first: usize, last: usize) -> String {
    match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    }
}

fn is_across(step: &Step) -> bool {
    step.thread == 0 || matches!(step.action, Action::Broke { .. })
}

fn row_thread(trace: &Trace, row: &Row) -> usize {
    match row {
        Row::Call { thread, .. } | Row::Fold { thread, .. } => *thread,
        Row::Skip { .. } => 0,
        Row::Step { step, .. } => trace.step(*step).map_or(0, |step| match step.action {
            // It goes across, and needs no column.
            Action::Broke { .. } => 0,
            _ => step.thread,
        }),
    }
}

/// Where a step stands: the whole path where there is room.
fn place(at: &Source, wide: bool) -> String {
    match (at.file.is_empty(), wide) {
        (true, _) => String::new(),
        (false, true) => at.to_string(),
        (false, false) => at.file_line(),
    }
}

/// A place behind what is there.
fn behind(place: &str) -> String {
    match place.is_empty() {
        true => String::new(),
        false => format!(" at {place}"),
    }
}

/// The first `width` letters.
pub(super) fn clipped(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let start: String = text.chars().take(width.saturating_sub(2)).collect();
    format!("{start}..")
}

#[cfg(test)]
mod tests {
    use super::clipped;

    #[test]
    fn what_does_not_fit_is_marked() {
        assert_eq!(clipped("abcdef", 4), "ab..");
        assert_eq!(clipped("abc", 4), "abc");
    }
}
