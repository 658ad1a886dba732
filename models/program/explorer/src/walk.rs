//! An interleaving step by step: the source on the left, the threads on the right.

use std::fmt::Write;

use crate::found::{Found, Line};
use crate::names;

/// Lines of the source above and below the one that runs.
const AROUND: usize = 4;
/// Columns of the source.
const WIDTH: usize = 52;

/// A picture of each step of what was found, and at last of how it ended; `source` is the program, and `name` its file.
#[must_use]
pub fn walk(found: &Found, name: &str, source: &str) -> Vec<String> {
    let source: Vec<&str> = source.lines().collect();
    let is_shown = |line: &&Line| line.location.is_some() && line.is_shared;
    let lines: Vec<&Line> = found.lines.iter().filter(is_shown).collect();
    let pictures = (0..lines.len()).map(|at| picture(&lines, at, name, &source));
    pictures.chain([ending(found)]).collect()
}

fn picture(lines: &[&Line], at: usize, name: &str, source: &[&str]) -> String {
    let now = lines[at];
    let left = excerpt(now, name, source);
    let right = threads(lines, at);
    let mut text = format!(
        "step {} of {}: {}\n",
        at + 1,
        lines.len(),
        names::step(now).trim_end()
    );
    for row in 0..left.len().max(right.len()) {
        let [left, right] = [&left, &right].map(|side| side.get(row).map_or("", String::as_str));
        let left: String = left.chars().take(WIDTH).collect();
        let _ = writeln!(text, "{}", format!("{left:<WIDTH$}  {right}").trim_end());
    }
    text
}

/// The source around the line of a step.
fn excerpt(now: &Line, name: &str, source: &[&str]) -> Vec<String> {
    let Some(location) = &now.location else {
        return Vec::new();
    };
    let line = location.line as usize;
    if location.file != name || line > source.len() {
        return vec![format!("> {:>4}  {}", line, location.text)];
    }
    let (first, last) = (
        line.saturating_sub(AROUND).max(1),
        source.len().min(line + AROUND),
    );
    let row = |number: usize| {
        let mark = if number == line { '>' } else { ' ' };
        format!("{mark} {number:>4}  {}", source[number - 1])
    };
    (first..=last).map(row).collect()
}

/// What each thread did last, and will do next.
fn threads(lines: &[&Line], at: usize) -> Vec<String> {
    let count = lines.iter().map(|line| line.thread + 1).max().unwrap_or(0);
    let mut rows = Vec::new();
    for thread in 0..count {
        let mine = |line: &&&Line| line.thread == thread;
        let last = lines[..=at].iter().rev().find(mine);
        let next = lines[at + 1..].iter().find(mine);
        let mark = if lines[at].thread == thread { '>' } else { ' ' };
        rows.push(format!("{mark} {}", names::thread(thread)));
        rows.push(format!(
            "    did   {}",
            last.map_or_else(|| "nothing yet".to_owned(), |line| names::act(line))
        ));
        rows.push(format!(
            "    next  {}",
            next.map_or_else(|| "ends, or waits".to_owned(), |line| names::act(line))
        ));
    }
    rows
}

fn ending(found: &Found) -> String {
    let mut text = format!("end: {}\n", names::ending(&found.outcome.ending));
    for line in found.outcome.output.lines() {
        let _ = writeln!(text, "  output: {line}");
    }
    for line in &found.outcome.errors {
        let _ = writeln!(text, "  errors: {line}");
    }
    text
}
