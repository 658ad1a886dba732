//! Every oracle of the shuttle world, seen red on a body that is broken in one way and green on its sound twin.

use std::sync::Arc;
use std::time::Duration;

use checks_shuttle::rt::sync::atomic::{AtomicU64, Ordering, fence};
use checks_shuttle::rt::sync::cell::Cell;
use checks_shuttle::rt::sync::checker::explore;
use checks_shuttle::rt::sync::{site, thread};
use reports::failure::{Failure, FailureKind};
use reports::plan::{Coverage, Exploration, Plan, Search};
use reports::scenario::{Bound, Claims, Pillar, Scenario};

use Ordering::{Acquire, Relaxed, Release, SeqCst};

const STACK: usize = 64 * 1024;

fn scenario(body: fn(&Claims)) -> Scenario {
    Scenario {
        name: "oracle",
        pillar: Pillar::Safepoint,
        question: "Does the oracle see it?",
        always: "it does",
        sometimes: &[],
        bound: Bound::Complete,
        body,
    }
}

fn plan(search: Search) -> Plan {
    Plan {
        search,
        budget: Duration::from_secs(60),
        fault: None,
        weaken: None,
        progress: Arc::default(),
    }
}

fn dfs() -> Plan {
    plan(Search::Dfs { limit: 1_000_000 })
}

fn run(body: fn(&Claims)) -> Exploration {
    explore(&dfs(), &scenario(body))
}

#[track_caller]
fn fails(exploration: Exploration, kind: FailureKind) -> Failure {
    let failure = exploration.failure.expect("the body is broken");
    assert_eq!(failure.kind, kind, "{failure:#?}");
    failure
}

#[track_caller]
fn holds(exploration: &Exploration) {
    assert!(exploration.failure.is_none(), "{:#?}", exploration.failure);
    assert_eq!(exploration.coverage, Coverage::Exhaustive);
}

/// Runs the closures in threads of their own and waits for them.
fn threads<const N: usize>(bodies: [Box<dyn FnOnce() + Send>; N]) {
    let start = |(index, body)| {
        let name = format!("T{}", index + 1);
        thread::spawn(&name, STACK, body).expect("a thread")
    };
    let handles: Vec<_> = bodies.into_iter().enumerate().map(start).collect();
    handles.into_iter().for_each(thread::JoinHandle::join);
}

/// A message passed from T1 to T2 through a cell, published by `publish` and seen by `see`.
fn message(publish: Ordering, see: Ordering) {
    let shared = Arc::new((Cell::new("message", 0), AtomicU64::new("flag", 0)));
    let other = Arc::clone(&shared);
    threads([
        Box::new(move || {
            // SAFETY: nobody reads before the flag is up.
            shared.0.with_mut(|message| unsafe { *message = 42 });
            shared.1.store(1, publish);
        }),
        Box::new(move || {
            if other.1.load(see) == 1 {
                // SAFETY: the flag is up.
                let seen = other.0.with(|message| unsafe { *message });
                assert_eq!(seen, 42);
            }
        }),
    ]);
}

#[test]
fn a_published_message_is_no_race() {
    holds(&run(|_| message(site("test.publish", Release), Acquire)));
}

#[test]
fn a_message_without_release_is_a_race() {
    let failure = fails(run(|_| message(Relaxed, Acquire)), FailureKind::DataRace);
    assert!(failure.detail.contains("`message` is read"), "{failure:#?}");
}

#[test]
fn a_message_without_acquire_is_a_race() {
    fails(run(|_| message(Release, Relaxed)), FailureKind::DataRace);
}

#[test]
fn a_weakened_site_is_a_race() {
    let weakened = Plan {
        weaken: Some("test.publish"),
        ..dfs()
    };
    let body = |_: &Claims| message(site("test.publish", Release), Acquire);
    fails(explore(&weakened, &scenario(body)), FailureKind::DataRace);
}

#[test]
fn store_buffering_has_three_outcomes_under_sequential_consistency() {
    let exploration = run(|claims| {
        let words = Arc::new((AtomicU64::new("x", 0), AtomicU64::new("y", 0)));
        let (left, right) = (Arc::clone(&words), words);
        let first = thread::spawn("T1", STACK, move || {
            left.0.store(1, Relaxed);
            fence(SeqCst);
            left.1.load(Relaxed)
        });
        let second = thread::spawn("T2", STACK, move || {
            right.1.store(1, Relaxed);
            fence(SeqCst);
            right.0.load(Relaxed)
        });
        let (first, second) = (
            first.expect("a thread").join(),
            second.expect("a thread").join(),
        );
        claims.outcome(format_args!("{first}{second}"));
    });
    holds(&exploration);
    let outcomes: Vec<&str> = exploration.outcomes.iter().map(String::as_str).collect();
    assert_eq!(outcomes, ["01", "10", "11"]);
}
