//! A lock around the lines that race, tried out.

use crate::explore::{Settings, explore};
use crate::found::{Ending, Explored};
use runtime_program::program::Program;

/// What the lock is called in the program that is tried.
const LOCK: &str = "_raddle_lock";

/// Words that go on with a statement that began above.
const GOES_ON: [&str; 8] = ["else", "elif ", "except", "finally", "case ", ")", "]", "}"];

/// A lock around these lines, and what the program comes to with it.
#[derive(Debug)]
pub struct Suggestion {
    /// First and last lines, from 1, each in one function.
    pub regions: Vec<(usize, usize)>,
    /// What was found with the lock.
    pub explored: Explored,
}

impl Suggestion {
    /// Whether one outcome is left, without an error.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        let [found] = self.explored.found.as_slice() else {
            return false;
        };
        found.outcome.ending == Ending::Status(0) && found.outcome.errors.is_empty()
    }
}

/// Puts one lock around the lines of a program that race, function by function, and explores it again; nothing where no
/// lines of its file race.
///
/// # Errors
/// Why it cannot be explored.
pub fn suggest(
    program: &Program,
    settings: &Settings,
    explored: &Explored,
) -> Result<Option<Suggestion>, String> {
    let text = String::from_utf8_lossy(&program.text).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    let regions = regions(&lines, &racing(program, explored));
    if regions.is_empty() {
        return Ok(None);
    }
    let program = Program {
        text: locked(&lines, &regions).into_bytes(),
        ..program.clone()
    };
    let explored = explore(&program, settings)?;
    let regions = regions.iter().map(|(first, last)| (first + 1, last + 1));
    Ok(Some(Suggestion {
        regions: regions.collect(),
        explored,
    }))
}

/// The lines of the program that race, from 0.
fn racing(program: &Program, explored: &Explored) -> Vec<usize> {
    let places = explored.races.iter().flat_map(|race| &race.locations);
    let own = places
        .flatten()
        .filter(|location| location.file == program.name);
    let mut lines: Vec<usize> = own.map(|location| location.line as usize - 1).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

fn goes_on(line: &str) -> bool {
    let line = line.trim_start();
    GOES_ON.iter().any(|word| line.starts_with(word))
}

/// The line that begins the function around a line, if there is one.
fn owner(lines: &[&str], line: usize) -> Option<usize> {
    let mut within = indent(lines[line]);
    (0..line).rev().find(|above| {
        let text = lines[*above];
        let is_around = !is_blank(text) && indent(text) < within;
        if is_around {
            within = indent(text);
        }
        let text = text.trim_start();
        is_around && (text.starts_with("def ") || text.starts_with("async def "))
    })
}

/// Whole statements around the racing lines of each function; lines outside of functions are the main thread's.
fn regions(lines: &[&str], racing: &[usize]) -> Vec<(usize, usize)> {
    let mut regions: Vec<(Option<usize>, usize, usize)> = Vec::new();
    for &line in racing.iter().filter(|line| **line < lines.len()) {
        let Some(owner) = owner(lines, line) else {
            continue;
        };
        match regions.last_mut() {
            Some((known, _, last)) if *known == Some(owner) => *last = line,
            _ => regions.push((Some(owner), line, line)),
        }
    }
    let whole = regions
        .iter()
        .map(|(_, first, last)| statements(lines, *first, *last));
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (first, last) in whole {
        match merged.last_mut() {
            Some(before) if first <= before.1 => {
                *before = statements(lines, before.0, last.max(before.1))
            }
            _ => merged.push((first, last)),
        }
    }
    merged
}

/// The statements of one block that have these lines in them.
fn statements(lines: &[&str], first: usize, last: usize) -> (usize, usize) {
    let inside = lines[first..=last].iter().filter(|line| !is_blank(line));
    let level = inside.map(|line| indent(line)).min().unwrap_or(0);
    let belongs = |line: &str| {
        is_blank(line) || indent(line) > level || indent(line) == level && goes_on(line)
    };
    let mut start = first;
    while start > 0 && belongs(lines[start]) {
        start -= 1;
    }
    let behind = lines[last + 1..].iter().take_while(|line| belongs(line));
    let mut end = last + behind.count();
    while is_blank(lines[end]) {
        end -= 1;
    }
    (start, end)
}

/// The program with a lock around these lines.
fn locked(lines: &[&str], regions: &[(usize, usize)]) -> String {
    let future = lines
        .iter()
        .rposition(|line| line.starts_with("from __future__"))
        .map_or(0, |line| line + 1);
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        if number == future {
            text += &format!("import threading as {LOCK}; {LOCK} = {LOCK}.RLock()\n");
        }
        let region = regions
            .iter()
            .find(|(first, last)| (*first..=*last).contains(&number));
        if region.is_some_and(|(first, _)| *first == number) {
            text += &format!("{}with {LOCK}:\n", " ".repeat(indent(line)));
        }
        text += if region.is_some() { "    " } else { "" };
        text += line;
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{locked, regions};

    const PROGRAM: &str = "n = 0\ndef work():\n    global n\n    if n:\n        n = 1\n    else:\n        n = 2\n\n\
                           def other():\n    x = 1\n    return n\nprint(n)\n";

    #[test]
    fn whole_statements_of_each_function_are_locked() {
        let lines: Vec<&str> = PROGRAM.lines().collect();
        assert_eq!(regions(&lines, &[4, 6, 10, 11]), [(3, 6), (10, 10)]);
        assert_eq!(regions(&lines, &[3]), [(3, 6)]);
        assert_eq!(regions(&lines, &[4]), [(4, 4)]);
        assert_eq!(regions(&lines, &[11]), []);
    }

    #[test]
    fn what_is_locked_stands_in_a_block_of_its_own() {
        let lines = [
            "from __future__ import annotations",
            "def f():",
            "    x()",
            "",
            "    y()",
        ];
        let text = locked(&lines, &[(2, 4)]);
        let expected = "from __future__ import annotations\n\
                        import threading as _raddle_lock; _raddle_lock = _raddle_lock.RLock()\n\
                        def f():\n    with _raddle_lock:\n        x()\n    \n        y()\n";
        assert_eq!(text, expected);
    }
}
