//! Workers: operating system threads that share one search.
//!
//! # Invariants
//! 1. The parts of the search (jobs, done or not) are disjoint intervals of the order in
//!    which one worker alone would visit graphs, and together they are the whole.
//! 2. What is counted is counted under the key of its part. When a failure is found,
//!    everything with a later key is dropped, so counts do not depend on who was faster.

use std::collections::BTreeSet;
use std::mem::take;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use crate::buffering::Buffering;
use crate::chains::Seen;
use crate::checkpoint::Checkpoint;
use crate::config::Config;
use crate::driver::{Body, Driver};
use crate::explore::{Counts, FailureObserver, Observer, Progress, Reporter};
use crate::failure::{Failure, Fault};
use crate::job::Job;
use crate::runner::{End, Runner};
use crate::save::Saver;
use crate::search::Search;
use crate::watch::Watched;

/// Who wants to know.
#[derive(Clone)]
pub(crate) struct Watchers {
    pub(crate) observer: Option<Observer>,
    pub(crate) failure_observer: Option<FailureObserver>,
    pub(crate) reporter: Option<Reporter>,
    pub(crate) saver: Option<Arc<Saver>>,
    pub(crate) on_restart: Option<Arc<dyn Fn() + Send + Sync>>,
}

/// What the workers share.
pub(crate) struct Workers {
    pub(crate) config: Config,
    body: Body,
    pub(crate) watchers: Watchers,
    reported: Mutex<Reported>,
    started: Instant,
    state: Mutex<State>,
    pub(crate) changed: Condvar,
    /// Told whenever a worker ends.
    pub(crate) ended: Condvar,
    /// How many there are: fewer than wanted if the system gives no more threads.
    workers: AtomicUsize,
    /// Workers without a job.
    idle: AtomicUsize,
    /// Set when the budget is used up.
    pub(crate) stopped: AtomicBool,
    /// Graphs so far, for the budget.
    graphs: AtomicU64,
    /// The first execution found in which load buffering would be possible.
    buffering: OnceLock<Buffering>,
    /// Which locations loops wait for, and whose writes do not follow each other.
    pub(crate) seen: Arc<Seen>,
    /// How often a failure has been found: a change means that jobs may be useless.
    failures: AtomicUsize,
}

/// The last report.
struct Reported {
    at: Instant,
    /// The share of the search that is done.
    share: f64,
}

pub(crate) struct State {
    pub(crate) jobs: Vec<Job>,
    pub(crate) counted: Vec<(Vec<u32>, Counts)>,
    /// The failure that comes first among those found.
    pub(crate) first: Option<Failure>,
    /// Workers that have not ended.
    pub(crate) at_work: usize,
    /// Why a worker was given up.
    pub(crate) lost: Option<Failure>,
}

/// What the workers found.
pub(crate) struct Outcome {
    pub(crate) counts: Counts,
    pub(crate) failure: Option<Failure>,
    /// What is left, if the budget ended the exploration.
    pub(crate) rest: Option<Checkpoint>,
    pub(crate) buffering: Option<Buffering>,
    /// Locations whose loops should not have waited in place: nothing of this counts.
    pub(crate) apart: BTreeSet<u64>,
}

impl Workers {
    pub(crate) fn new(
        config: Config,
        body: Body,
        watchers: Watchers,
        start: Checkpoint,
        started: Instant,
    ) -> Workers {
        let (jobs, counted, sights) = start.into_parts();
        let reported = Reported {
            at: Instant::now(),
            share: 1.0 - jobs.iter().map(Job::share).sum::<f64>(),
        };
        let state = State {
            jobs,
            counted,
            first: None,
            at_work: 0,
            lost: None,
        };
        let workers = AtomicUsize::new(config.jobs);
        Workers {
            workers,
            config,
            body,
            watchers,
            reported: Mutex::new(reported),
            started,
            state: Mutex::new(state),
            changed: Condvar::new(),
            ended: Condvar::new(),
            idle: AtomicUsize::new(0),
            stopped: AtomicBool::new(false),
            graphs: AtomicU64::new(0),
            buffering: OnceLock::new(),
            seen: Arc::new(Seen::new(sights)),
            failures: AtomicUsize::new(0),
        }
    }

