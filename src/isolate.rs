//! Native jobs in processes of their own: real threads on a broken core may take their process down.

use std::io;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use checks::job::{self, Job};
use checks::registry;
use checks::searches::Settings;
use reports::json;
use reports::plan::{Progress, World};
use reports::run::Row;

use crate::cli::Stress;
use crate::console;
use crate::interrupt;
use crate::stop::{self, Stop};

/// Runs a job: a native one in a process of its own, any other here.
pub(crate) fn run(job: &Job, progress: &Arc<Progress>) -> Row {
    if job.world != World::Native {
        return job.run(progress);
    }
    let start = Instant::now();
    match child(job) {
        Ok(output) => row(job, &output, start.elapsed()),
        Err(_) => job.run(progress),
    }
}

fn child(job: &Job) -> io::Result<Output> {
    Command::new(std::env::current_exe()?)
        .arg("stress")
        .arg(job.scenario.name)
        .arg(job.settings.budget.as_millis().to_string())
        .stdin(Stdio::null())
        .output()
}

fn row(job: &Job, output: &Output, elapsed: Duration) -> Row {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| job::crashed_row(job, elapsed, &last_words(output)))
}

/// How the process ended, and what it said last.
fn last_words(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    match said.lines().rfind(|line| !line.trim().is_empty()) {
        Some(line) => format!("{}: {line}", output.status),
        None => output.status.to_string(),
    }
}

/// The other side: runs one scenario and prints its row.
pub(crate) fn stress(arguments: &Stress) -> Result<u8, Stop> {
    let scenario = registry::named(World::Native, &arguments.scenario).ok_or_else(|| {
        Stop::usage(format_args!(
            "there is no scenario `{}`",
            arguments.scenario
        ))
    })?;
    let settings = Settings {
        budget: Duration::from_millis(arguments.budget),
        ..Settings::default()
    };
    let job = Job {
        scenario,
        world: World::Native,
        settings,
    };
    let progress = Progress {
        stop: interrupt::watch(),
        ..Progress::default()
    };
    console::print(&json::pretty(&job.run(&Arc::new(progress))))?;
    Ok(stop::HELD)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{ExitStatus, Output};
    use std::time::Duration;

    use checks::job::Job;
    use checks::searches::Settings;
    use checks::worlds;
    use reports::plan::World;
    use reports::run::Verdict;

    use super::row;

    #[test]
    fn a_process_that_was_killed_is_a_failure() {
        let scenario = worlds::scenarios(World::Native)[0];
        let job = Job {
            scenario,
            world: World::Native,
            settings: Settings::default(),
        };
        let output = Output {
            status: ExitStatus::from_raw(11),
            stdout: Vec::new(),
            stderr: b"something\nmimalloc: double free\n\n".to_vec(),
        };
        let row = row(&job, &output, Duration::from_secs(1));
        assert_eq!(row.verdict, Verdict::Failed);
        let failure = row.failure.expect("it failed");
        assert!(failure.detail.contains("11"), "{failure:?}");
        assert!(
            failure.detail.ends_with("mimalloc: double free"),
            "{failure:?}"
        );
    }
}
