//! Checkpoints on disk: written when a check ends early, read to go on with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use checks::checkpoint::Checkpoint;
use checks::job::Job;
use reports::plan::{Coverage, Keeper, Progress, Rest, World};
use reports::run::{Row, Run};

use crate::failures;
use crate::files::{self, Files};
use crate::shell;
use crate::stop::Stop;

/// Takes what a row has left out of it, saves it, and lets the row say how to go on.
pub(crate) fn keep(files: &Files, job: &Job, row: &mut Row) {
    let Some(rest) = row.rest.take() else {
        return;
    };
    let how = match save(files, job, rest) {
        Ok(path) => format!("go on: {}", shell::command("check --resume", &path)),
        Err(stop) => format!("no checkpoint: {stop}"),
    };
    if let Coverage::Inconclusive { reason } = &mut row.coverage {
        *reason = format!("{reason}; {how}");
    }
}

fn save(files: &Files, job: &Job, rest: Rest) -> Result<PathBuf, Stop> {
    let name = document(job);
    files.write(&name, &Checkpoint::of(job, rest).to_json())?;
    Ok(files.path(&name))
}

/// Lets a check leave a checkpoint every minute while it runs, and keeps the last two, so that a process that is killed
/// loses little. They have a name of their own: they replace nothing that an earlier check has left.
pub(crate) fn keep_often(files: &Files, job: &Job, progress: &Progress) {
    let [last, before] = running(job).map(|name| files.path(&name));
    let job = job.clone();
    let keep = move |rest| {
        let text = Checkpoint::of(&job, rest).to_json();
        // The check goes on without it, and says at its end what cannot be written.
        let _ = files::write_whole(&last, &text, Some(&before));
    };
    let _ = progress.keeper.set(Keeper(Box::new(keep)));
}

/// Removes what [`keep_often`] has left, once the check has ended.
pub(crate) fn forget_running(files: &Files, job: &Job) {
    for name in running(job) {
        // Mostly there is none.
        let _ = fs::remove_file(files.path(&name));
    }
}

/// The last checkpoint of a check that runs, and the one before it.
fn running(job: &Job) -> [String; 2] {
    ["running", "before"].map(|which| format!("checkpoints/{}.{which}.json", name(job)))
}

fn document(job: &Job) -> String {
    format!("checkpoints/{}.json", name(job))
}

/// The checkpoints that nothing goes on from, since their checks have come to an end.
pub(crate) fn ended(jobs: &[Job], run: &Run) -> Vec<String> {
    let rows = jobs.iter().zip(&run.rows);
    let ended = rows.filter(|(job, row)| job.world == World::Graph && row.is_finished());
    ended.map(|(job, _)| document(job)).collect()
}

/// Removes what [`ended`] gave, once the results are written.
pub(crate) fn clear(files: &Files, ended: &[String]) {
    for name in ended {
        // Mostly there is none.
        let _ = fs::remove_file(files.path(name));
    }
}

/// `dict_get_vs_delete`, what was broken on purpose, how it is bounded, and which part it is.
fn name(job: &Job) -> String {
    let broken = failures::broken(job);
    let bound = |count: Option<usize>, what: &str| match count {
        Some(count) => format!("-{count}{what}"),
        None => String::new(),
    };
    let stale = bound(job.settings.stale_reads, "stale");
    let preemptions = bound(job.settings.preemptions, "preemptions");
    let part = failures::part(job);
    format!("{}{broken}{stale}{preemptions}{part}", job.scenario.name)
}

/// The jobs that go on from these files.
pub(crate) fn jobs(paths: &[PathBuf], budget: Duration) -> Result<Vec<Job>, Stop> {
    let mut jobs: Vec<Job> = Vec::new();
    for path in paths {
        let job = job(path, budget)?;
        if let Some(why) = jobs.iter().find_map(|other| clash(other, &job)) {
            return Err(Stop::of_file(path, why));
        }
        jobs.push(job);
    }
    Ok(jobs)
}

fn job(path: &Path, budget: Duration) -> Result<Job, Stop> {
    let text = files::saved(path)?;
    let checkpoint = Checkpoint::from_json(&text).map_err(|why| Stop::of_file(path, why))?;
    checkpoint
        .into_job(budget)
        .map_err(|why| Stop::of_file(path, why))
}

/// Why two checkpoints cannot go on in one run.
fn clash(one: &Job, other: &Job) -> Option<&'static str> {
    let broken = |job: &Job| (job.settings.fault, job.settings.weaken);
    if broken(one) != broken(other) {
        Some("its fault or weakened site is not that of the first checkpoint")
    } else if name(one) == name(other) {
        Some("another checkpoint is of the same check")
    } else {
        None
    }
}
