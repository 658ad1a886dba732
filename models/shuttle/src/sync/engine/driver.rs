//! Runs executions one after another on shuttle.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use record::execution::{self, Setup};
use reports::plan::Plan;
use reports::scenario::{Claims, Scenario};
use shuttle::scheduler::{Schedule as Start, Scheduler, Task, TaskId};
use shuttle::{Config, FailurePersistence, MaxSteps, Runner};

use super::control::Control;
use super::current::{self, Alarm};
use super::runs::Run;
use super::schedule::Schedule;
use super::strategy::Strategy;

/// The least stack of a model thread. shuttle reuses stacks whatever their size, so all threads get the same.
pub(super) const STACK: usize = 256 * 1024;

/// When to stop, other than by the strategy's own end.
#[derive(Clone, Copy, Debug)]
pub(in crate::sync) struct Limits {
    /// Executions.
    pub(in crate::sync) executions: u64,
    /// Scheduling points, over all executions.
    pub(in crate::sync) steps: u64,
    /// Wall-clock time.
    pub(in crate::sync) time: Duration,
}

/// Why the executions ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sync) enum Ending {
    /// The strategy had no more.
    Complete,
    /// One failed.
    Failed,
    /// A limit of [`Limits`] was met.
    Limit,
    /// Somebody asked to stop.
    Stopped,
}

/// What running came to.
pub(in crate::sync) struct Outcome {
    pub(in crate::sync) executions: u64,
    pub(in crate::sync) ending: Ending,
    /// The panic of the execution that failed.
    pub(in crate::sync) payload: Option<Box<dyn Any + Send>>,
    /// The choices of the last execution.
    pub(in crate::sync) schedule: Schedule,
    /// The same, as runs of threads.
    pub(in crate::sync) runs: Vec<Run>,
    /// Why what ran is not what was asked for.
    pub(in crate::sync) complaint: Option<String>,
    /// The preemptions of the last execution.
    pub(in crate::sync) preemptions: usize,
    /// Some thread would have woken up for no reason once more than it may.
    pub(in crate::sync) out_of_wake_ups: bool,
}

/// Runs the scenario under the strategy until a limit, the strategy's end, or the first failure.
pub(in crate::sync) fn run(
    strategy: Box<dyn Strategy>,
    plan: &Plan,
    limits: Limits,
    scenario: &Scenario,
    claims: &Claims,
) -> Outcome {
    install_hooks();
    current::install(strategy);
    let tally = std::rc::Rc::new(std::cell::Cell::new(Tally::new()));
    let driver = Driver {
        plan: plan.clone(),
        limits,
        until: Instant::now().checked_add(limits.time),
        tally: std::rc::Rc::clone(&tally),
    };
    let (claims, scenario) = (claims.clone(), scenario.body);
    let runner = Runner::new(driver, config());
    let body = move || super::main_thread(|| scenario(&claims));
    let escaped = panic::catch_unwind(AssertUnwindSafe(|| runner.run(body))).err();
    execution::end();
    outcome(tally.get(), escaped)
}

fn outcome(tally: Tally, escaped: Option<Box<dyn Any + Send>>) -> Outcome {
    let control = current::uninstall().expect("it was installed above");
    let payload = control.payload.or(escaped);
    let failed = payload.is_some();
    Outcome {
        executions: tally.executions,
        ending: if failed { Ending::Failed } else { tally.ending },
        payload,
        schedule: Schedule(control.choices),
        runs: control.runs,
        complaint: control.strategy.complaint(),
        preemptions: control.preemptions,
        out_of_wake_ups: control.out_of_wake_ups,
    }
}

fn config() -> Config {
    let mut config = Config::new();
    config.stack_size = STACK;
    config.failure_persistence = FailurePersistence::None;
    config.max_steps = MaxSteps::None;
    config.silence_warnings = true;
    config
}

#[derive(Clone, Copy, Debug)]
struct Tally {
    executions: u64,
    steps: u64,
    ending: Ending,
}

impl Tally {
    fn new() -> Self {
        Self {
            executions: 0,
            steps: 0,
            ending: Ending::Complete,
        }
    }
}

/// shuttle's view of the engine.
struct Driver {
    plan: Plan,
    limits: Limits,
    until: Option<Instant>,
    tally: std::rc::Rc<std::cell::Cell<Tally>>,
}

impl Driver {
    /// Counts the execution that just ended; true when it failed.
    fn count(&self) -> bool {
        let mut tally = self.tally.get();
        tally.executions += 1;
        tally.steps += current::with(|control| {
            control.end();
            control.steps() as u64
        });
        self.tally.set(tally);
        self.plan
            .progress
            .executions
            .fetch_add(1, Ordering::Relaxed);
        current::with(|control| control.payload.is_some())
    }

    /// Why the next execution is not run, unless the strategy has none.
    fn verdict(&self) -> Option<Ending> {
        let tally = self.tally.get();
        let out_of_time = self.until.is_some_and(|until| Instant::now() >= until);
        let limit = tally.executions >= self.limits.executions
            || tally.steps >= self.limits.steps
            || out_of_time;
        if self.plan.progress.stop.load(Ordering::Relaxed) {
            Some(Ending::Stopped)
        } else {
            limit.then_some(Ending::Limit)
        }
    }

    fn begin(&self) {
        execution::begin(Setup {
            fault: self.plan.fault,
            weaken: self.plan.weaken,
            current: current::thread,
        });
    }
}

impl Scheduler for Driver {
    fn new_execution(&mut self) -> Option<Start> {
        if execution::inside() && self.count() {
            return None;
        }
        if !current::with(Control::begin) {
            return None;
        }
        if let Some(ending) = self.verdict() {
            let tally = self.tally.get();
            self.tally.set(Tally { ending, ..tally });
            return None;
        }
        self.begin();
        Some(Start::new(0))
    }

    fn next_task(&mut self, able: &[&Task], current: Option<TaskId>, _: bool) -> Option<TaskId> {
        if current::alarm() == Alarm::Over {
            // The main thread last: shuttle ends the execution with it.
            let next = able.last()?.id();
            current::set_thread(next.into());
            return Some(next);
        }
        let exists = |thread: usize| {
            able.iter()
                .map(|task| task.id())
                .find(|id| usize::from(*id) == thread)
        };
        // shuttle asks by itself when a thread starts another (the starter goes on) and when one has ended.
        let next = current::planned()
            .and_then(exists)
            .or_else(|| current.map(usize::from).and_then(exists))
            .or_else(|| exists(current::choose_for_shuttle()));
        next.or_else(|| able.first().map(|task| task.id()))
    }

    fn next_u64(&mut self) -> u64 {
        0
    }
}

/// Keeps shuttle and failing executions from writing to standard error.
///
/// shuttle installs a panic hook of its own on its first execution in the process, so one is run here, and the hook
/// that was there before put back.
fn install_hooks() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        let scheduler = shuttle::scheduler::RoundRobinScheduler::new(1);
        Runner::new(scheduler, config()).run(|| {});
        drop(panic::take_hook());
        panic::set_hook(before);
        record::failure::install();
    });
}
