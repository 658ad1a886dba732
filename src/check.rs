//! `raddle check`.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use checks::digest;
use checks::job::Job;
use checks::pool::{self, Runner};
use explain::text::{story, table};
use forms::junit::{self, Case};
use reports::json;
use reports::run::{Origin, Row, Run, Verdict};
use reports::scenario::Scenario;

use crate::book;
use crate::checkpoints;
use crate::cli::{Check, Common, Format};
use crate::console;
use crate::failures::{self, Story};
use crate::files::{Document, Files};
use crate::interrupt;
use crate::isolate;
use crate::legible;
use crate::progress::Lines;
use crate::publish::{self, Forms, Leavings};
use crate::select;
use crate::stop::{self, Stop};
use crate::tables::Table;

/// Runs what the arguments select and gives the exit status.
pub(crate) fn check(arguments: &Check) -> Result<u8, Stop> {
    let jobs = select::jobs(arguments)?;
    if arguments.list {
        console::print(&listing(&jobs))?;
        return Ok(stop::HELD);
    }
    let stop = interrupt::watch();
    let output = &arguments.common.output;
    let files = Files::open(output.out.as_deref())?;
    let run = run(&jobs, &arguments.common, &stop, &files);
    let ended = checkpoints::ended(&jobs, &run);
    let status = status(run.verdict());
    let table = match arguments.resume.is_empty() {
        true => Table::of(jobs.clone(), run.clone()),
        false => Table::resumed(&files, jobs.clone(), run.clone()),
    };
    let told = Told::of(&table.folder(), &jobs, &run, &files);
    let status = told.publish(&files, &table, output.format, status)?;
    checkpoints::clear(&files, &ended);
    Ok(status)
}

/// Runs jobs until they end or the user ends them, and saves what they have left.
fn run(jobs: &[Job], common: &Common, stop: &Arc<AtomicBool>, files: &Files) -> Run {
    let start = Instant::now();
    let settings = jobs.first().map(|job| &job.settings);
    let rows = rows(jobs, common, stop, &|job, progress| {
        checkpoints::keep_often(files, job, progress);
        let mut row = isolate::run(job, progress);
        checkpoints::keep(files, job, &mut row);
        checkpoints::forget_running(files, job);
        row
    });
    Run {
        origin: Origin {
            build: digest::build(),
            ..Origin::new(
                settings.and_then(|settings| settings.fault),
                settings.and_then(|settings| settings.weaken),
            )
        },
        rows,
        elapsed: start.elapsed(),
    }
}

/// Runs jobs, with progress on a terminal, until `stop` is set.
pub(crate) fn rows(
    jobs: &[Job],
    common: &Common,
    stop: &Arc<AtomicBool>,
    runner: Runner<'_>,
) -> Vec<Row> {
    let workers = common.workers();
    let lines = Lines::new(workers, jobs.len());
    let rows = lines.during(|| pool::run(jobs, workers, stop, &lines, runner));
    rows.into_iter().map(legible::row).collect()
}

/// What rows came to, in all forms.
pub(crate) struct Told {
    forms: Forms,
    reports: Vec<Document>,
}

impl Told {
    /// The forms of a run, whose reports are to be saved in `folder`.
    pub(crate) fn of(folder: &str, jobs: &[Job], run: &Run, files: &Files) -> Self {
        let rows = jobs.iter().zip(&run.rows);
        let stories = rows.map(|(job, row)| failures::story(files, folder, job, row));
        let stories: Vec<Option<Story>> = stories.collect();
        let text = |story: &Option<Story>| story.as_ref().map(|story| story.text.clone());
        let cases = run.rows.iter().zip(&stories);
        let cases: Vec<Case> = cases
            .map(|(row, story)| Case::of_row(row, text(story).unwrap_or_default()))
            .collect();
        let told = stories.iter().filter_map(text);
        let told: String = told.map(|story| format!("{story}\n")).collect();
        let shown = console::style().map(|style| {
            let told = stories.iter().flatten();
            let told = told.map(|story| story::render_as(&story.report, style) + "\n");
            told.collect::<String>() + &table::render_as(run, style)
        });
        let reports = stories.iter().flatten();
        let reports = reports.map(|story| story.report.clone()).collect();
        Self {
            forms: Forms {
                text: told + &table::render(run),
                shown,
                json: json::pretty(run),
                junit: junit::render("check", &cases),
                book: book::of_run(run, reports),
            },
            reports: stories
                .into_iter()
                .flatten()
                .flat_map(|story| story.documents)
                .collect(),
        }
    }

    /// Prints this, and saves the table that it is or belongs to.
    pub(crate) fn publish(
        self,
        files: &Files,
        table: &Table,
        format: Format,
        status: u8,
    ) -> Result<u8, Stop> {
        let folder = table.folder();
        let Told { forms, reports } = Self::of(&folder, &table.jobs, &table.run, files);
        let leavings = Leavings {
            name: table.name.clone(),
            result: forms,
            folder,
            reports,
        };
        publish::publish(files, &self.forms, format, leavings, status)
    }
}

/// The exit status for a verdict.
pub(crate) fn status(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Held => stop::HELD,
        Verdict::Failed | Verdict::Vacuous => stop::FAILED,
        Verdict::Inconclusive => stop::INCONCLUSIVE,
    }
}

/// Every scenario once, with its question.
fn listing(jobs: &[Job]) -> String {
    let mut scenarios: Vec<Scenario> = jobs.iter().map(|job| job.scenario).collect();
    scenarios.dedup_by_key(|scenario| scenario.name);
    let entries = scenarios.iter();
    console::list(entries.map(|scenario| (scenario.name, scenario.question.to_owned())))
}
