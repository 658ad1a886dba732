//! One process that fuzzes. It keeps what it has done in a file, writes it anew every now and then, and stops when its
//! standard input ends, which it does when its parent is gone.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::thread;
use std::time::{Duration, Instant};

use ::fuzz::campaign::{Campaign, Orders};
use ::fuzz::corpus;
use ::fuzz::outcome::{Kept, Outcome};
use ::fuzz::spec::TargetSpec;
use reports::plan::Progress;
use serde::{Deserialize, Serialize};

use crate::files::write_whole;
use crate::interrupt;
use crate::stop::{self, Stop};

/// How often the file is written.
const KEEP_EVERY: Duration = Duration::from_secs(2);

/// An execution that takes longer than this hangs.
const HANG: Duration = Duration::from_secs(60);

/// What a worker is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Task {
    pub(super) targets: Vec<String>,
    pub(super) seconds: u32,
    pub(super) seed: u64,
    /// Which of the streams of programs of this seed.
    pub(super) stream: u64,
    pub(super) fault: Option<String>,
    pub(super) corpus: PathBuf,
    pub(super) part: (u64, u64),
    /// Where the outcome is kept.
    pub(super) outcome: PathBuf,
    /// Where the program is that races natively.
    pub(super) racing: PathBuf,
}

/// Fuzzes as told and gives the exit status.
pub(crate) fn work(task: &str) -> Result<u8, Stop> {
    let task: Task = serde_json::from_str(task).map_err(Stop::usage)?;
    let progress = Arc::new(Progress {
        stop: interrupt::watch(),
        ..Progress::default()
    });
    watch_input(&progress);
    watch_for_hangs(&progress);
    let all = ::fuzz::targets();
    let mut outcome = Outcome::new(
        task.seed,
        task.fault.as_deref(),
        task.part,
        Some(task.stream),
    );
    for target in all
        .iter()
        .filter(|target| task.targets.iter().any(|name| name == target.name))
    {
        if !progress.stop.load(Relaxed) {
            fuzz(&task, target, &all, &progress, &mut outcome)?;
        }
    }
    keep(&outcome, &task.outcome)?;
    let _ = std::fs::remove_file(&task.racing);
    Ok(stop::HELD)
}

fn keep(outcome: &Outcome, path: &Path) -> Result<(), Stop> {
    write_whole(path, &outcome.to_json(), None)
}

fn fuzz(
    task: &Task,
    target: &Arc<TargetSpec>,
    all: &[Arc<TargetSpec>],
    progress: &Arc<Progress>,
    outcome: &mut Outcome,
) -> Result<(), Stop> {
    let known = corpus::load(&task.corpus, target.name, all);
    let known = known.map_err(|(path, why)| Stop::of_file(&path, why))?;
    let mut campaign = Campaign::new(Orders {
        target: Arc::clone(target),
        seed: task.seed.wrapping_mul(1 << 16).wrapping_add(task.stream),
        fault: task.fault.as_deref().and_then(::fuzz::fault),
        known,
        racing: Some(task.racing.clone()),
        progress: Arc::clone(progress),
    });
    let start = Instant::now();
    let until = start + Duration::from_secs(task.seconds.into());
    let mut kept = start;
    let mut saved = 0;
    let found = campaign.run(until, &mut |campaign| {
        if kept.elapsed() >= KEEP_EVERY {
            kept = Instant::now();
            note(outcome, target, campaign, start);
            // What cannot be kept on the way is tried again at the end, and told then.
            let _ = keep(outcome, &task.outcome);
            saved = save(campaign, &task.corpus, saved);
        }
    });
    note(outcome, target, &campaign, start);
    save(&campaign, &task.corpus, saved);
    if let Some(found) = found {
        let what = format!("{}: {}", found.failure.kind, found.failure.claim);
        corpus::keep_failure(&task.corpus, &found.program, &what)
            .map_err(|error| Stop::of_file(&task.corpus, error))?;
        let kept = Kept::of(&found, target.question);
        let fuzzed = outcome.fuzzed.entry(target.name.to_owned()).or_default();
        fuzzed.failures.push(kept);
    }
    keep(outcome, &task.outcome)
}

fn note(outcome: &mut Outcome, target: &TargetSpec, campaign: &Campaign, start: Instant) {
    let fuzzed = outcome.fuzzed.entry(target.name.to_owned()).or_default();
    fuzzed.tally = campaign.tally;
    fuzzed.met = campaign.met().collect();
    fuzzed.milliseconds = start.elapsed().as_millis() as u64;
}

/// Writes the programs that showed something new since the last time; says how many are written by now.
fn save(campaign: &Campaign, folder: &Path, saved: usize) -> usize {
    for program in &campaign.corpus[saved..] {
        // A corpus is a help; without it the next run draws anew.
        let _ = corpus::keep(folder, program);
    }
    campaign.corpus.len()
}

fn watch_input(progress: &Arc<Progress>) {
    let stop = Arc::clone(&progress.stop);
    thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        stop.store(true, Relaxed);
    });
}

/// An execution that hangs ends the process: the parent tells of its program.
fn watch_for_hangs(progress: &Arc<Progress>) {
    let progress = Arc::clone(progress);
    thread::spawn(move || {
        let mut last = (0, Instant::now());
        loop {
            thread::sleep(Duration::from_millis(500));
            let now = progress.executions.load(Relaxed);
            if now != last.0 {
                last = (now, Instant::now());
            } else if last.1.elapsed() > HANG {
                eprintln!("no execution has ended for {} s", HANG.as_secs());
                process::abort();
            }
        }
    });
}
