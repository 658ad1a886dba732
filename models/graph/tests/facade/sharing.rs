//! One exploration on several threads, in several parts, in several pieces: the same counts, and the same failure.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use reports::plan::{Coverage, Exploration, Plan, Progress, Search};
use reports::scenario::Claims;
use runtime_graph::sync::atomic::{
    AtomicU64,
    Ordering::{AcqRel, Relaxed},
};
use runtime_graph::sync::checker::explore;
use runtime_graph::sync::thread;

use crate::common::{STACK, plan, scenario};

/// Three threads add to a word twice, and look at another: 90 orders, and more executions.
fn adders(claims: &Claims) {
    let words = Arc::new([AtomicU64::new("sum", 0), AtomicU64::new("last", 0)]);
    let spawn = |number: u64| {
        let words = Arc::clone(&words);
        let add = move || {
            words[0].fetch_add(1, AcqRel);
            words[1].store(number, Relaxed);
            words[0].fetch_add(1, AcqRel)
        };
        thread::spawn("adder", STACK, add).expect("a thread starts")
    };
    let last = [1, 2, 3].map(spawn).map(thread::JoinHandle::join);
    claims.sometimes("reached", last == [5, 3, 1]);
    claims.outcome(format_args!("{last:?} {}", words[1].load(Relaxed)));
}

/// What must not depend on how an exploration is divided.
fn sum(exploration: &Exploration) -> (u64, u64, u64) {
    let graphs = exploration.graphs.expect("graphs were counted");
    let reached = exploration.witnesses.get("reached").copied();
    (exploration.executions, graphs.blocked, reached.unwrap_or(0))
}

#[test]
fn the_counts_do_not_depend_on_the_number_of_jobs() {
    let one = explore(&plan(), &scenario(adders));
    assert_eq!(one.coverage, Coverage::Exhaustive);
    for jobs in [2, 3] {
        let more = explore(&Plan { jobs, ..plan() }, &scenario(adders));
        assert_eq!(sum(&more), sum(&one));
        assert_eq!(more.outcomes, one.outcomes);
        assert_eq!(more.coverage, Coverage::Exhaustive);
    }
}

#[test]
fn the_first_failure_does_not_depend_on_the_number_of_jobs() {
    let broken = |claims: &Claims| {
        adders(claims);
        claims.always(
            "never",
            !claims.ledger().witnesses.contains_key("reached"),
            || "so",
        );
    };
    let text = |jobs| {
        let failure = explore(&Plan { jobs, ..plan() }, &scenario(broken)).failure;
        format!("{:#?}", failure.expect("it fails"))
    };
    let one = text(1);
    assert!(
        text(2) == one && text(3) == one,
        "another failure, or another report"
    );
}

#[test]
fn the_parts_add_up_to_the_whole() {
    let whole = explore(&plan(), &scenario(adders));
    for parts in [2, 3, 5] {
        let mut total = (0, 0, 0);
        let mut outcomes = std::collections::BTreeSet::new();
        for part in 1..=parts {
            let search = Search::Graph {
                stale_reads: None,
                preemptions: None,
                shard: Some((part, parts)),
            };
            let found = explore(&Plan { search, ..plan() }, &scenario(adders));
            let by = Vec::new();
            assert_eq!(found.coverage, Coverage::Part { part, parts, by });
            let (executions, blocked, reached) = sum(&found);
            total = (total.0 + executions, total.1 + blocked, total.2 + reached);
            outcomes.extend(found.outcomes);
        }
        assert_eq!(total, sum(&whole), "{parts} parts");
        assert_eq!(outcomes, whole.outcomes);
    }
}

/// Stops an exploration from inside of its body, after some runs.
static STOPPER: Mutex<Option<Arc<AtomicBool>>> = Mutex::new(None);
static RUNS: AtomicUsize = AtomicUsize::new(0);

/// The adders, stopped every fifty runs.
fn stopped(claims: &Claims) {
    adders(claims);
    if RUNS.fetch_add(1, Ordering::Relaxed) % 50 == 49 {
        let stopper = STOPPER.lock().unwrap_or_else(PoisonError::into_inner);
        stopper
            .iter()
            .for_each(|stop| stop.store(true, Ordering::Relaxed));
    }
}

/// A plan that the body can stop.
fn stoppable() -> Plan {
    let progress = Arc::new(Progress::default());
    let stop = Arc::clone(&progress.stop);
    *STOPPER.lock().unwrap_or_else(PoisonError::into_inner) = Some(stop);
    Plan { progress, ..plan() }
}

#[test]
fn pieces_that_were_interrupted_add_up_to_the_whole() {
    let whole = explore(&plan(), &scenario(adders));
    let mut found = explore(&stoppable(), &scenario(stopped));
    let mut pieces = 1;
    while let Some(rest) = found.rest.take() {
        let resume = Some(rest);
        found = explore(
            &Plan {
                resume,
                ..stoppable()
            },
            &scenario(stopped),
        );
        pieces += 1;
    }
    assert!(pieces > 3, "{pieces} pieces");
    assert_eq!(sum(&found), sum(&whole));
    assert_eq!(found.outcomes, whole.outcomes);
    assert_eq!(found.coverage, Coverage::Exhaustive);
}

#[test]
fn what_is_no_rest_is_refused() {
    for text in ["", "{}", "rest"] {
        let resume = Some(reports::plan::Rest(text.to_owned()));
        let found = explore(&Plan { resume, ..plan() }, &scenario(adders));
        let Coverage::Inconclusive { reason } = found.coverage else {
            panic!("{:?}", found.coverage);
        };
        assert!(reason.starts_with("cannot resume"), "{reason}");
    }
}
