//! Standard output, whose reader may go away.

use std::env;
use std::io::{self, Write};

use explain::text::story::Style;
use explain::text::wrap;

use crate::legible::steers;
use crate::stop::Stop;

/// What is said of a name stands below it, and to the right.
const INDENT: usize = 4;

/// What a file's reports are wide.
const WIDTH: usize = Style::PLAIN.width;

/// Text that goes on below its beginning has at least this much room.
const LEAST: usize = 30;

/// As many letters of one line are shown, at most.
const LONGEST: usize = 1000;

/// Writes text to standard output.
pub(crate) fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Stop::usage(format_args!("cannot write to standard output: {error}")))
}

/// Writes one line to standard error, made legible; that nobody reads it is no reason to stop.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{}", legible(line));
}

/// A line as a terminal can show it, whatever file or name a part of it came from: what steers a terminal, ends a line or
/// turns the direction of writing is spelt out, and of a line that is too long the middle is left out.
pub(crate) fn legible(line: &str) -> String {
    let letters = line.chars().count();
    let left_out = letters.saturating_sub(LONGEST);
    let shown = |(start, end): (usize, usize)| {
        let part = line.chars().skip(start).take(end - start);
        part.map(spelt).collect::<String>()
    };
    match left_out {
        0 => shown((0, letters)),
        _ => {
            let end = letters - LONGEST / 4;
            let start = end - left_out;
            format!("{}[...]{}", shown((0, start)), shown((end, letters)))
        }
    }
}

fn spelt(letter: char) -> String {
    match steers(letter) {
        true => letter.escape_default().to_string(),
        false => letter.to_string(),
    }
}

/// How many columns the terminal has, if standard output is one.
pub(crate) fn columns() -> Option<usize> {
    let terminal = ::console::Term::stdout();
    let (_, columns) = terminal.size_checked()?;
    terminal.is_term().then_some(usize::from(columns))
}

/// How a report is written for the terminal, if standard output is one: in its width, and in colour unless `NO_COLOR` is
/// set to something.
pub(crate) fn style() -> Option<Style> {
    let plain = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    columns().map(|columns| Style {
        colour: !plain,
        ..Style::of_width(columns)
    })
}

/// A help, as wide as the terminal and never wider than files are; what does not fit goes on below its beginning.
pub(crate) fn narrowed(help: &str) -> String {
    let width = columns().unwrap_or(WIDTH).min(WIDTH);
    help.lines()
        .map(|line| narrow(line, width) + "\n")
        .collect()
}

fn narrow(line: &str, width: usize) -> String {
    if line.chars().count() <= width {
        return line.to_owned();
    }
    // Behind the name of an option or a command, if there is one.
    let indent = line.len() - line.trim_start().len();
    let behind = line[indent..].rfind("  ").map(|gap| indent + gap + 2);
    let hanging = behind.filter(|from| *from + LEAST <= width);
    let (head, rest) = line.split_at(hanging.unwrap_or(indent));
    let parts = wrap(
        rest,
        width.saturating_sub(head.chars().count()).max(LEAST),
        0,
    );
    let below = format!("\n{:1$}", "", head.chars().count());
    format!("{head}{}", parts.join(&below))
}

/// Names, each with what is said of it: one line each, or on a terminal as many as its width asks for.
pub(crate) fn list<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> String {
    entries.map(|entry| listed(entry, columns())).collect()
}

fn listed((name, about): (&str, String), columns: Option<usize>) -> String {
    let line = format!("{name}  {about}");
    match columns {
        Some(columns) if line.chars().count() > columns => {
            let about = wrap(&about, columns.saturating_sub(INDENT), 0);
            let about = about.iter().map(|line| format!("{:INDENT$}{line}\n", ""));
            format!("{name}\n{}", about.collect::<String>())
        }
        _ => format!("{line}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, legible, listed, narrow};

    fn entry(columns: Option<usize>) -> String {
        listed(("dict_x", "Is every word of it there?".to_owned()), columns)
    }

    #[test]
    fn a_list_fits_the_terminal_and_is_one_line_each_for_a_pipe() {
        assert_eq!(entry(None), "dict_x  Is every word of it there?\n");
        assert_eq!(entry(Some(80)), entry(None));
        assert_eq!(
            entry(Some(20)),
            "dict_x\n    Is every word of\n    it there?\n"
        );
    }

    #[test]
    fn a_line_of_a_help_goes_on_below_its_beginning() {
        assert_eq!(
            narrow("      --a <B>  one two", 80),
            "      --a <B>  one two"
        );
        let option = "  --budget <TIME>  The time for one scenario in one of the worlds";
        assert_eq!(
            narrow(option, 60),
            "  --budget <TIME>  The time for one scenario in one of the\n                   worlds"
        );
        let plain = format!("  {}", "word ".repeat(12));
        assert!(
            narrow(&plain, 40)
                .lines()
                .all(|line| line.starts_with("  w") && line.len() <= 40)
        );
    }

    #[test]
    fn what_steers_a_terminal_is_spelt_out() {
        assert_eq!(legible("caf\u{e9} `a\\b`"), "caf\u{e9} `a\\b`");
        assert_eq!(
            legible("\u{1b}[31m\r\n\u{7}\u{9b}"),
            "\\u{1b}[31m\\r\\n\\u{7}\\u{9b}"
        );
        assert_eq!(legible("a\u{202e}b\u{2028}"), "a\\u{202e}b\\u{2028}");
    }

    #[test]
    fn a_line_that_is_too_long_keeps_its_ends() {
        let fits = "a".repeat(LONGEST);
        assert_eq!(legible(&fits), fits);
        let long = format!("what: {} at line 7", "a".repeat(100_000));
        let shown = legible(&long);
        assert!(shown.starts_with("what: a"), "{shown}");
        assert!(shown.ends_with("a at line 7"), "{shown}");
        assert_eq!(shown.chars().count(), LONGEST + "[...]".len());
    }
}
