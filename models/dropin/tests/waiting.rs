//! Loops that wait: those that only read cost nothing, others are bounded, and the verdict says so.

mod common;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

// ORDERING: the models' orders are what they ask about; each names its partner where it matters.
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};

use loom::model::{Builder, Outcome};
use loom::sync::atomic::{AtomicBool, AtomicUsize};
use loom::thread;

fn explore(model: impl Fn() + Send + Sync + 'static) -> Outcome {
    Builder::new().explore(model)
}

#[test]
fn a_loop_that_reads_costs_nothing() {
    let outcome = explore(|| {
        let flag = Arc::new(AtomicBool::new(false));
        let other = Arc::clone(&flag);
        thread::spawn(move || other.store(true, Release)); // ORDERING: with the load below.
        while !flag.load(Acquire) {
            thread::yield_now();
        }
    });
    assert_eq!(outcome.verdict(), "exhaustive");
    assert_eq!(outcome.executions(), 1);
}

#[test]
fn a_yield_outside_of_a_loop_is_passed() {
    let outcome = explore(|| {
        let flag = Arc::new(AtomicBool::new(false));
        let other = Arc::clone(&flag);
        thread::spawn(move || other.store(true, Relaxed)); // ORDERING: with the load below.
        if !flag.load(Relaxed) {
            thread::yield_now();
        }
        flag.load(Relaxed);
    });
    assert_eq!(outcome.verdict(), "exhaustive");
    // The first load sees the store or not; in the second case the last one does, or not.
    assert_eq!(outcome.executions(), 3);
}

/// A lock whose waiting loop writes in each turn.
fn swaps_until_free(lock: &AtomicBool) {
    // ORDERING: with the store that gives the lock back.
    while lock.swap(true, AcqRel) {
        thread::yield_now();
    }
    lock.store(false, Release); // ORDERING: with the swap.
}

#[test]
fn a_lock_that_is_swapped_until_it_is_free_waits_in_place() {
    let outcome = explore(|| {
        let lock = Arc::new(AtomicBool::new(false));
        let other = Arc::clone(&lock);
        thread::spawn(move || swaps_until_free(&other));
        swaps_until_free(&lock);
    });
    assert_eq!(outcome.verdict(), "exhaustive");
    // One thread has it first, or the other.
    assert_eq!(outcome.executions(), 2);
}

/// Counts its turns until the flag is set.
fn counts_until_set() {
    let shared = Arc::new((AtomicBool::new(false), AtomicUsize::new(0)));
    let other = Arc::clone(&shared);
    // ORDERING: nothing is carried.
    thread::spawn(move || other.0.store(true, Relaxed));
    while !shared.0.load(Relaxed) {
        shared.1.fetch_add(1, Relaxed);
        thread::yield_now();
    }
}

#[test]
fn a_loop_that_writes_is_bounded_and_says_so() {
    let outcome = explore(counts_until_set);
    assert_eq!(outcome.verdict(), "bounded(4 yields)");
    assert!(outcome.executions() > 2);
    let mut shallow = Builder::new();
    shallow.yields = Some(1);
    let fewer = shallow.explore(counts_until_set);
    assert_eq!(fewer.verdict(), "bounded(1 yields)");
    assert!(fewer.executions() < outcome.executions());
}

#[test]
fn a_loop_that_writes_and_never_ends_is_no_pass() {
    let outcome = explore(|| {
        let turns = AtomicUsize::new(0);
        loop {
            turns.fetch_add(1, Relaxed); // ORDERING: the one thread's.
            thread::yield_now();
        }
    });
    assert_eq!(outcome.verdict(), "inconclusive");
    assert_eq!(outcome.executions(), 0);
}

#[test]
fn what_needs_more_turns_than_the_bound_is_found_deeper() {
    let outcome = explore(|| {
        let turns = AtomicUsize::new(0);
        // ORDERING: the one thread's.
        while turns.fetch_add(1, Relaxed) < 7 {
            thread::yield_now();
        }
    });
    assert_eq!(outcome.verdict(), "exhaustive");
    assert_eq!(outcome.executions(), 1);
}

#[test]
fn a_budget_that_runs_out_is_inconclusive() {
    let mut builder = Builder::new();
    builder.max_permutations = Some(3);
    let outcome = builder.explore(|| {
        let counter = Arc::new(AtomicUsize::new(0));
        for _ in 0..3 {
            let other = Arc::clone(&counter);
            thread::spawn(move || other.fetch_add(1, Relaxed)); // ORDERING: a counter.
        }
    });
    assert_eq!(outcome.verdict(), "inconclusive");
    assert!(outcome.executions() >= 3);
}

/// The values that a model gives, over all executions.
fn values_of(model: impl Fn() -> usize + Send + Sync + 'static) -> (Outcome, BTreeSet<usize>) {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let values = Arc::clone(&seen);
    let outcome = explore(move || {
        let value = model();
        values.lock().unwrap().insert(value);
    });
    let seen = seen.lock().unwrap().clone();
    (outcome, seen)
}

#[test]
fn a_wait_with_a_time_out_ends_in_both_ways() {
    let (outcome, seen) = values_of(|| {
        let pair = Arc::new((loom::sync::Mutex::new(false), loom::sync::Condvar::new()));
        let other = Arc::clone(&pair);
        thread::spawn(move || {
            *other.0.lock().unwrap() = true;
            other.1.notify_one();
        });
        let guard = pair.0.lock().unwrap();
        if *guard {
            return 2;
        }
        let (_, result) = pair.1.wait_timeout(guard, Duration::from_secs(1)).unwrap();
        usize::from(result.timed_out())
    });
    assert_eq!(outcome.verdict(), "exhaustive");
    assert_eq!(seen, BTreeSet::from([0, 1, 2]));
}

