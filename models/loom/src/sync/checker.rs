//! Explores a scenario with loom, and says exactly what that shows.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use loom::model::Builder;
use record::execution::{self, Setup};
use record::failure;
use reports::failure::{Failure, FailureKind, Replay, Tried};
use reports::plan::{Coverage, Exploration, Limit, Plan, Search, World};
use reports::scenario::{Broken, Claims, Ledger, Scenario};

use super::schedule::{self, MOST_STEPS, Stop};
use super::{atomic, choice, heap, park, search, swaps, time, watch, word};

/// The stack of the main thread.
const STACK: usize = 256 << 10;

/// How many executions with fewer preemptions are tried to make a failure simpler.
const MOST_TO_MINIMISE: u64 = 20_000;

/// A failure that needs more preemptions than this is reported as it was found.
const MOST_PREEMPTIONS: usize = 4;

/// Explores `scenario` as `plan` says.
#[must_use]
pub fn explore(plan: &Plan, scenario: &Scenario) -> Exploration {
    let start = Instant::now();
    let Search::Loom {
        complete,
        preemptions,
    } = plan.search
    else {
        return Exploration::refused("loom only runs searches of its own");
    };
    failure::install();
    let mode = Mode {
        complete,
        preemptions,
    };
    let found = Pass::run(plan, scenario, mode, start, None);
    let coverage = mode.coverage(&found);
    let failure = found
        .failed()
        .map(|found| simplest(plan, scenario, mode, start, found));
    Exploration {
        executions: found.executions,
        elapsed: start.elapsed(),
        coverage,
        failure,
        witnesses: found.ledger.witnesses,
        outcomes: found.ledger.outcomes,
        graphs: None,
        rest: None,
        buffering: None,
    }
}

fn inconclusive(reason: impl Into<String>) -> Coverage {
    Coverage::Inconclusive {
        reason: reason.into(),
    }
}

/// The execution that fails in the same way with the fewest preemptions; the one that was found, if there is no better.
///
/// Running its search again gives it again, and makes it no simpler.
fn simplest(
    plan: &Plan,
    scenario: &Scenario,
    mode: Mode,
    start: Instant,
    found: &Failure,
) -> Failure {
    let most = mode.preemptions.unwrap_or(MOST_PREEMPTIONS + 1);
    let mut minimal = Vec::new();
    for preemptions in 0..most.min(MOST_PREEMPTIONS + 1) {
        let mode = Mode {
            preemptions: Some(preemptions),
            ..mode
        };
        let again = Pass::run(plan, scenario, mode, start, Some(MOST_TO_MINIMISE));
        if let Some(failure) = again.failed().filter(|again| again.kind == found.kind) {
            return Failure {
                minimal,
                ..failure.clone()
            };
        }
        minimal.push(Tried {
            within: Limit::Preemptions(preemptions),
            executions: again.executions,
            complete: matches!(again.ended, Ended::Itself) && mode.complete,
        });
    }
    Failure {
        minimal,
        ..found.clone()
    }
}

/// How loom explores.
#[derive(Clone, Copy, Debug)]
struct Mode {
    complete: bool,
    preemptions: Option<usize>,
}

impl Mode {
    fn search(self) -> Search {
        Search::Loom {
            complete: self.complete,
            preemptions: self.preemptions,
        }
    }

    /// What the pass has shown; after a failure, what it would have.
    fn coverage(self, found: &Pass) -> Coverage {
        let mut notes = found.limits.clone();
        if !self.complete {
            notes.push("plain mode: a load can hide interleavings (loom #166)".to_owned());
        }
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        let wake_ups = found.out_of_wake_ups.then_some(Limit::WakeUps(1));
        let preemptions = self.preemptions.map(Limit::Preemptions);
        let by: Vec<Limit> = preemptions.into_iter().chain(wake_ups).collect();
        match (&found.ended, self.preemptions, note) {
            (Ended::Stopped(reason), _, _) => inconclusive(reason.clone()),
            (_, None, Some(note)) => inconclusive(note),
            _ if by.is_empty() => Coverage::Exhaustive,
            (_, _, note) => Coverage::Bounded { by, note },
        }
    }
}

/// How a pass ended.
#[derive(Debug)]
enum Ended {
    /// loom had nothing more to explore.
    Itself,
    Failed(Box<Failure>),
    Stopped(String),
}

/// All executions of one search.
#[derive(Debug)]
struct Pass {
    executions: u64,
    ledger: Ledger,
    limits: Vec<String>,
    out_of_wake_ups: bool,
    ended: Ended,
}

impl Pass {
    /// Runs a search, again and again until nothing more is learnt about its locations.
    fn run(
        plan: &Plan,
        scenario: &Scenario,
        mode: Mode,
        start: Instant,
        most: Option<u64>,
    ) -> Self {
        search::begin(mode.complete);
        loop {
            let run = Rc::new(Run {
                plan: plan.clone(),
                body: scenario.body,
                end: start.checked_add(plan.budget),
                most,
                claims: Claims::default(),
                state: RefCell::default(),
            });
            run.explore(mode);
            if let Some(pass) = run.finish(scenario, mode) {
                return pass;
            }
            search::again();
        }
    }

    fn failed(&self) -> Option<&Failure> {
        match &self.ended {
            Ended::Failed(failure) => Some(failure),
            _ => None,
        }
    }
}

