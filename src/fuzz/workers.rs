//! The processes that fuzz, seen from their parent.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use ::fuzz::corpus;
use ::fuzz::outcome::{Kept, Outcome};
use ::fuzz::program::Program;
use explain::text::grouped;
use indicatif::{ProgressBar, ProgressStyle};
use reports::failure::{Failure, FailureKind, Replay};
use reports::plan::{Search, World};
use reports::trace::Trace;

use super::worker::Task;
use crate::files::Files;
use crate::stop::Stop;

/// How often the parent looks.
const LOOK: Duration = Duration::from_millis(200);

/// What a run is to do.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) targets: Vec<String>,
    pub(super) seconds: u32,
    pub(super) seed: u64,
    pub(super) fault: Option<String>,
    pub(super) corpus: PathBuf,
    pub(super) part: (u64, u64),
    pub(super) jobs: u16,
}

impl Run {
    /// Runs every worker to its end, and puts together what they have left.
    pub(super) fn all(&self, files: &Files, stop: &Arc<AtomicBool>) -> Result<Outcome, Stop> {
        let tasks: Vec<Task> = (0..self.jobs).map(|job| self.task(files, job)).collect();
        let mut running = Vec::new();
        for task in &tasks {
            let child = start(task)
                .map_err(|error| Stop::usage(format_args!("no process to fuzz in: {error}")))?;
            running.push(child);
        }
        let ended = wait(running, &tasks, stop)?;
        let mut whole = Outcome::new(self.seed, self.fault.as_deref(), self.part, None);
        for (task, (status, said)) in tasks.iter().zip(ended) {
            self.take(task, status, &said, &mut whole)?;
        }
        Ok(whole)
    }

    fn task(&self, files: &Files, job: u16) -> Task {
        Task {
            targets: self.targets.clone(),
            seconds: self.seconds,
            seed: self.seed,
            stream: self.part.0 * 1000 + u64::from(job),
            fault: self.fault.clone(),
            corpus: self.corpus.clone(),
            part: self.part,
            outcome: files.path(&format!("fuzz-worker-{}-{job}.json", self.part.0)),
            racing: files.path(&format!("fuzz-racing-{}-{job}.txt", self.part.0)),
        }
    }

    /// Adds what a worker has left, and the program that it did not survive.
    fn take(
        &self,
        task: &Task,
        status: ExitStatus,
        said: &str,
        whole: &mut Outcome,
    ) -> Result<(), Stop> {
        if let Ok(text) = fs::read_to_string(&task.outcome) {
            let outcome = Outcome::from_json(&text);
            let outcome = outcome.map_err(|why| Stop::of_file(&task.outcome, why))?;
            let added = whole.merge(outcome);
            added.map_err(|why| Stop::of_file(&task.outcome, why))?;
        }
        let _ = fs::remove_file(&task.outcome);
        let racing = fs::read_to_string(&task.racing).ok();
        let _ = fs::remove_file(&task.racing);
        if status.success() {
            return Ok(());
        }
        let how = format!("{status}: {}", said.lines().last().unwrap_or_default());
        let program = racing.and_then(|text| Program::parse(&text, &::fuzz::targets()).ok());
        let Some(program) = program else {
            return Err(Stop::usage(format_args!(
                "a process that fuzzes did not survive: {how}"
            )));
        };
        corpus::keep_failure(&self.corpus, &program, &how)
            .map_err(|error| Stop::of_file(&self.corpus, error))?;
        let target = program.target.name.to_owned();
        let question = program.target.question;
        let kept = Kept::with(
            &program,
            question,
            died(how),
            vec!["found by native".to_owned()],
        );
        whole.fuzzed.entry(target).or_default().failures.push(kept);
        Ok(())
    }
}

fn start(task: &Task) -> io::Result<Child> {
    // Left from a run that was killed.
    let _ = fs::remove_file(&task.outcome);
    let _ = fs::remove_file(&task.racing);
    let orders = serde_json::to_string(task)?;
    Command::new(std::env::current_exe()?)
        .args(["fuzz-worker", &orders])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
}

/// Waits for all; a wish to stop ends their standard input.
fn wait(
    mut running: Vec<Child>,
    tasks: &[Task],
    stop: &AtomicBool,
) -> Result<Vec<(ExitStatus, String)>, Stop> {
    let lost =
        |error: io::Error| Stop::usage(format_args!("a process that fuzzes is lost: {error}"));
    let line = line();
    let begun = Instant::now();
    loop {
        let mut over = true;
        for child in &mut running {
            over &= child.try_wait().map_err(lost)?.is_some();
            if stop.load(Relaxed) {
                drop(child.stdin.take());
            }
        }
        if over {
            break;
        }
        if !line.is_hidden() {
            line.set_message(told(tasks, begun));
        }
        thread::sleep(LOOK);
    }
    line.finish_and_clear();
    let end = |child: Child| {
        let output = child.wait_with_output().map_err(lost)?;
        Ok((
            output.status,
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ))
    };
    running.into_iter().map(end).collect()
}

fn line() -> ProgressBar {
    let style =
        ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new_spinner().with_style(style)
}

/// What the workers have done so far, as their files say.
fn told(tasks: &[Task], begun: Instant) -> String {
    let texts = tasks
        .iter()
        .filter_map(|task| fs::read_to_string(&task.outcome).ok());
    let outcomes: Vec<Outcome> = texts
        .filter_map(|text| Outcome::from_json(&text).ok())
        .collect();
    let all = || outcomes.iter().flat_map(|outcome| outcome.fuzzed.values());
    let sum =
        |of: fn(&::fuzz::campaign::Tally) -> u64| all().map(|one| of(&one.tally)).sum::<u64>();
    let seconds = begun.elapsed().as_secs().max(1);
    let cases = sum(|tally| tally.cases);
    let failures: usize = all().map(|one| one.failures.len()).sum();
    format!(
        "{} cases, {}/s, {} histories, {} pairs met, {failures} failures, {seconds} s",
        grouped(cases),
        grouped(cases / seconds),
        grouped(sum(|tally| tally.histories)),
        grouped(sum(|tally| tally.meetings)),
    )
}

/// The failure of a process.
fn died(how: String) -> Failure {
    Failure {
        kind: FailureKind::Panic,
        claim: "the process survives".to_owned(),
        detail: how,
        trace: Trace::default(),
        replay: Replay {
            scenario: "fuzz_program".to_owned(),
            world: World::Native,
            search: Search::Stress { executions: 1 },
            execution: 1,
            fault: None,
            weaken: None,
        },
        minimal: Vec::new(),
    }
}
