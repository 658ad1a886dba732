//! The reports of failures, as text and as what a replay reads.

use checks::job::Job;
use reports::report::Report;
use reports::run::Row;
use reports::text::story;

use crate::files::Files;
use crate::shell;
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
    let Some(report) = Report::of(row, job.scenario.always, shell::command("replay", &json)) else {
        return Ok(None);
    };
    let text = story::render(&report);
    files.write(&format!("{name}.txt"), &text)?;
    files.write(&format!("{name}.json"), &report.to_json())?;
    Ok(Some(text))
}

/// `refcount_merge-loom`, and what was broken on purpose.
fn name(job: &Job) -> String {
    format!("{}-{}{}", job.scenario.name, job.world, broken(job))
}

/// `-sg8-test-then-set`: what was broken on purpose, for the name of a file.
pub(crate) fn broken(job: &Job) -> String {
    let broken = [job.settings.fault, job.settings.weaken];
    let broken = broken.into_iter().flatten();
    broken.map(|name| format!("-{name}")).collect()
}