    /// Explores on as many threads as configured, or on those that the system gives, and on
    /// the caller's if there is none.
    pub(crate) fn run(self: Arc<Self>) -> Outcome {
        let workers: Vec<Watched> = (0..self.config.jobs).map_while(|_| self.start()).collect();
        self.make_do_with(workers.len().max(1));
        match workers.is_empty() {
            true => self.work(),
            false => self.watch(workers),
        }
        self.outcome()
    }

    /// Those who have started wait for no others.
    fn make_do_with(&self, workers: usize) {
        let state = self.state();
        // ORDERING: changed under the lock, and read under it.
        self.workers.store(workers, Ordering::Relaxed);
        drop(state);
        self.changed.notify_all();
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn work(&self) {
        let mut search = Search::new(self.config.clone());
        search.chains.seen = Arc::clone(&self.seen);
        let runner = Runner::new(search);
        let mut driver = Driver::new(runner, Body::clone(&self.body));
        while let Some(job) = self.take_job() {
            self.explore(&mut driver, &job);
        }
        driver.finish();
    }

    /// The earliest job, once there is one. `None`: nobody has any left.
    fn take_job(&self) -> Option<Job> {
        let mut state = self.state();
        // ORDERING: idle is changed under the lock only; it is read elsewhere as a hint.
        self.idle.fetch_add(1, Ordering::Relaxed);
        loop {
            let all_idle =
                self.idle.load(Ordering::Relaxed) == self.workers.load(Ordering::Relaxed);
            // ORDERING: the flag carries no data.
            if self.stopped.load(Ordering::Relaxed) || (state.jobs.is_empty() && all_idle) {
                self.changed.notify_all();
                return None;
            }
            let to_save = self.is_to_save();
            if to_save && all_idle {
                self.save(&state);
                continue;
            }
            if let Some(job) = state.take_earliest_unless(to_save) {
                self.idle.fetch_sub(1, Ordering::Relaxed);
                return Some(job);
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn explore(&self, driver: &mut Driver, job: &Job) {
        let key = job.key();
        let mut counts = Counts::default();
        let mut more = driver.runner(|runner| runner.search.begin(job));
        let mut seen_failures = 0;
        while more {
            let end = driver.run();
            if self.settle(driver, &end, &mut counts) || self.is_useless(&key, &mut seen_failures) {
                break;
            }
            if end == End::Again {
                continue;
            }
            if driver.runner(|runner| runner.search.must_start_again()) {
                break;
            }
            driver.runner(|runner| runner.search.finish());
            self.share(driver);
            self.report(driver);
            if self.budget_is_used_up() || self.is_to_save() {
                self.put_back(driver);
                break;
            }
            more = driver.runner(|runner| runner.search.backtrack());
        }
        self.state().counted.push((key, counts));
    }

    /// Counts a run. True: it failed, and the job ends here.
    fn settle(&self, driver: &Driver, end: &End, counts: &mut Counts) -> bool {
        if !driver.runner(|runner| runner.search.is_in_shard()) {
            // A run that leads to another shard's part is counted there.
            return false;
        }
        counts.runs += 1;
        counts.count(end);
        // ORDERING: a statistic.
        self.graphs.fetch_add(
            u64::from(!matches!(end, End::Dead | End::Beyond | End::Again)),
            Ordering::Relaxed,
        );
        if *end == End::Complete && self.buffering.get().is_none() {
            let found = driver.runner(|runner| runner.buffering());
            found.map(|found| self.buffering.set(found));
        }
        match (end, &self.watchers.observer) {
            (End::Complete, Some(observer)) => driver.runner(|runner| runner.observe(observer)),
            (End::Failed(fault), _) => return self.fail(driver, fault),
            _ => {}
        }
        false
    }

    fn fail(&self, driver: &Driver, fault: &Fault) -> bool {
        let failure = driver.runner(|runner| {
            let path = runner.search.full_path();
            fault.clone().describe(runner.trace(), path)
        });
        if let Some(observer) = &self.watchers.failure_observer {
            observer(&failure);
        }
        let mut state = self.state();
        if state
            .first
            .as_ref()
            .is_none_or(|first| failure.path < first.path)
        {
            state.first = Some(failure);
        }
        // ORDERING: read as a hint; the failure itself is under the lock.
        self.failures.fetch_add(1, Ordering::Relaxed);
        !self.config.keep_going
    }

    /// Whether a failure has been found that comes before everything in the job.
    fn is_useless(&self, key: &[u32], seen: &mut usize) -> bool {
        // ORDERING: a hint that it is worth taking the lock.
        let failures = self.failures.load(Ordering::Relaxed);
        if self.config.keep_going || std::mem::replace(seen, failures) == failures {
            return false;
        }
        self.state().is_after_first_failure(key)
    }

    /// Gives work to others if some have none.
    fn share(&self, driver: &Driver) {
        // ORDERING: a hint; nothing depends on its being fresh.
        if self.idle.load(Ordering::Relaxed) == 0 {
            return;
        }
        if let Some(job) = driver.runner(|runner| runner.search.split()) {
            self.state().jobs.push(job);
            self.changed.notify_one();
        }
    }

    pub(crate) fn budget_is_used_up(&self) -> bool {
        let config = &self.config;
        // ORDERING: flags and statistics carry no data.
        let graphs = || self.graphs.load(Ordering::Relaxed);
        let asked = config
            .stop
            .as_ref()
            .is_some_and(|stop| stop.load(Ordering::Relaxed));
        let over = asked
            || config.max_graphs.is_some_and(|most| graphs() >= most)
            || config
                .max_time
                .is_some_and(|most| self.started.elapsed() >= most);
        if over {
            self.stopped.store(true, Ordering::Relaxed);
        }
        over || self.stopped.load(Ordering::Relaxed)
    }

    fn report(&self, driver: &Driver) {
        let Some((every, report)) = &self.watchers.reporter else {
            return;
        };
        // Whoever finds the lock taken leaves the report to the one who has it.
        let Ok(mut reported) = self.reported.try_lock() else {
            return;
        };
        let (depth, done) = driver.runner(|runner| {
            let search = &mut runner.search;
            (search.path.len(), std::mem::take(&mut search.done))
        });
        reported.share = (reported.share + done).min(1.0);
        if reported.at.elapsed() >= *every {
            reported.at = Instant::now();
            // ORDERING: a statistic.
            let graphs = self.graphs.load(Ordering::Relaxed);
            report(&Progress {
                graphs,
                elapsed: self.started.elapsed(),
                depth,
                share: reported.share,
            });
        }
    }

    /// Returns everything that is left of the job.
    fn put_back(&self, driver: &Driver) {
        while let Some(job) = driver.runner(|runner| runner.search.split()) {
            self.state().jobs.push(job);
        }
        self.changed.notify_all();
    }

    fn outcome(&self) -> Outcome {
        let keep_going = self.config.keep_going;
        let mut state = self.state();
        let ending = state.first.as_ref().filter(|_| !keep_going);
        let mut apart = self.seen.apart(ending.map(|first| first.path.as_slice()));
        if self.config.path.is_some() || state.lost.is_some() {
            // One graph is run, as it was found; or a run does not end, and would not again.
            apart.clear();
        }
        if !keep_going {
            state.drop_what_is_after_first_failure();
        }
        let (mut jobs, mut counted) = (take(&mut state.jobs), take(&mut state.counted));
        jobs.sort_by_key(Job::key);
        counted.sort_by(|(a, _), (b, _)| a.cmp(b));
        let sights = self.seen.sights().clone();
        let rest = Checkpoint::new(&self.config, jobs, counted, sights);
        let counts = rest.counts();
        let lost = state.lost.take();
        let rest = Some(rest).filter(|rest| rest.parts_left() > 0 && lost.is_none());
        Outcome {
            counts,
            failure: state.first.take().or(lost),
            rest,
            buffering: self.buffering.get().cloned(),
            apart,
        }
    }
}

impl State {
    fn take_earliest_unless(&mut self, nobody_may: bool) -> Option<Job> {
        if nobody_may {
            return None;
        }
        let keys = self.jobs.iter().map(Job::key).enumerate();
        let earliest = keys
            .min_by(|(_, a), (_, b)| a.cmp(b))
            .map(|(index, _)| index)?;
        Some(self.jobs.swap_remove(earliest))
    }

    fn is_after_first_failure(&self, key: &[u32]) -> bool {
        self.first
            .as_ref()
            .is_some_and(|first| key > first.path.as_slice())
    }

    fn drop_what_is_after_first_failure(&mut self) {
        let Some(first) = self.first.as_ref().map(|first| first.path.clone()) else {
            return;
        };
        self.jobs.retain(|job| job.key() < first);
        self.counted.retain(|(key, _)| *key <= first);
    }
}
