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

const REFRESH: Duration = Duration::from_millis(200);

/// The share of a search from which the time for the rest can be told.
const ENOUGH: f64 = 0.001;

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
    /// When this check began, and the share that was done then: one that goes on has some when it is first looked at.
    first: OnceLock<(Duration, f64)>,
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
            self.estimate(elapsed),
            seconds(elapsed),
            seconds(self.budget),
        )
    }

    /// How deep the search is, how much of it is done and when it will end, where the checker knows.
    fn estimate(&self, elapsed: Duration) -> String {
        let depth = match self.progress.depth.load(Relaxed) {
            0 => return String::new(),
            depth => depth,
        };
        let done = self.progress.share.load(Relaxed) as f64 / 1e6;
        let &(since, before) = self.first.get_or_init(|| (elapsed, done));
        let percent = done * 100.0;
        if done - before < ENOUGH {
            return format!(", depth {depth}, about {percent:.1} % done");
        }
        let pace = elapsed.saturating_sub(since).as_secs_f64() / (done - before);
        let left = Duration::from_secs_f64(pace * (1.0 - done));
        format!(
            ", depth {depth}, about {percent:.1} % done, {} left",
            seconds(left)
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
                    None => OnceLock::from((Duration::ZERO, 0.0)),
                },
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
    use std::sync::{Arc, OnceLock};
    use std::time::{Duration, Instant};

    use reports::plan::Progress;

    use super::Running;

    fn running(first: (Duration, f64), depth: usize, share: f64) -> Running {
        let progress = Progress::default();
        progress.advance(depth, share);
        Running {
            name: "dict_x (graph)".to_owned(),
            unit: "graphs",
            budget: Duration::from_secs(60),
            start: Instant::now(),
            first: OnceLock::from(first),
            progress: Arc::new(progress),
        }
    }

    #[test]
    fn what_is_left_follows_from_what_was_done_since_the_first_look() {
        let resumed = running((Duration::from_secs(1), 0.5), 7, 0.6);
        assert_eq!(
            resumed.estimate(Duration::from_secs(3)),
            ", depth 7, about 60.0 % done, 8.00 s left"
        );
    }

    #[test]
    fn nothing_is_said_of_what_nobody_knows() {
        let at = Duration::from_secs(1);
        let told = |depth, share| running((Duration::ZERO, 0.25), depth, share).estimate(at);
        assert_eq!(told(0, 0.0), "");
        assert_eq!(told(7, 0.25), ", depth 7, about 25.0 % done");
    }
}
