//! The reports of failures, as text and as what a replay reads.

use std::path::Path;

use checks::job::Job;
use reports::report::Report;
use reports::run::Row;
use reports::text::story;

use crate::files::Files;
use crate::stop::Stop;

/// Writes the report of a row that failed, in both forms, and gives its text.
pub(crate) fn write(
    files: &Files,
    folder: &str,
    job: &Job,
    row: &Row,
) -> Result<Option<String>, Stop> {
    let name = format!("{folder}/{}", name(job));
    let json = files.path(&format!("{name}.json"));
    let Some(report) = Report::of(row, job.scenario.always, command(&json)) else {
        return Ok(None);
    };
    let text = story::render(&report);
    files.write(&format!("{name}.txt"), &text)?;
    files.write(&format!("{name}.json"), &report.to_json())?;
    Ok(Some(text))
}

/// `refcount_merge-loom`, and what was broken on purpose.
fn name(job: &Job) -> String {
    let mut name = format!("{}-{}", job.scenario.name, job.world);
    for broken in [job.settings.fault, job.settings.weaken]
        .into_iter()
        .flatten()
    {
        name.push('-');
        name.push_str(broken);
    }
    name
}

/// The command that replays the failure saved at `path`, to be pasted into a shell.
fn command(path: &Path) -> String {
    let program = std::env::args()
        .next()
        .unwrap_or_else(|| "raddle".to_owned());
    format!(
        "{} replay {}",
        quoted(&program),
        quoted(&path.to_string_lossy())
    )
}

fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+=:,@%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_a_shell_where_they_must_be() {
        assert_eq!(quoted("target/raddle/a.json"), "target/raddle/a.json");
        assert_eq!(quoted("my dir/a"), "'my dir/a'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