#[test]
fn a_notification_wakes_any_thread_that_waits() {
    let (outcome, seen) = values_of(|| {
        let state = (loom::sync::Mutex::new(0), loom::sync::Condvar::new());
        let shared = Arc::new((state, AtomicUsize::new(0)));
        let wait = |name| {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let ((waiting, condvar), first) = &*shared;
                let mut waiting = waiting.lock().unwrap();
                *waiting += 1;
                drop(condvar.wait(waiting).unwrap());
                // ORDERING: the value itself is all that is asked.
                let _ = first.compare_exchange(0, name, Relaxed, Relaxed);
            })
        };
        let threads = [wait(1), wait(2)];
        let ((waiting, condvar), first) = &*shared;
        if *waiting.lock().unwrap() < 2 {
            loom::skip_branch();
        }
        condvar.notify_one();
        // ORDERING: the value itself is all that is asked.
        while first.load(Relaxed) == 0 {
            thread::yield_now();
        }
        condvar.notify_all();
        drop(threads);
        first.load(Relaxed)
    });
    assert!(outcome.verdict().starts_with("bounded"), "{outcome:?}");
    assert_eq!(seen, BTreeSet::from([1, 2]));
}

/// Nothing comes to its end before a thread has passed a yield three times, and there are many
/// executions in which it has not.
#[test]
fn a_bound_under_which_nothing_ends_is_raised_before_the_budget_ends() {
    let mut builder = Builder::new();
    builder.max_permutations = Some(15_000);
    let outcome = builder.explore(|| {
        let count = Arc::new(AtomicUsize::new(0));
        let add = || {
            let count = Arc::clone(&count);
            thread::spawn(move || (0..4).fold(0, |_, _| count.fetch_add(1, Relaxed)))
        };
        let threads = [add(), add(), add()];
        let turns = AtomicUsize::new(0);
        while turns.fetch_add(1, Relaxed) < 3 {
            thread::yield_now();
        }
        drop(threads);
    });
    assert_eq!(outcome.verdict(), "inconclusive");
    assert!(outcome.executions() > 0, "{outcome}");
}

/// Two threads that add twelve times each: 2,704,156 orders.
fn many_orders() {
    let count = Arc::new(AtomicUsize::new(0));
    let add = || {
        let count = Arc::clone(&count);
        thread::spawn(move || (0..12).fold(0, |_, _| count.fetch_add(1, Relaxed)))
    };
    let threads = [add(), add()];
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn what_is_too_much_is_visited_within_a_bound_on_preemptions() {
    let mut builder = Builder::new();
    builder.max_permutations = Some(5_000);
    builder.preemption_bound = Some(1);
    let outcome = builder.explore(many_orders);
    assert_eq!(outcome.verdict(), "bounded(1 preemptions)");
    // One thread after the other, or one interrupted by the whole of the other at one of 11 places.
    assert_eq!(outcome.executions(), 2 + 2 * 11, "{outcome}");
    builder.preemption_bound = None;
    let outcome = builder.explore(many_orders);
    assert_eq!(outcome.verdict(), "inconclusive", "{outcome}");
}

#[test]
fn each_yield_is_counted_alone() {
    let mut builder = Builder::new();
    builder.yields = Some(1);
    let outcome = builder.explore(|| {
        let turns = AtomicUsize::new(0);
        turns.fetch_add(1, Relaxed);
        thread::yield_now();
        turns.fetch_add(1, Relaxed);
        thread::yield_now();
    });
    assert_eq!(outcome.verdict(), "exhaustive");
}

#[test]
fn a_yield_is_passed_as_often_as_the_bound_says() {
    let most = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let seen = Arc::clone(&most);
    let mut builder = Builder::new();
    builder.yields = Some(2);
    let outcome = builder.explore(move || {
        let turns = AtomicUsize::new(0);
        loop {
            let turn = turns.fetch_add(1, Relaxed);
            seen.fetch_max(turn, Relaxed);
            thread::yield_now();
        }
    });
    assert_eq!(outcome.verdict(), "inconclusive");
    assert_eq!(most.load(Relaxed), 2);
}

#[test]
fn a_failure_ends_the_search_for_deeper_ones() {
    let message = common::failure_of(|| {
        let turns = Arc::new(AtomicUsize::new(0));
        let other = Arc::clone(&turns);
        thread::spawn(move || {
            loop {
                other.fetch_add(1, Relaxed);
                thread::yield_now();
            }
        });
        assert_eq!(turns.load(Relaxed), 0);
    });
    assert!(message.contains("RADDLE_REPLAY=1:"), "{message}");
}

#[test]
fn a_budget_is_kept_piece_by_piece() {
    let mut builder = Builder::new();
    builder.max_permutations = Some(12_000);
    let outcome = builder.explore(many_orders);
    assert_eq!(outcome.verdict(), "inconclusive");
    assert!(
        (12_000..12_200).contains(&outcome.executions()),
        "{outcome}"
    );
    builder.max_permutations = None;
    builder.max_duration = Some(Duration::from_millis(800));
    let outcome = builder.explore(many_orders);
    assert_ne!(outcome.verdict(), "exhaustive", "{outcome}");
}
