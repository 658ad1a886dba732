//! Progress on a terminal: one line for each running job, and one for the whole. Quiet when standard error is piped.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use checks::job::Job;
use checks::pool::Watch;
use explain::text::{grouped, seconds};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use reports::plan::{Progress, World};
use reports::run::Row;

use crate::estimate::Estimates;

const REFRESH: Duration = Duration::from_millis(200);

/// The lines on the terminal.
#[derive(Debug)]
pub(crate) struct Lines {
    total: ProgressBar,
    slots: Vec<Slot>,
}

/// The line of one worker.
#[derive(Debug)]
struct Slot {
    bar: ProgressBar,
    running: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    name: String,
    /// What the world's executions are called.
    unit: &'static str,
    budget: Duration,
    start: Instant,
    /// The share that was done when this check began: one that goes on has some when it is first looked at.
    first: OnceLock<f64>,
    /// What the search has said of its size.
    estimates: Mutex<Estimates>,
    progress: Arc<Progress>,
}

impl Lines {
    /// Lines for `workers` workers and `jobs` jobs.
    pub(crate) fn new(workers: usize, jobs: usize) -> Self {
        let lines = MultiProgress::new();
        let slot = || Slot {
            bar: lines.add(line("  {msg}")),
            running: Mutex::new(None),
        };
        let slots = (0..workers.min(jobs)).map(|_| slot()).collect();
        let total = lines.add(line("{pos} of {len} done, {elapsed}"));
        total.set_length(jobs as u64);
        Self { total, slots }
    }

    /// Runs `work` while the lines are kept fresh.
    pub(crate) fn during<R>(&self, work: impl FnOnce() -> R) -> R {
        if self.total.is_hidden() {
            return work();
        }
        thread::scope(|scope| {
            // Without a thread for it there are no lines.
            let _ = thread::Builder::new().spawn_scoped(scope, || self.refresh());
            let result = work();
            self.total.finish_and_clear();
            result
        })
    }

    fn refresh(&self) {
        while !self.total.is_finished() {
            for slot in &self.slots {
                slot.show();
            }
            self.total.tick();
            thread::sleep(REFRESH);
        }
        for slot in &self.slots {
            slot.bar.finish_and_clear();
        }
    }
}

impl Slot {
    fn show(&self) {
        if let Some(running) = &*self.running.lock().unwrap_or_else(PoisonError::into_inner) {
            self.bar.set_message(running.message());
        }
    }

    fn set(&self, running: Option<Running>) {
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = running;
    }
}

impl Running {
    fn message(&self) -> String {
        let executions = self.progress.executions.load(Relaxed);
        let elapsed = self.start.elapsed();
        let rate = executions as f64 / elapsed.as_secs_f64().max(0.001);
        format!(
            "{}: {} {}, {}/s{}, {} of {}",
            self.name,
            grouped(executions),
            self.unit,
            grouped(rate as u64),
            self.estimate(executions, elapsed),
            seconds(elapsed),
            seconds(self.budget),
        )
    }

    /// How deep the search is, and where that can be believed, how much there is of it and when it will end.
    fn estimate(&self, executions: u64, elapsed: Duration) -> String {
        let depth = match self.progress.depth.load(Relaxed) {
            0 => return String::new(),
            depth => depth,
        };
        let done = self.progress.share.load(Relaxed) as f64 / 1e6;
        let before = *self.first.get_or_init(|| done);
        let mut estimates = self
            .estimates
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        estimates.note(executions, (done - before) / (1.0 - before));
        let Some(whole) = estimates.whole() else {
            return format!(", depth {depth}");
        };
        let left = (whole - executions as f64).max(0.0) / (executions as f64).max(1.0);
        let left = seconds(elapsed.mul_f64(left));
        format!(
            ", depth {depth}, of about {}, {left} left",
            grouped(whole as u64)
        )
    }
}

impl Watch for Lines {
    fn started(&self, worker: usize, job: &Job, progress: &Arc<Progress>) {
        if let Some(slot) = self.slots.get(worker) {
            slot.set(Some(Running {
                name: format!("{} ({})", job.scenario.name, job.world),
                unit: match job.world {
                    World::Graph => "graphs",
                    World::Loom | World::Shuttle | World::Native => "executions",
                },
                budget: job.settings.budget,
                start: Instant::now(),
                first: match job.settings.resume {
                    Some(_) => OnceLock::new(),
                    None => OnceLock::from(0.0),
                },
                estimates: Mutex::default(),
                progress: Arc::clone(progress),
            }));
        }
    }

    fn ended(&self, worker: usize, _row: &Row) {
        if let Some(slot) = self.slots.get(worker) {
            slot.set(None);
        }
        self.total.inc(1);
    }
}

fn line(template: &str) -> ProgressBar {
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::no_length().with_style(style)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex, OnceLock};
    use std::time::{Duration, Instant};

    use reports::plan::Progress;

    use super::Running;

    /// A search that was resumed when this share was done.
    fn running(first: f64) -> Running {
        Running {
            name: "dict_x (graph)".to_owned(),
            unit: "graphs",
            budget: Duration::from_secs(60),
            start: Instant::now(),
            first: OnceLock::from(first),
            estimates: Mutex::default(),
            progress: Arc::new(Progress::default()),
        }
    }

    /// What is said after so many executions a second, each of which is as large a share.
    fn told(first: f64, step: f64, seconds: u64) -> String {
        let running = running(first);
        let mut told = String::new();
        for second in 1..=seconds {
            running.progress.advance(7, first + step * second as f64);
            told = running.estimate(100 * second, Duration::from_secs(second));
        }
        told
    }

    #[test]
    fn what_is_left_follows_from_what_was_done_since_the_first_look() {
        assert_eq!(
            told(0.0, 0.01, 20),
            ", depth 7, of about 10,000, 1 min 20 s left"
        );
        assert_eq!(
            told(0.5, 0.01, 20),
            ", depth 7, of about 5,000, 30.0 s left"
        );
    }

    #[test]
    fn nothing_is_said_of_what_nobody_knows() {
        let nobody = running(0.0).estimate(10, Duration::from_secs(1));
        assert_eq!(nobody, "");
        assert_eq!(told(0.25, 0.0, 20), ", depth 7");
        assert_eq!(told(0.0, 0.01, 2), ", depth 7");
    }
}
