//! `raddle check`.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use checks::job::Job;
use checks::pool::{self, Runner};
use reports::json;
use reports::junit::{self, Case};
use reports::run::{Origin, Row, Run, Verdict};
use reports::text::table;

use crate::checkpoints;
use crate::cli::{Check, Common, Format};
use crate::console;
use crate::failures;
use crate::files::Files;
use crate::interrupt;
use crate::isolate;
use crate::progress::Lines;
use crate::select;
use crate::stop::{self, Stop};

/// Runs what the arguments select and gives the exit status.
pub(crate) fn check(arguments: &Check) -> Result<u8, Stop> {
    let jobs = select::jobs(arguments)?;
    if arguments.list {
        console::print(&listing(&jobs))?;
        return Ok(stop::HELD);
    }
    let stop = interrupt::watch();
    let output = &arguments.common.output;
    let files = Files::at(&output.out)?;
    let run = run(&jobs, &arguments.common, &stop, &files)?;
    report("check", &jobs, &run, &files, output.format)?;
    Ok(status(run.verdict()))
}

/// Runs jobs until they end or the user ends them, and saves what they have left.
fn run(jobs: &[Job], common: &Common, stop: &Arc<AtomicBool>, files: &Files) -> Result<Run, Stop> {
    let start = Instant::now();
    let settings = jobs.first().map(|job| &job.settings);
    let rows = rows(jobs, common, stop, &|job, progress| {
        let mut row = isolate::run(job, progress);
        checkpoints::keep(files, job, &mut row);
        row
    })?;
    Ok(Run {
        origin: Origin::new(
            settings.and_then(|settings| settings.fault),
            settings.and_then(|settings| settings.weaken),
        ),
        rows,
        elapsed: start.elapsed(),
    })
}

/// Runs jobs, with progress on a terminal, until `stop` is set.
pub(crate) fn rows(
    jobs: &[Job],
    common: &Common,
    stop: &Arc<AtomicBool>,
    runner: Runner<'_>,
) -> Result<Vec<Row>, Stop> {
    let workers = common.workers();
    let lines = Lines::new(workers, jobs.len());
    lines
        .during(|| pool::run(jobs, workers, stop, &lines, runner))
        .map_err(|error| Stop::usage(format_args!("cannot start a thread: {error}")))
}

/// Writes and prints what the jobs came to.
pub(crate) fn report(
    name: &str,
    jobs: &[Job],
    run: &Run,
    files: &Files,
    format: Format,
) -> Result<(), Stop> {
    let mut stories = Vec::with_capacity(run.rows.len());
    for (job, row) in jobs.iter().zip(&run.rows) {
        stories.push(failures::write(files, "failures", job, row)?.unwrap_or_default());
    }
    let cases: Vec<Case> = run
        .rows
        .iter()
        .zip(&stories)
        .map(|(row, story)| Case::of_row(row, story.clone()))
        .collect();
    let text = stories
        .iter()
        .filter(|story| !story.is_empty())
        .map(|story| format!("{story}\n"));
    let text = text.collect::<String>() + &table::render(run);
    files.publish(
        name,
        format,
        &text,
        &json::pretty(run),
        &junit::render(name, &cases),
    )
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
    let mut lines: Vec<String> = jobs
        .iter()
        .map(|job| format!("{}  {}\n", job.scenario.name, job.scenario.question))
        .collect();
    lines.dedup();
    lines.concat()
}
