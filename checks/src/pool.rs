//! Runs jobs on several threads, and tells whoever watches.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope};

use reports::plan::{Progress, World};
use reports::run::Row;

use crate::job::Job;

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
/// Models go first, since they take longest.
///
/// # Errors
/// The system's, when it gives no thread.
pub fn run(
    jobs: &[Job],
    workers: usize,
    watch: &dyn Watch,
    runner: Runner<'_>,
) -> io::Result<Vec<Row>> {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|at| jobs[*at].world == World::Native);
    let queue = Queue {
        jobs,
        order,
        next: AtomicUsize::new(0),
        rows: Mutex::new(Vec::new()),
        watch,
        runner,
    };
    thread::scope(|scope| {
        for worker in 0..workers.clamp(1, jobs.len().max(1)) {
            queue.spawn(scope, worker)?;
        }
        Ok::<_, io::Error>(())
    })?;
    let mut rows = queue
        .rows
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    rows.sort_by_key(|(at, _)| *at);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

struct Queue<'run> {
    jobs: &'run [Job],
    order: Vec<usize>,
    next: AtomicUsize,
    rows: Mutex<Vec<(usize, Row)>>,
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
            let job = &self.jobs[at];
            let progress = Arc::new(Progress::default());
            self.watch.started(worker, job, &progress);
            let row = (self.runner)(job, &progress);
            self.watch.ended(worker, &row);
            self.rows
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((at, row));
        }
    }
}
