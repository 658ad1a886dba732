//! Annotations for GitHub: one line each, which its runner shows beside the source.

use std::fmt::Write;

use crate::places::{self, Place};
use reports::run::{Row, Run, Verdict};

/// The annotations of a run: one for each row that did not hold, or whose verdict leaves something out.
#[must_use]
pub fn render(run: &Run) -> String {
    let mut text = String::new();
    let told = |row: &&Row| row.verdict != Verdict::Held || row.buffering.is_some();
    for row in run.rows.iter().filter(told) {
        let _ = writeln!(text, "{}", annotation(row));
    }
    text
}

fn annotation(row: &Row) -> String {
    let level = match row.verdict {
        Verdict::Failed | Verdict::Vacuous => "error",
        Verdict::Inconclusive => "warning",
        Verdict::Held => "notice",
    };
    let place = row.failure.as_ref().and_then(places::broken);
    let place = place.as_ref().map(position).unwrap_or_default();
    let title = format!("{} in {}: {}", row.scenario, row.world, row.verdict);
    let message = match &row.failure {
        Some(failure) => format!("{}\n{}", places::cause(failure), row.question),
        None if row.verdict == Verdict::Held => row.covered(),
        None => row.note().unwrap_or_default(),
    };
    format!(
        "::{level} {place}title={}::{}",
        property(&title),
        data(&message)
    )
}

fn position(place: &Place) -> String {
    let at = &place.at;
    format!("file={},line={},", property(&at.file), at.line)
}

/// A message, in which a line break would end the command.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D");
    text.replace('\n', "%0A")
}

/// A property, which a comma or colon would end as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("a%\r\n::error::b"), "a%25%0D%0A::error::b");
        assert_eq!(property("a:b,c\n"), "a%3Ab%2Cc%0A");
    }
}
