//! Native stress: a scenario's body on real threads, again and again. It samples; it proves nothing.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use reports::failure::{Failure, FailureKind, Replay};
use reports::plan::{Coverage, Exploration, Plan, Progress, Search, World};
use reports::scenario::{Broken, Claims, Scenario};
use reports::trace::Trace;

/// An execution that takes longer than this is taken to hang.
const HANG: Duration = Duration::from_secs(30);

/// How often the watcher looks whether executions still end.
const LOOK: Duration = Duration::from_millis(250);

/// Runs `scenario` as `plan` says, until it fails, has run often enough, or is out of time.
///
/// Faults and weakened sites do not exist natively; a plan that asks for one is inconclusive.
#[must_use]
pub fn explore(plan: &Plan, scenario: &Scenario) -> Exploration {
    let start = Instant::now();
    let Search::Stress { executions } = plan.search else {
        return Exploration::refused("the native world only stresses");
    };
    if plan.fault.is_some() || plan.weaken.is_some() {
        return Exploration::refused("faults and weakened sites are not compiled in natively");
    }
    let claims = Claims::default();
    let stress = Stress {
        body: scenario.body,
        claims: claims.clone(),
        progress: Arc::clone(&plan.progress),
        executions,
        end: start.checked_add(plan.budget),
    };
    let ended = stress.run_watched();
    let ledger = claims.ledger();
    let failed = ended
        .broken
        .map(|broken| failure(broken, plan, scenario, ended.executions));
    let coverage = match (&failed, ended.executions < executions) {
        (None, true) => Coverage::Inconclusive {
            reason: "out of budget".to_owned(),
        },
        _ => Coverage::Sampled {
            executions: ended.executions,
        },
    };
    Exploration {
        executions: ended.executions,
        elapsed: start.elapsed(),
        coverage,
        failure: failed,
        witnesses: ledger.witnesses,
        outcomes: ledger.outcomes,
        graphs: None,
        rest: None,
        buffering: None,
    }
}

fn failure(broken: Broken, plan: &Plan, scenario: &Scenario, execution: u64) -> Failure {
    Failure {
        kind: broken.kind,
        claim: broken.claim,
        detail: broken.detail,
        trace: Trace::default(),
        replay: Replay {
            scenario: scenario.name.to_owned(),
            world: World::Native,
            search: plan.search.clone(),
            execution,
            fault: None,
            weaken: None,
        },
        minimal: Vec::new(),
    }
}

/// The executions still to be run.
struct Stress {
    body: fn(&Claims),
    claims: Claims,
    progress: Arc<Progress>,
    executions: u64,
    end: Option<Instant>,
}

/// How a stress ended.
struct Ended {
    executions: u64,
    broken: Option<Broken>,
}

impl Stress {
    /// Runs on a thread of its own, so that an execution which hangs does not hang the caller.
    fn run_watched(self) -> Ended {
        let before = self.progress.executions.load(Relaxed);
        let progress = Arc::clone(&self.progress);
        let (tell, ended) = mpsc::channel();
        let runner = thread::Builder::new()
            .name("stress".to_owned())
            .spawn(move || tell.send(self.run()).ok());
        match runner {
            Ok(_) => watch(&ended, &progress, before),
            Err(error) => Ended {
                executions: 0,
                broken: Some(panicked(&format!("no thread to run on: {error}"))),
            },
        }
    }

    fn run(&self) -> Ended {
        for execution in 0..self.executions {
            if self.is_over() {
                return Ended {
                    executions: execution,
                    broken: None,
                };
            }
            let result = panic::catch_unwind(AssertUnwindSafe(|| (self.body)(&self.claims)));
            self.progress.executions.fetch_add(1, Relaxed);
            if let Err(payload) = result {
                return Ended {
                    executions: execution + 1,
                    broken: Some(broken(payload)),
                };
            }
        }
        Ended {
            executions: self.executions,
            broken: None,
        }
    }

    fn is_over(&self) -> bool {
        self.progress.stop.load(Relaxed) || self.end.is_some_and(|end| Instant::now() >= end)
    }
}

/// Waits for the end, or for an execution that hangs; its threads are then abandoned.
fn watch(ended: &Receiver<Ended>, progress: &Progress, before: u64) -> Ended {
    let mut last = (before, Instant::now());
    loop {
        match ended.recv_timeout(LOOK) {
            Ok(ended) => return ended,
            Err(RecvTimeoutError::Disconnected) => {
                return Ended {
                    executions: 0,
                    broken: Some(panicked("the stress thread died")),
                };
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now = progress.executions.load(Relaxed);
        if now != last.0 {
            last = (now, Instant::now());
        } else if last.1.elapsed() > HANG {
            return Ended {
                executions: now - before + 1,
                broken: Some(hung()),
            };
        }
    }
}

fn hung() -> Broken {
    Broken {
        kind: FailureKind::Deadlock,
        claim: "every execution ends".to_owned(),
        detail: format!("an execution has not ended for {} s", HANG.as_secs()),
    }
}

/// What a panic says: the claim that broke, an invariant by its message, or a panic of the code's own.
fn broken(payload: Box<dyn Any + Send>) -> Broken {
    match payload.downcast::<Broken>() {
        Ok(broken) => *broken,
        Err(payload) => panicked(&message(payload.as_ref())),
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else {
        "a panic without a message".to_owned()
    }
}

fn panicked(message: &str) -> Broken {
    let invariant = message
        .strip_prefix("invariant `")
        .and_then(|rest| rest.split_once("` broken: "));
    match invariant {
        Some((name, detail)) => Broken {
            kind: FailureKind::Invariant,
            claim: name.to_owned(),
            detail: detail.to_owned(),
        },
        None => Broken {
            kind: FailureKind::Panic,
            claim: "the code does not panic".to_owned(),
            detail: message.to_owned(),
        },
    }
}
