//! `raddle check`.

use std::time::Instant;

use checks::job::Job;
use checks::pool;
use reports::run::{Run, Verdict};
use reports::text::table;

use crate::cli::{Check, Common, Format};
use crate::console;
use crate::files::Files;
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
    report(&run, &arguments.common, &files)?;
    Ok(status(run.verdict()))
}

/// Runs jobs, with progress on a terminal.
pub(crate) fn run(jobs: &[Job], common: &Common) -> Result<Run, Stop> {
    let workers = common.workers();
    let lines = Lines::new(workers, jobs.len());
    let start = Instant::now();
    let rows = lines
        .during(|| pool::run(jobs, workers, &lines))
        .map_err(|error| Stop::usage(format_args!("cannot start a thread: {error}")))?;
    Ok(Run {
        rows,
        elapsed: start.elapsed(),
    })
}

fn report(run: &Run, common: &Common, files: &Files) -> Result<(), Stop> {
    let text = table::render(run);
    files.write("check.txt", &text)?;
    match common.format {
        Format::Text => {
            console::print(&text)?;
            console::print(&format!("{}\n", files.last_line()))
        }
        Format::Json | Format::Junit => {
            console::note(&files.last_line());
            Ok(())
        }
    }
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
