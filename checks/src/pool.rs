//! Runs jobs on several threads, and tells whoever watches.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope};

use reports::plan::{Progress, World};
use reports::run::Row;

use crate::job::{self, Job};

/// The stack of a thread that runs checkers, which keep the threads of a model on it.
const STACK: usize = 16 << 20;

/// Is told what starts and ends.
pub trait Watch: Sync {
    /// A job starts.
    fn started(&self, worker: usize, job: &Job, progress: &Arc<Progress>);
    /// A job has ended.
    fn ended(&self, worker: usize, row: &Row);
}

/// How a job is run, when not by [`Job::run`] itself.
pub type Runner<'run> = &'run (dyn Fn(&Job, &Arc<Progress>) -> Row + Sync);

/// Runs every job on `workers` threads; the rows come back in the order of the jobs.
///
/// Models go first, since they take longest. Once `stop` is set, what runs is asked to end and nothing else is begun.
///
/// Where the system gives fewer threads, it makes do with those, and with the caller's if there is none.
pub fn run(
    jobs: &[Job],
    workers: usize,
    stop: &Arc<AtomicBool>,
    watch: &dyn Watch,
    runner: Runner<'_>,
) -> Vec<Row> {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|at| jobs[*at].world == World::Native);
    let queue = Queue {
        jobs,
        order,
        next: AtomicUsize::new(0),
        rows: Mutex::new(Vec::new()),
        stop,
        watch,
        runner,
    };
    thread::scope(|scope| {
        let wanted = workers.clamp(1, jobs.len().max(1));
        let started = (0..wanted).take_while(|&worker| queue.spawn(scope, worker).is_ok());
        if started.count() == 0 {
            queue.work(0);
        }
    });
    let mut rows = queue
        .rows
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

struct Queue<'run> {
    jobs: &'run [Job],
    order: Vec<usize>,
    next: AtomicUsize,
    rows: Mutex<Vec<(usize, Row)>>,
    stop: &'run Arc<AtomicBool>,
    watch: &'run dyn Watch,
    runner: Runner<'run>,
}

impl Queue<'_> {
    fn spawn<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        worker: usize,
    ) -> io::Result<()> {
        thread::Builder::new()
            .name(format!("checker {worker}"))
            .stack_size(STACK)
            .spawn_scoped(scope, move || self.work(worker))?;
        Ok(())
    }

    fn work(&self, worker: usize) {
        while let Some(&at) = self.order.get(self.next.fetch_add(1, Relaxed)) {
            let row = self.row(worker, &self.jobs[at]);
            self.watch.ended(worker, &row);
            self.rows
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((at, row));
        }
    }

    fn row(&self, worker: usize, job: &Job) -> Row {
        if self.stop.load(Relaxed) {
            return job::not_run(job);
        }
        let progress = Arc::new(Progress {
            stop: Arc::clone(self.stop),
            ..Progress::default()
        });
        self.watch.started(worker, job, &progress);
        (self.runner)(job, &progress)
    }
}
