//! Waiting loops cost no runs: as many executions as there are outcomes, and none blocked.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use graph_engine::Mode::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use graph_engine::{
    Config, Counts, Engine, Exploration, Location, Model, Verdict, choice, spawn, spin,
};

fn explore_in(model: Model, body: impl Fn() + Send + Sync + 'static) -> Exploration {
    let config = Config {
        max_graphs: Some(200_000),
        ..Config::new(model)
    };
    Engine::explore(config, body)
}

/// Asserts that the program has so many executions in every model, and that none is blocked.
fn assert_counts(executions: u64, body: impl Fn() + Send + Sync + Copy + 'static) {
    for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20] {
        assert_count_in(model, executions, body);
    }
}

fn assert_count_in(model: Model, executions: u64, body: impl Fn() + Send + Sync + 'static) {
    let exploration = explore_in(model, body);
    let counts = exploration.counts;
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    let found = (counts.complete, counts.blocked);
    assert_eq!(found, (executions, 0), "{model:?}: {exploration}");
}

/// The threads go through a section one after the other, and check that.
fn sections(threads: usize, lock: impl Fn() + Copy + 'static, unlock: impl Fn() + Copy + 'static) {
    let cell = Location::new("cell", 0);
    let started: Vec<_> = (0..threads)
        .map(|_| {
            spawn(move || {
                lock();
                cell.write(cell.read() + 1);
                unlock();
            })
        })
        .collect();
    for thread in started {
        thread.join();
    }
    assert_eq!(cell.read(), threads as u64);
}

fn test_and_set(threads: usize) {
    let word = Location::new("word", 0);
    let lock = move || {
        while word.swap(1, AcqRel) == 1 {
            spin();
        }
    };
    sections(threads, lock, move || word.store(0, Release));
}

fn compare_exchange(threads: usize) {
    let word = Location::new("word", 0);
    let lock = move || {
        while word.compare_exchange(0, 1, SeqCst, SeqCst).is_err() {
            spin();
        }
    };
    sections(threads, lock, move || word.store(0, SeqCst));
}

fn ticket(threads: usize) {
    let (next, serving) = (Location::new("next", 0), Location::new("serving", 0));
    let lock = move || {
        let mine = next.fetch_add(1, Relaxed);
        while serving.load(Acquire) != mine {
            spin();
        }
    };
    let unlock = move || serving.store(serving.load(Relaxed) + 1, Release);
    sections(threads, lock, unlock);
}

fn barrier(threads: usize) {
    let arrived = Location::new("arrived", 0);
    for _ in 0..threads {
        spawn(move || {
            arrived.fetch_add(1, AcqRel);
            while arrived.load(Acquire) != threads as u64 {
                spin();
            }
        });
    }
}

#[test]
fn a_test_and_set_lock() {
    assert_counts(2, || test_and_set(2));
    assert_counts(6, || test_and_set(3));
    assert_counts(24, || test_and_set(4));
}

#[test]
fn a_lock_of_compare_exchanges() {
    assert_counts(2, || compare_exchange(2));
    assert_counts(6, || compare_exchange(3));
    assert_counts(24, || compare_exchange(4));
}

#[test]
fn a_ticket_lock() {
    assert_counts(2, || ticket(2));
    assert_counts(6, || ticket(3));
    assert_counts(24, || ticket(4));
}

#[test]
fn a_barrier_of_one_counter() {
    assert_counts(2, || barrier(2));
    assert_counts(6, || barrier(3));
    assert_counts(24, || barrier(4));
    assert_counts(120, || barrier(5));
}

