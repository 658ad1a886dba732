//! The reports of failures, as text and as what a replay reads.

use checks::job::Job;
use explain::text::story;
use reports::report::Report;
use reports::run::Row;

use crate::files::{Document, Files};
use crate::shell;

/// The report of a row that failed.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) report: Report,
    pub(crate) text: String,
    pub(crate) documents: [Document; 2],
}

/// The report of a row, if it failed, as it is to be saved in `folder`.
pub(crate) fn story(files: &Files, folder: &str, job: &Job, row: &Row) -> Option<Story> {
    let name = format!("{folder}/{}", name(job));
    let json = files.path(&format!("{name}.json"));
    let report = Report::of(row, job.scenario.always, shell::command("replay", &json))?;
    let text = story::render(&report);
    let documents = [
        (format!("{name}.txt"), text.clone()),
        (format!("{name}.json"), report.to_json()),
    ];
    Some(Story {
        report,
        text,
        documents,
    })
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

/// `-2of3`: which part was explored, for the name of a file.
pub(crate) fn part(job: &Job) -> String {
    match job.settings.shard {
        Some((part, parts)) => format!("-{part}of{parts}"),
        None => String::new(),
    }
}
