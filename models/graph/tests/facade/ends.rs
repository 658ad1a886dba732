//! How executions end: by a panic, by another run of the same graph that differs, in the middle of everything.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reports::failure::FailureKind;
use reports::plan::{Coverage, Exploration, Plan};
use reports::scenario::Claims;
use runtime_graph::sync::atomic::{
    AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};
use runtime_graph::sync::checker::explore;
use runtime_graph::sync::park::{Key, ParkingLot};
use runtime_graph::sync::{hint, thread};

use crate::common::{STACK, both, fails, holds, plan, scenario};

#[test]
fn a_panic_of_the_code_is_a_failure_of_its_own_kind() {
    let failure = fails(
        |_| both(|| assert_eq!(1 + 1, 3, "sums"), || {}),
        FailureKind::Panic,
    );
    assert!(failure.detail.contains("sums"), "{failure:#?}");
}

/// Two threads each read a word and write what they read and one.
fn lost_update(claims: &Claims) {
    let word = Arc::new(AtomicU64::new("word", 0));
    let other = Arc::clone(&word);
    let add = |word: &AtomicU64| word.store(word.load(Acquire) + 1, Release);
    let last = Arc::clone(&word);
    both(move || add(&word), move || add(&other));
    let value = last.load(Relaxed);
    claims.always("no update is lost", value == 2, || {
        format!("the word is {value}")
    });
}

#[test]
fn the_replay_of_a_failure_gives_it_again_in_the_same_words() {
    let failure = fails(lost_update, FailureKind::Claim);
    let replay = Plan {
        search: failure.replay.search.clone(),
        ..plan()
    };
    let again = explore(&replay, &scenario(lost_update));
    assert_eq!(again.executions, failure.replay.execution);
    let again = again.failure.expect("it fails again");
    assert!(again == failure, "another report of the same failure");
}

#[test]
fn a_replay_that_does_not_fail_any_more_shows_nothing() {
    let failure = fails(lost_update, FailureKind::Claim);
    let replay = Plan {
        search: failure.replay.search.clone(),
        ..plan()
    };
    let again = explore(&replay, &scenario(|_| both(|| {}, || {})));
    assert!(again.failure.is_none());
    assert!(matches!(again.coverage, Coverage::Inconclusive { .. }));
}

/// How many times the body was run: what no code under test may depend on.
static RUNS: AtomicUsize = AtomicUsize::new(0);

#[test]
fn code_that_differs_from_run_to_run_is_found_out() {
    let failure = fails(
        |_| {
            let odd = RUNS.fetch_add(1, Ordering::Relaxed) % 2 == 1;
            let words = Arc::new([AtomicU64::new("x", 0), AtomicU64::new("y", 0)]);
            let other = Arc::clone(&words);
            both(
                move || words[0].store(1, Relaxed),
                move || {
                    if odd {
                        other[1].store(1, Relaxed);
                    }
                    other[0].load(Relaxed);
                },
            );
        },
        FailureKind::Nondeterminism,
    );
    assert!(
        failure.detail.contains("was") && failure.detail.contains("is now"),
        "{failure:#?}"
    );
}

/// Uses an atomic when it is dropped.
struct Guard(Arc<AtomicU64>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Release);
        assert!(self.0.load(Acquire) < 10, "the count went below zero");
    }
}

/// One thread holds a guard while it waits, in every way of waiting; the other ends the execution by failing, or not.
fn guarded(fail: bool) {
    let shared = Arc::new((AtomicU64::new("flag", 0), ParkingLot::new()));
    let count = Arc::new(AtomicU64::new("guards", 0));
    let (other, counted) = (Arc::clone(&shared), Arc::clone(&count));
    both(
        move || {
            counted.fetch_add(1, Relaxed);
            let guard = Guard(counted);
            let (flag, lot) = &*shared;
            let _ = lot.park(Key::of(flag), None, || flag.load(Acquire) == 0);
            while flag.load(Acquire) < 2 {
                hint::spin();
            }
            drop(guard);
        },
        move || {
            let (flag, lot) = &*other;
            flag.store(1, Release);
            lot.unpark_all(Key::of(flag), 0);
            assert!(!fail, "given up");
            flag.store(2, Release);
        },
    );
}

#[test]
fn destructors_run_when_an_execution_is_cut_off() {
    holds(|_| guarded(false));
    let failure = fails(|_| guarded(true), FailureKind::Panic);
    assert!(failure.detail.contains("given up"), "{failure:#?}");
}

#[test]
fn more_threads_than_the_checker_has_are_inconclusive() {
    let exploration = explore(
        &plan(),
        &scenario(|_| {
            let spawn = |_| thread::spawn("worker", STACK, || {}).expect("a thread starts");
            let threads: Vec<_> = (0..20).map(spawn).collect();
            threads.into_iter().for_each(thread::JoinHandle::join);
        }),
    );
    let Coverage::Inconclusive { reason } = exploration.coverage else {
        panic!("{:?}", exploration.coverage);
    };
    assert!(reason.contains("threads"), "{reason}");
}

#[test]
fn a_search_of_another_world_is_refused() {
    let other = Plan {
        search: reports::plan::Search::Dfs { limit: 1 },
        ..plan()
    };
    let Exploration { coverage, .. } = explore(&other, &scenario(|_| ()));
    assert!(matches!(coverage, Coverage::Inconclusive { .. }));
}
