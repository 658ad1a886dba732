//! `raddle check`.

use std::time::Instant;

use checks::job::Job;
use checks::pool;
use reports::json;
use reports::junit::{self, Case};
use reports::run::{Run, Verdict};
use reports::text::table;

use crate::cli::{Check, Common, Format};
use crate::console;
use crate::failures;
use crate::files::Files;
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
    let files = Files::at(&arguments.common.out)?;
    let run = run(&jobs, &arguments.common)?;
    report(&jobs, &run, &files, arguments.common.format)?;
    Ok(status(run.verdict()))
}

/// Runs jobs, with progress on a terminal.
pub(crate) fn run(jobs: &[Job], common: &Common) -> Result<Run, Stop> {
    let workers = common.workers();
    let lines = Lines::new(workers, jobs.len());
    let start = Instant::now();
    let rows = lines
        .during(|| pool::run(jobs, workers, &lines, &isolate::run))
        .map_err(|error| Stop::usage(format_args!("cannot start a thread: {error}")))?;
    Ok(Run {
        rows,
        elapsed: start.elapsed(),
    })
}

fn report(jobs: &[Job], run: &Run, files: &Files, format: Format) -> Result<(), Stop> {
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
        "check",
        format,
        &text,
        &json::pretty(run),
        &junit::render("check", &cases),
    )
}

fn status(verdict: Verdict) -> u8 {
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
