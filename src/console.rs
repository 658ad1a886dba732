//! Standard output, whose reader may go away.

use std::env;
use std::io::{self, Write};

use explain::text::story::Style;
use explain::text::wrap;

use crate::stop::Stop;

/// What is said of a name stands below it, and to the right.
const INDENT: usize = 4;

/// Writes text to standard output.
pub(crate) fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Stop::usage(format_args!("cannot write to standard output: {error}")))
}

/// Writes one line to standard error; that nobody reads it is no reason to stop.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
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
    use super::listed;

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
}
