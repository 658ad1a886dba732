//! The graph world with all mutants in it: a process that is told which mutant to try on which scenarios.
//!
//! It reads one request a line and answers each with lines of its own; the last one of a request says `done`. A mutant
//! may take the process down: whoever asked sees how far it came.

#![allow(warnings, reason = "mutants are not written with care")]
#![allow(arithmetic_overflow, unconditional_panic, unconditional_recursion)]

mod mutate;
pub mod objects;
pub mod protocols;
mod tables;

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::Ordering::Relaxed as Unordered;
use std::thread;
use std::time::{Duration, Instant};

use reports::plan::{Coverage, Exploration, Plan, Progress, Search};
use reports::scenario::{Claims, Scenario};
use serde::{Deserialize, Serialize};

pub use tables::{COUNT, scenarios, sync};

/// What the scenarios call the runtime.
pub mod rt {
    pub use crate::{objects, protocols, sync};
}

/// The stack of the thread that runs the checker, which keeps the threads of a model on it.
const STACK: usize = 16 << 20;

/// How often a search is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// A mutant, or none, and the scenarios to try it on.
#[derive(Deserialize)]
struct Request {
    mutant: Option<usize>,
    scenarios: Vec<Task>,
    /// For all scenarios together, when a mutant is on.
    milliseconds: u64,
}

#[derive(Deserialize)]
struct Task {
    name: String,
    /// The most executions to look at.
    executions: u64,
    /// The most places that one run may pass.
    places: u64,
}

/// What came of one scenario.
#[derive(Serialize)]
struct Answer {
    scenario: String,
    outcome: &'static str,
    kind: String,
    detail: String,
    executions: u64,
    milliseconds: u64,
    /// How many places the longest run has passed.
    places: u64,
    passed: Vec<usize>,
}

/// What the search that runs repeats.
static BODY: Mutex<Option<fn(&Claims)>> = Mutex::new(None);

fn body(claims: &Claims) {
    mutate::begin_run();
    let body = *BODY.lock().expect("nobody panics with it");
    body.expect("a search was begun")(claims);
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some("list") {
        for scenario in scenarios::all() {
            println!("{}", scenario.name);
        }
        return;
    }
    let worker = thread::Builder::new().stack_size(STACK).spawn(serve);
    worker.expect("a thread starts").join().expect("it ends");
}

fn serve() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("the requests are text");
        let request: Request = serde_json::from_str(&line).expect("the requests are well-formed");
        answer(&request);
        println!("done");
        std::io::stdout().flush().expect("somebody reads");
    }
}

fn answer(request: &Request) {
    mutate::turn_on(request.mutant.unwrap_or(usize::MAX));
    let start = Instant::now();
    let budget = Duration::from_millis(request.milliseconds);
    for task in &request.scenarios {
        let left = budget.saturating_sub(start.elapsed());
        println!("begin {}", task.name);
        std::io::stdout().flush().expect("somebody reads");
        let answer = attempt(task, left);
        println!("{}", serde_json::to_string(&answer).expect("it is plain"));
        if request.mutant.is_some() && !matches!(answer.outcome, "held" | "unknown") {
            break;
        }
    }
}

fn attempt(task: &Task, budget: Duration) -> Answer {
    if budget.is_zero() {
        return not_run(task);
    }
    let known = scenarios::all();
    let scenario = known.iter().find(|scenario| scenario.name == task.name);
    let scenario = scenario.expect("the scenario exists");
    *BODY.lock().expect("nobody panics with it") = Some(scenario.body);
    let hooked = Scenario { body, ..*scenario };
    let search = Search::Graph {
        stale_reads: None,
        preemptions: None,
        shard: None,
    };
    let plan = Plan::new(search, budget);
    let _ = mutate::passed();
    mutate::bound(task.places);
    let start = Instant::now();
    let found = watched(&plan, &hooked, task.executions);
    let (outcome, kind, detail) = judge(scenario, &found);
    Answer {
        scenario: task.name.clone(),
        outcome,
        kind,
        detail,
        executions: found.executions,
        milliseconds: start.elapsed().as_millis() as u64,
        places: mutate::longest(),
        passed: mutate::passed(),
    }
}

/// There is no time left for it.
fn not_run(task: &Task) -> Answer {
    Answer {
        scenario: task.name.clone(),
        outcome: "unknown",
        kind: "limit".to_owned(),
        detail: "out of budget".to_owned(),
        executions: 0,
        milliseconds: 0,
        places: 0,
        passed: Vec::new(),
    }
}

/// Explores, and stops after so many executions.
fn watched(plan: &Plan, scenario: &Scenario, executions: u64) -> Exploration {
    let progress: Arc<Progress> = Arc::clone(&plan.progress);
    let over = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let seen = Arc::clone(&over);
    let watcher = thread::spawn(move || {
        // ORDERING: Relaxed: hints between a search and who watches it.
        while !seen.load(Unordered) {
            if progress.executions.load(Unordered) > executions {
                progress.stop.store(true, Unordered);
            }
            thread::sleep(LOOK);
        }
    });
    let found = sync::checker::explore(plan, scenario);
    // ORDERING: as above.
    over.store(true, Unordered);
    watcher.join().expect("it only watches");
    found
}

fn judge(scenario: &Scenario, found: &Exploration) -> (&'static str, String, String) {
    if let Some(failure) = &found.failure {
        let told = format!("{}: {}", failure.claim, failure.detail);
        let endless = told.contains("does not end: it passes");
        let outcome = if endless { "endless" } else { "failed" };
        return (outcome, failure.kind.to_string(), told);
    }
    if let Coverage::Inconclusive { reason } = &found.coverage {
        let endless = reason.contains("events");
        let outcome = if endless { "endless" } else { "unknown" };
        return (outcome, "limit".to_owned(), reason.clone());
    }
    let missing = |witness: &&&str| !found.witnesses.contains_key(**witness);
    match scenario.sometimes.iter().find(missing) {
        Some(witness) => ("vacuous", "vacuous".to_owned(), (*witness).to_owned()),
        None => ("held", String::new(), String::new()),
    }
}
