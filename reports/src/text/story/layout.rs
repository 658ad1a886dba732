//! Rows into columns: step number, one column a thread, locks held, source line.

use super::fold::Item;
use super::wording;
use crate::text::wrap;
use crate::trace::{Action, Source, Step, Trace};

/// The width of a report.
pub(super) const WIDTH: usize = 136;

const NUMBER: usize = 5;
const GAP: &str = "  ";
const HELD: usize = 26;
const SOURCE: usize = 34;
const INDENT: usize = 2;

/// The widths of one report's columns.
pub(super) struct Layout<'a> {
    trace: &'a Trace,
    /// For each step, what its row says behind the action.
    remarks: &'a [String],
    /// The threads that have a column; the main thread's rows go right across.
    threads: Vec<usize>,
    thread: usize,
    held: usize,
    source: usize,
}

impl<'a> Layout<'a> {
    /// As wide as these rows need.
    pub(super) fn of(trace: &'a Trace, remarks: &'a [String], items: &[Item]) -> Self {
        let steps = || items.iter().map(|item| &trace.steps[item.range().0]);
        let mut threads: Vec<usize> = steps()
            .map(|step| step.thread)
            .filter(|at| *at != 0)
            .collect();
        threads.sort_unstable();
        threads.dedup();
        let widest = |width: fn(&Step) -> usize| steps().map(width).max().unwrap_or(0);
        let held = widest(|step| held(step).len()).min(HELD);
        let source = widest(|step| source(&step.at).len()).min(SOURCE);
        let taken = NUMBER + GAP.len() + source + if held > 0 { held + GAP.len() } else { 0 };
        let columns = threads.len().max(1);
        let thread = (WIDTH - taken) / columns - GAP.len();
        Self {
            trace,
            remarks,
            threads,
            thread,
            held,
            source,
        }
    }

    /// Title, rule and rows, each line ended.
    pub(super) fn lines(&self, items: &[Item]) -> Vec<String> {
        let mut lines = vec![self.title(), self.rule()];
        for item in items {
            self.switch(&mut lines, item);
            self.item(&mut lines, item);
        }
        lines
    }

    fn title(&self) -> String {
        let cells: Vec<&str> = self
            .threads
            .iter()
            .map(|thread| self.name(*thread))
            .collect();
        self.line("step", &cells, "holds", "source")
    }

    fn rule(&self) -> String {
        let rule = |width: usize| "-".repeat(width);
        let thread = rule(self.thread);
        let cells: Vec<&str> = self.threads.iter().map(|_| thread.as_str()).collect();
        self.line(&rule(NUMBER), &cells, &rule(self.held), &rule(self.source))
    }

    fn name(&self, thread: usize) -> &str {
        self.trace.threads.get(thread).map_or("?", String::as_str)
    }

    /// A line across that says why another thread runs.
    fn switch(&self, lines: &mut Vec<String>, item: &Item) {
        let step = &self.trace.steps[item.range().0];
        let Some(reason) = &step.switch else { return };
        if matches!(item, Item::Skip(..)) || self.threads.len() + usize::from(step.thread == 0) < 2
        {
            return;
        }
        lines.push(format!(
            "{:>NUMBER$}{GAP}~~ {} runs: {reason}\n",
            "",
            self.name(step.thread)
        ));
    }

    fn item(&self, lines: &mut Vec<String>, item: &Item) {
        let (from, to) = item.range();
        let steps = &self.trace.steps[from..to];
        match item {
            Item::Step(at) => {
                let remark = self.remarks.get(*at).map_or("", String::as_str);
                self.step(lines, &steps[0], remark);
            }
            Item::Fold(..) => self.fold(lines, steps),
            Item::Skip(..) => {
                let first = if from == 0 { "the first " } else { "" };
                let count = wording::count(to - from);
                lines.push(format!("{:>NUMBER$}{GAP}... {first}{count}\n", ""));
            }
        }
    }

    fn step(&self, lines: &mut Vec<String>, step: &Step, remark: &str) {
        let text = wording::action(&step.action) + remark;
        if let Action::Broke { .. } = step.action {
            self.broke(lines, step, &text);
        } else if step.thread == 0 {
            let place = source(&step.at);
            lines.push(format!(
                "{:>NUMBER$}{GAP}main: {text}  {place}\n",
                step.number
            ));
        } else {
            let depth = depth(step);
            let held = held(step);
            self.cell(
                lines,
                step.thread,
                &step.number.to_string(),
                &text,
                depth,
                &held,
                &source(&step.at),
            );
        }
    }