/// The writes of a flag do not depend on each other here, so its loop does not wait in place.
#[test]
fn a_flag_that_several_set() {
    let exploration = explore_in(Model::Cpp20, || {
        let flag = Location::new("flag", 0);
        spawn(move || {
            while flag.load(Relaxed) == 0 {
                spin();
            }
        });
        spawn(move || flag.store(1, Relaxed));
        spawn(move || flag.store(2, Relaxed));
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    assert_eq!(exploration.counts.complete, 4, "{exploration}");
}

/// A lock beside it is still waited for in place.
#[test]
fn a_lock_beside_a_flag_that_several_set() {
    let exploration = explore_in(Model::Cpp20, || {
        let flag = Location::new("flag", 0);
        for value in 1..=2 {
            spawn(move || flag.store(value, Relaxed));
        }
        test_and_set(3);
        while flag.load(Relaxed) == 0 {
            spin();
        }
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    assert_eq!(exploration.counts.complete, 6 * 4, "{exploration}");
}

/// What observers have seen before a restart does not count.
#[test]
fn a_restart_is_told() {
    let seen = Arc::new(AtomicU64::new(0));
    let (count, forgotten) = (Arc::clone(&seen), Arc::clone(&seen));
    let config = Config {
        jobs: 2,
        ..Config::default()
    };
    let exploration = Engine::new(config)
        // ORDERING: a count that is read when the exploration is over.
        .observe(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        })
        .on_restart(move || forgotten.store(0, Ordering::Relaxed))
        .run(|| {
            let flag = Location::new("flag", 0);
            spawn(move || {
                while flag.load(Relaxed) == 0 {
                    spin();
                }
            });
            spawn(move || flag.store(1, Relaxed));
            spawn(move || flag.store(2, Relaxed));
        });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    // ORDERING: the exploration is over.
    assert_eq!(seen.load(Ordering::Relaxed), exploration.counts.complete);
}

/// A failure is found again along its path, whether or not loops have waited in place.
#[test]
fn paths_lead_to_failures_behind_loops() {
    for apart in [false, true] {
        let body = move || {
            let flag = Location::new("flag", 0);
            let waiter = spawn(move || {
                while flag.load(Relaxed) < 2 {
                    spin();
                }
                flag.load(Relaxed)
            });
            spawn(move || (1..=3).for_each(|value| flag.store(value, Relaxed)));
            if apart {
                spawn(move || flag.store(4, Relaxed));
            }
            assert_ne!(waiter.join(), Some(2), "the second write");
        };
        let found = explore_in(Model::Cpp20, body).failure.expect("a panic");
        let config = Config {
            path: Some(found.path.clone()),
            ..Config::default()
        };
        let again = Engine::explore(config, body).failure.expect("the panic");
        assert_eq!((again.message, again.path), (found.message, found.path));
    }
}

/// In place, three executions would be visited twice here: by way of a wait that a revisit has begun, too.
#[test]
fn a_wait_that_a_revisit_has_begun() {
    let writes = || {
        let flag = Location::new("flag", 0);
        spawn(move || {
            flag.store(1, Release);
            while flag.load(Relaxed) != 1 {
                spin();
            }
        });
        spawn(move || {
            flag.store(2, SeqCst);
            flag.store(1, Release);
        });
        spawn(move || flag.store(1, SeqCst));
    };
    let exploration = explore_in(Model::Sc, writes);
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    assert_eq!(exploration.counts.complete, 26, "{exploration}");
}

/// What the turns that the engine has tried have counted does not count.
#[test]
fn a_loop_that_counts_its_turns() {
    let tried = Config::default().spin_turns;
    for turns in tried + 1..tried + 5 {
        assert_counts(1, move || {
            let flag = Location::new("flag", 0);
            spawn(move || {
                let mut left = turns;
                while flag.load(Acquire) != 3 && left > 0 {
                    left -= 1;
                    spin();
                }
            });
            spawn(move || (1..=3).for_each(|value| flag.store(value, Release)));
        });
    }
}

/// A read-modify-write that changes nothing writes all the same where its loop goes on.
#[test]
fn an_update_that_changes_nothing_is_a_write() {
    assert_counts(6, || {
        let x = Location::new("x", 0);
        for _ in 0..3 {
            spawn(move || {
                x.fetch_add(0, Relaxed);
            });
        }
    });
}

/// What has been seen of a location is kept when an exploration stops: else a piece that sees
/// the loop, and another that sees the writes, would not start again.
#[test]
fn pieces_know_what_earlier_ones_have_seen() {
    let body = || {
        let x = Location::new("x", 0);
        spawn(|| choice(2));
        spawn(move || {
            while x.compare_exchange(0, 2, Relaxed, Relaxed).is_err() {
                spin();
            }
        });
        spawn(move || (0..2).for_each(|_| x.store(1, Relaxed)));
    };
    let whole = Config {
        keep_going: true,
        ..Config::default()
    };
    let config = Config {
        max_graphs: Some(1),
        ..whole.clone()
    };
    let mut exploration = Engine::explore(config.clone(), body);
    while let Some(rest) = exploration.rest.take() {
        let engine = Engine::new(config.clone());
        let engine = engine.resume(rest).expect("it is of this exploration");
        exploration = engine.run(body);
    }
    let whole = Engine::explore(whole, body).counts;
    let graphs = |counts: Counts| (counts.complete, counts.blocked, counts.failed);
    assert_eq!(graphs(exploration.counts), graphs(whole));
}

/// Where loops have begun to wait in place, and where it is seen that they should not, is part
/// of what is found, and does not depend on who has worked on what.
#[test]
fn workers_find_the_same_failure_behind_loops() {
    let body = || {
        let flag = Location::new("flag", 0);
        let waiter = spawn(move || {
            while flag.load(Relaxed) == 0 {
                spin();
            }
            flag.load(Relaxed)
        });
        for value in 1..=4 {
            spawn(move || flag.store(value, Relaxed));
        }
        assert_ne!(waiter.join(), Some(3), "the third");
    };
    let found = |jobs: usize| {
        let config = Config {
            jobs,
            ..Config::default()
        };
        let exploration = Engine::explore(config, body);
        let failure = exploration.failure.expect("the panic");
        (failure.path, exploration.counts.complete)
    };
    let alone = found(1);
    for jobs in 2..=4 {
        assert_eq!(found(jobs), alone, "{jobs} jobs");
    }
}