/// One run of loom.
struct Run {
    plan: Plan,
    body: fn(&Claims),
    end: Option<Instant>,
    /// How many executions are enough.
    most: Option<u64>,
    claims: Claims,
    state: RefCell<Progress>,
}

#[derive(Default)]
struct Progress {
    executions: u64,
    /// What ended an execution early; no other is begun after it.
    ending: Option<Box<dyn Any + Send>>,
    /// Why it stops before loom does.
    stopped: Option<String>,
}

thread_local! {
    /// The run that loom's closure belongs to, which loom wants to be free to move between threads.
    static RUN: RefCell<Option<Rc<Run>>> = const { RefCell::new(None) };
}

/// The payload that leaves loom before an execution begins.
struct Leave;

impl Run {
    fn explore(self: &Rc<Self>, mode: Mode) {
        RUN.set(Some(Rc::clone(self)));
        let builder = mode.builder();
        let model = || {
            let run = RUN.with_borrow(Clone::clone).expect("a run explores");
            run.execute();
        };
        let result = panic::catch_unwind(AssertUnwindSafe(|| builder.check(model)));
        RUN.take();
        execution::end();
        if let Err(payload) = result
            && !payload.is::<Leave>()
        {
            panic::resume_unwind(payload);
        }
    }

    /// One execution, on loom's own thread.
    fn execute(&self) {
        if self.is_over() {
            panic::resume_unwind(Box::new(Leave));
        }
        self.begin();
        let body = self.body;
        let claims = self.claims.clone();
        schedule::start(0, STACK, move || body(&claims)).expect("loom starts a first thread");
        choice::offer();
        loom::explore();
        let mut ending = schedule::wait_for_all();
        if ending.is_none() {
            ending = panic::catch_unwind(|| execution::finish()).err();
        }
        execution::end();
        self.plan.progress.executions.fetch_add(1, Relaxed);
        let mut state = self.state.borrow_mut();
        state.executions += 1;
        state.ending = ending;
    }

    fn begin(&self) {
        execution::begin(Setup {
            fault: self.plan.fault,
            weaken: self.plan.weaken,
            current: schedule::current,
        });
        schedule::begin();
        atomic::reset();
        heap::reset();
        park::reset();
        swaps::reset();
        time::reset();
        watch::reset();
        word::reset();
        choice::create();
    }

    /// Whether no further execution is wanted.
    fn is_over(&self) -> bool {
        let mut state = self.state.borrow_mut();
        let executions = state.executions;
        let reason = if self.plan.progress.stop.load(Relaxed) {
            Some("stopped")
        } else if self.end.is_some_and(|end| Instant::now() >= end) {
            Some("out of budget")
        } else if self.most.is_some_and(|most| executions >= most) {
            Some("enough executions")
        } else {
            None
        };
        if state.ending.is_none() && state.stopped.is_none() {
            state.stopped = reason.map(str::to_owned);
        }
        state.ending.is_some() || state.stopped.is_some()
    }

    /// What the run came to; `None` when it must be done again.
    fn finish(&self, scenario: &Scenario, mode: Mode) -> Option<Pass> {
        let Progress {
            executions,
            ending,
            stopped,
        } = self.state.take();
        let ended = match ending {
            Some(payload) => match payload.downcast_ref::<Stop>() {
                Some(Stop::Again) => return None,
                Some(Stop::TooLong | Stop::Failed | Stop::Refused) => {
                    Ended::Stopped(search::refusal().unwrap_or_else(too_long))
                }
                None => {
                    let replay = self.replay(scenario, mode, executions);
                    let failure = failure::caught(&*payload, known, replay);
                    Ended::Failed(Box::new(failure))
                }
            },
            None => stopped.map_or(Ended::Itself, Ended::Stopped),
        };
        Some(Pass {
            executions,
            ledger: self.claims.ledger(),
            limits: search::limits(),
            out_of_wake_ups: search::is_out_of_wake_ups(),
            ended,
        })
    }

    fn replay(&self, scenario: &Scenario, mode: Mode, execution: u64) -> Replay {
        Replay {
            scenario: scenario.name.to_owned(),
            world: World::Loom,
            search: mode.search(),
            execution,
            fault: self.plan.fault.map(str::to_owned),
            weaken: self.plan.weaken.map(str::to_owned),
        }
    }
}

fn too_long() -> String {
    format!(
        "an execution has more than {MOST_STEPS} steps; does a waiting loop not call `hint::spin`?"
    )
}

/// What loom's own panics say.
fn known(text: &str) -> Option<Broken> {
    text.trim_start()
        .starts_with("Causality violation")
        .then(|| Broken {
            kind: FailureKind::DataRace,
            claim: "shared memory is published before it is used".to_owned(),
            detail: text.trim().to_owned(),
        })
}

impl Mode {
    /// loom as this facade needs it, whatever the environment says.
    fn builder(self) -> Builder {
        let mut builder = Builder::new();
        builder.max_threads = loom::MAX_THREADS;
        // Each step is at most two branches, and the end of a failed execution takes a few more.
        builder.max_branches = 2 * MOST_STEPS + 1_000;
        builder.max_permutations = None;
        builder.max_duration = None::<Duration>;
        builder.preemption_bound = self.preemptions;
        builder.checkpoint_file = None;
        builder.checkpoint_interval = usize::MAX;
        builder.expect_explicit_explore = true;
        // loom names the two threads of a race only when it knows locations.
        builder.location = true;
        builder.log = false;
        builder
    }
}