    /// The rule that broke goes right across.
    fn broke(&self, lines: &mut Vec<String>, step: &Step, text: &str) {
        let name = self.name(step.thread);
        let text = format!("!! {name} at {}: {text}", source(&step.at));
        for (at, part) in wrap(&text, WIDTH - NUMBER - GAP.len(), 3)
            .into_iter()
            .enumerate()
        {
            let number = if at == 0 {
                step.number.to_string()
            } else {
                String::new()
            };
            lines.push(format!("{number:>NUMBER$}{GAP}{part}\n"));
        }
    }

    fn fold(&self, lines: &mut Vec<String>, steps: &[Step]) {
        let first = &steps[0];
        let text = wording::fold(steps);
        if first.thread == 0 {
            let when = if first.number == 1 {
                " before the workers run"
            } else {
                ""
            };
            lines.push(format!("{:>NUMBER$}{GAP}main: {text}{when}\n", ""));
        } else {
            self.cell(
                lines,
                first.thread,
                "",
                &format!("[{text}]"),
                depth(first),
                "",
                "",
            );
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a row has that many cells")]
    fn cell(
        &self,
        lines: &mut Vec<String>,
        thread: usize,
        number: &str,
        text: &str,
        depth: usize,
        held: &str,
        source: &str,
    ) {
        let indent = (depth * INDENT).min(self.thread / 3);
        let column = self
            .threads
            .iter()
            .position(|at| *at == thread)
            .unwrap_or(0);
        let parts = wrap(text, self.thread - indent, INDENT);
        for (at, part) in parts.into_iter().enumerate() {
            let part = format!("{:indent$}{part}", "");
            let mut cells = vec![""; self.threads.len()];
            cells[column] = &part;
            let side = if at == 0 {
                (number, held, source)
            } else {
                ("", "", "")
            };
            lines.push(self.line(side.0, &cells, side.1, side.2));
        }
    }

    fn line(&self, number: &str, cells: &[&str], held: &str, source: &str) -> String {
        let mut line = format!("{number:>NUMBER$}");
        for cell in cells {
            line.push_str(GAP);
            line.push_str(&format!("{cell:<width$}", width = self.thread));
        }
        if self.held > 0 {
            let held = clipped(held, self.held);
            line.push_str(GAP);
            line.push_str(&format!("{held:<width$}", width = self.held));
        }
        line.push_str(GAP);
        line.push_str(&tail(source, self.source));
        format!("{}\n", line.trim_end())
    }
}

/// How far a step is indented: by the operations that it is inside of.
fn depth(step: &Step) -> usize {
    let begins = matches!(step.action, Action::Begin { .. });
    step.operations.len().saturating_sub(usize::from(begins))
}

fn held(step: &Step) -> String {
    step.held.join(", ")
}

/// `refcount.rs:40`, for where there is little room.
pub(super) fn file_line(at: &Source) -> String {
    let file = at.file.rsplit('/').next().unwrap_or_default();
    format!("{file}:{}", at.line)
}

/// `protocols/refcount.rs:40`; the folders that every source has are left out.
pub(super) fn source(at: &Source) -> String {
    if at.file.is_empty() {
        return String::new();
    }
    let file = at.file.strip_prefix("runtime/src/").unwrap_or(&at.file);
    let file = file.strip_prefix("checks/").unwrap_or(file);
    format!("{file}:{}", at.line)
}

/// The first `width` letters.
fn clipped(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let start: String = text.chars().take(width.saturating_sub(2)).collect();
    format!("{start}..")
}

/// The last `width` letters.
fn tail(text: &str, width: usize) -> String {
    let count = text.chars().count();
    if count <= width {
        return text.to_owned();
    }
    let end: String = text.chars().skip(count + 2 - width).collect();
    format!("..{end}")
}

#[cfg(test)]
mod tests {
    use super::{clipped, tail};

    #[test]
    fn what_does_not_fit_is_marked() {
        assert_eq!(clipped("abcdef", 4), "ab..");
        assert_eq!(tail("abcdef", 4), "..ef");
        assert_eq!(tail("abc", 4), "abc");
    }
}
