//! Source lines as a traceback shows them, with `~~~^^^` under the part that was running.

use crate::syntax::anchors::{anchor, is_whole_call};
use crate::syntax::{Source, Span};
use crate::text::unicode;

/// Indentation of quoted lines.
const MARGIN: &str = "    ";

/// A line and a column (in characters), counted from the first quoted line.
type Place = (usize, usize);

struct Quote<'a> {
    lines: Vec<&'a str>,
    start: usize,
    end: usize,
    anchor: Option<(Place, Place)>,
    carets: bool,
}

/// The lines of a span with carets below, as CPython 3.13 and later print them; empty if there is no text, or no file.
pub fn quote(source: &Source, span: Span) -> String {
    let first = source.line_of(span.start);
    if !source.is_file() || source.line(first).trim().is_empty() {
        return String::new();
    }
    Quote::new(source, span).render()
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

impl<'a> Quote<'a> {
    fn new(source: &'a Source, span: Span) -> Self {
        let (from, to) = (source.position(span.start), source.position(span.end));
        let whole: Vec<&str> = (from.line..=to.line)
            .map(|line| source.line(line))
            .collect();
        let solid = whole.iter().filter(|line| !line.trim().is_empty());
        let margin = solid.map(|line| indent_of(line)).min().unwrap_or(0);
        let lines: Vec<&str> = whole
            .iter()
            .map(|line| line.get(margin..).unwrap_or(""))
            .collect();
        let place = |offset: u32| {
            let position = source.position(offset);
            (
                (position.line - from.line) as usize,
                (position.column as usize).saturating_sub(margin),
            )
        };
        let anchor = anchor(source, span).map(|found| (place(found.start), place(found.end)));
        let mut quote = Self {
            lines,
            start: place(span.start).1,
            end: place(span.end).1,
            anchor,
            carets: false,
        };
        let line_start = source.line_start(from.line) + margin as u32;
        let joined = quote.lines.join("\n");
        let end = (span.end - line_start).saturating_sub(margin as u32 * (to.line - from.line));
        let whole_call = is_whole_call(&joined, span.start - line_start, end);
        quote.carets = !whole_call && (quote.anchor.is_some() || quote.is_partial());
        quote
    }

    /// Whether the span leaves out some of the text on its lines.
    fn is_partial(&self) -> bool {
        let before = self.lines[0].chars().take(self.start);
        let after = self.lines[self.lines.len() - 1].chars().skip(self.end);
        before.chain(after).any(|c| !c.is_whitespace())
    }

    /// The first line, the last, and those around the anchor.
    fn significant_lines(&self) -> Vec<usize> {
        let last = self.lines.len() - 1;
        let mut lines = vec![0, last];
        if let Some(((start, _), (end, _))) = self.anchor {
            lines.extend([start.saturating_sub(1), start, start + 1]);
            lines.extend([end.saturating_sub(1), end, end + 1]);
        }
        lines.retain(|line| *line <= last);
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    fn render(&self) -> String {
        let mut out = String::new();
        let mut previous: Option<usize> = None;
        for line in self.significant_lines() {
            match previous.map_or(1, |previous| line - previous) {
                1 => {}
                2 => self.render_line(line - 1, &mut out),
                gap => out += &format!("{MARGIN}...<{} lines>...\n", gap - 1),
            }
            self.render_line(line, &mut out);
            previous = Some(line);
        }
        out
    }

    fn render_line(&self, line: usize, out: &mut String) {
        *out += &format!("{MARGIN}{}\n", self.lines[line]);
        if self.carets {
            *out += &format!("{MARGIN}{}\n", self.caret_line(line));
        }
    }

    fn caret_line(&self, line: usize) -> String {
        let text = self.lines[line];
        let last = line + 1 == self.lines.len();
        let width = if last { self.end } else { text.chars().count() };
        let blank = indent_of(text).max(if line == 0 { self.start } else { 0 });
        let mark = |column| {
            if column < blank {
                ' '
            } else {
                self.mark((line, column))
            }
        };
        let letters = text
            .chars()
            .map(unicode::columns)
            .chain(std::iter::repeat(1));
        let marks = (0..width).map(mark).zip(letters);
        marks
            .flat_map(|(mark, columns)| std::iter::repeat_n(mark, columns))
            .collect()
    }

    fn mark(&self, place: Place) -> char {
        match self.anchor {
            Some((start, end)) if !(start..end).contains(&place) => '~',
            _ => '^',
        }
    }
}
