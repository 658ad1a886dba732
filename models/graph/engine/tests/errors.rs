//! Every kind of failure: found where it is, not found where it is not.

mod outcome;

use graph_engine::Mode::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use graph_engine::{
    Config, Engine, Exploration, FailureKind, Location, Model, Op, Verdict, choice, spawn, spin,
};

use outcome::{explore, ignore, kind, two};

#[test]
fn races_are_found_in_either_order_of_access() {
    let write_first = explore(|| {
        let cell = Location::new("cell", 0);
        two(move || cell.write(1), move || ignore(cell.read()));
    });
    let read_first = explore(|| {
        let cell = Location::new("cell", 0);
        two(move || ignore(cell.read()), move || cell.write(1));
    });
    let both_write = explore(|| {
        let cell = Location::new("cell", 0);
        two(move || cell.write(1), move || cell.write(2));
    });
    let both_read = explore(|| {
        let cell = Location::new("cell", 0);
        two(move || ignore(cell.read()), move || ignore(cell.read()));
    });
    assert_eq!(kind(&write_first), Some(FailureKind::DataRace));
    assert_eq!(kind(&read_first), Some(FailureKind::DataRace));
    assert_eq!(kind(&both_write), Some(FailureKind::DataRace));
    assert_eq!(both_read.verdict, Verdict::Exhaustive);
}

#[test]
fn plain_and_atomic_accesses_of_one_location_race() {
    let mixed = explore(|| {
        let x = Location::new("x", 0);
        two(move || x.store(1, SeqCst), move || x.write(2));
    });
    let reads = explore(|| {
        let x = Location::new("x", 0);
        two(move || ignore(x.load(SeqCst)), move || ignore(x.read()));
    });
    assert_eq!(kind(&mixed), Some(FailureKind::DataRace));
    assert_eq!(reads.verdict, Verdict::Exhaustive);
}

fn handed_over(publish: graph_engine::Mode, receive: graph_engine::Mode) -> Exploration {
    explore(move || {
        let (cell, flag) = (Location::new("cell", 0), Location::new("flag", 0));
        two(
            move || {
                cell.write(7);
                flag.store(1, publish);
            },
            move || {
                if flag.load(receive) == 1 {
                    assert_eq!(cell.read(), 7);
                }
            },
        );
    })
}

#[test]
fn a_cell_is_handed_over_by_release_and_acquire_only() {
    assert_eq!(handed_over(Release, Acquire).verdict, Verdict::Exhaustive);
    assert_eq!(
        kind(&handed_over(Relaxed, Acquire)),
        Some(FailureKind::DataRace)
    );
    assert_eq!(
        kind(&handed_over(Release, Relaxed)),
        Some(FailureKind::DataRace)
    );
}

#[test]
fn a_race_names_both_accesses() {
    let exploration = handed_over(Relaxed, Acquire);
    let failure = exploration.failure.expect("a race");
    let ops: Vec<Op> = failure
        .events
        .iter()
        .filter_map(|&id| failure.trace.event(id))
        .map(|event| event.op)
        .collect();
    assert_eq!(ops, [Op::Write, Op::Read]);
    assert!(
        failure.message.contains("write cell") && failure.message.contains("errors.rs"),
        "{}",
        failure.message
    );
}

#[test]
fn weak_compare_exchanges_fail_spuriously() {
    let exploration = explore(|| {
        let x = Location::new("x", 0);
        assert!(
            x.compare_exchange_weak(0, 1, AcqRel, Relaxed).is_ok(),
            "spurious"
        );
    });
    assert_eq!(kind(&exploration), Some(FailureKind::Panic));
    let in_a_loop = explore(|| {
        let x = Location::new("x", 0);
        while x.compare_exchange_weak(0, 1, AcqRel, Relaxed).is_err() {
            spin();
        }
    });
    assert_eq!(
        (in_a_loop.verdict, in_a_loop.counts.complete),
        (Verdict::Exhaustive, 2)
    );
}

#[test]
fn every_choice_is_explored() {
    let exploration = explore(|| {
        let x = Location::new("x", 0);
        two(
            move || x.store(choice(3) as u64, Relaxed),
            move || ignore(x.load(Relaxed)),
        );
    });
    // The load sees the initial value or the store, for each of three numbers.
    assert_eq!(
        (exploration.verdict, exploration.counts.complete),
        (Verdict::Exhaustive, 6)
    );
}

#[test]
fn panics_are_caught_with_their_place() {
    let exploration = explore(|| {
        let x = Location::new("x", 0);
        two(
            move || x.store(1, Relaxed),
            move || assert_eq!(x.load(Relaxed), 0, "too new"),
        );
    });
    let failure = exploration.failure.expect("a panic");
    assert_eq!(failure.kind, FailureKind::Panic);
    assert!(
        failure.message.contains("too new") && failure.message.contains("errors.rs"),
        "{}",
        failure.message
    );
}

#[test]
fn a_program_that_is_not_deterministic_is_reported_with_both_versions() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let runs = AtomicU64::new(0);
    let exploration = explore(move || {
        let (x, y) = (Location::new("x", 0), Location::new("y", 0));
        // ORDERING: counts the runs, on one thread.
        let odd = runs.fetch_add(1, Ordering::Relaxed) % 2 == 1;
        two(
            move || {
                if odd {
                    x.store(1, Relaxed)
                } else {
                    ignore(x.fetch_add(1, Relaxed))
                }
            },
            move || ignore(x.load(Relaxed) + y.load(Relaxed)),
        );
    });
    let failure = exploration.failure.expect("nondeterminism");
    assert_eq!(failure.kind, FailureKind::Nondeterminism);
    assert!(
        failure.message.contains("was update") && failure.message.contains("is now store"),
        "{}",
        failure.message
    );
}

/// The program counts its runs outside of the engine, and lets a number of its own depend on it.
fn depends_on_the_run(body: impl Fn(u64) + Send + Sync + 'static) -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    let runs = AtomicU64::new(0);
    let exploration = explore(move || {
        // ORDERING: counts the runs, on one thread.
        body(runs.fetch_add(1, Ordering::Relaxed));
        let x = Location::new("x", 0);
        spawn(move || x.store(9, Relaxed));
        spawn(move || ignore(x.load(Relaxed)));
    });
    let failure = exploration.failure.expect("nondeterminism");
    assert_eq!(failure.kind, FailureKind::Nondeterminism);
    failure.message
}

#[test]
fn values_that_differ_from_run_to_run_are_reported_with_both() {
    let stored = depends_on_the_run(|run| {
        let y = Location::new("y", 0);
        y.store(40 + run, Relaxed);
    });
    let initial = depends_on_the_run(|run| ignore(Location::new("y", 40 + run).load(Relaxed)));
    let expected = depends_on_the_run(|run| {
        let y = Location::new("y", 0);
        assert!(y.compare_exchange(40 + run, 1, AcqRel, Relaxed).is_err());
    });
    let returned = depends_on_the_run(|run| {
        spawn(move || 40 + run).join();
    });
    for message in [stored, initial, expected, returned] {
        let both = message.contains("40") && message.contains("is now 41");
        assert!(both, "{message}");
    }
}

#[test]
fn addresses_may_differ_from_run_to_run() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let runs = AtomicU64::new(0);
    let exploration = explore(move || {
        // ORDERING: counts the runs, on one thread.
        let address = runs.fetch_add(1, Ordering::Relaxed) + 1;
        let x = Location::opaque("x", 0);
        two(
            move || x.store(address, Relaxed),
            move || assert!([0, address].contains(&x.load(Relaxed))),
        );
    });
    let counts = exploration.counts;
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    assert_eq!(counts.complete, 2);
}

#[test]
fn endless_executions_are_not_a_pass() {
    let config = Config {
        max_events: 200,
        ..Config::default()
    };
    let exploration = Engine::explore(config, || {
        let x = Location::new("x", 0);
        while x.fetch_add(1, Relaxed) < 1_000_000 {}
    });
    assert_eq!(kind(&exploration), Some(FailureKind::Limit));
    assert_eq!(exploration.verdict, Verdict::Inconclusive);
}

/// A waiting loop that does not say so is named, with its thread, its place and what it reads.
#[test]
fn loops_that_do_not_call_spin_are_named() {
    let exploration = explore(|| {
        let (flag, other) = (Location::new("flag", 0), Location::new("other", 0));
        two(
            move || flag.store(1, Relaxed),
            move || while flag.load(Relaxed) + other.load(Relaxed) < 2 {},
        );
    });
    let failure = exploration.failure.expect("a limit");
    assert_eq!(failure.kind, FailureKind::Limit);
    let expected = [
        "thread 2 goes round a loop (load flag at ",
        "errors.rs:",
        ", load other at ",
    ];
    for part in expected.iter().chain(&["every turn must call spin"]) {
        assert!(failure.message.contains(part), "{}", failure.message);
    }
}

#[test]
fn threads_start_threads_and_return_values() {
    for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20] {
        let exploration = Engine::explore(Config::new(model), || {
            let x = Location::new("x", 0);
            let outer = spawn(move || {
                let inner = spawn(move || x.fetch_add(1, Relaxed));
                let own = x.fetch_add(1, Relaxed);
                (inner.join(), own)
            });
            let mine = x.fetch_add(1, Relaxed);
            let (inner, own) = outer.join().expect("the thread returned");
            let mut seen = [inner.expect("the thread returned"), own, mine];
            seen.sort_unstable();
            assert_eq!(seen, [0, 1, 2]);
        });
        assert_eq!(
            (exploration.verdict, exploration.counts.complete),
            (Verdict::Exhaustive, 6),
            "{exploration}"
        );
    }
}

#[test]
fn too_many_threads_are_a_limit() {
    let exploration = explore(|| {
        (0..graph_engine::MAX_THREADS).for_each(|_| ignore(spawn(|| ()).thread() as u64))
    });
    assert_eq!(kind(&exploration), Some(FailureKind::Limit));
}
