//! Waiting: locks, parkers and loops, and what waits for ever.

mod outcome;

use graph_engine::Mode::{Acquire, Relaxed, Release};
use graph_engine::{
    Config, Engine, FailureKind, Location, Lock, Model, Parker, Verdict, choice, spawn, spin,
};

use outcome::{explore, ignore, kind, two};

#[test]
fn locks_exclude_and_hand_over() {
    for threads in 2..=4_usize {
        let exploration = explore(move || {
            let (lock, cell) = (Lock::new("lock"), Location::new("cell", 0));
            let add = move || {
                lock.lock();
                cell.write(cell.read() + 1);
                lock.unlock();
            };
            let handles: Vec<_> = (0..threads).map(|_| spawn(add)).collect();
            for handle in handles {
                handle.join();
            }
            assert_eq!(cell.read(), threads as u64);
        });
        assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
        assert_eq!(exploration.counts.complete, (1..=threads as u64).product());
    }
}

/// Three threads hand a token round.
fn ring() {
    let parkers = ["a", "b", "c"].map(Parker::new);
    for me in 0..3 {
        spawn(move || {
            let (own, next) = (parkers[me], parkers[(me + 1) % 3]);
            if me > 0 {
                own.park();
            }
            next.unpark();
            if me == 0 {
                own.park();
            }
        });
    }
}

fn sections(threads: usize, times: usize) {
    let lock = Lock::new("lock");
    for _ in 0..threads {
        spawn(move || {
            for _ in 0..times {
                lock.lock();
                lock.unlock();
            }
        });
    }
}

/// Waiting in place: every run is an execution of its own, and none is given up.
#[test]
fn waiting_for_locks_and_tokens_costs_no_runs() {
    let programs: [(fn(), u64); 5] = [
        (|| sections(2, 2), 6),
        (|| sections(3, 1), 6),
        (|| sections(3, 2), 90),
        (|| sections(4, 2), 2520),
        (ring, 1),
    ];
    for (program, executions) in programs {
        for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20] {
            let exploration = Engine::explore(Config::new(model), program);
            let counts = exploration.counts;
            assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
            assert_eq!(
                (counts.complete, counts.runs),
                (executions, executions),
                "{exploration}"
            );
        }
    }
}

/// A thread that holds what another one needs waits for good, but with a deadline: the
/// executions in which the other one comes first are found all the same.
#[test]
fn a_wait_for_good_hides_no_other_order() {
    let exploration = explore(|| {
        let (lock, token) = (Lock::new("lock"), Parker::new("token"));
        two(
            move || {
                lock.lock();
                token.park_with_deadline();
            },
            move || {
                lock.lock();
                lock.unlock();
            },
        );
    });
    assert_eq!(
        (exploration.verdict, exploration.counts.blocked),
        (Verdict::Exhaustive, 2),
        "{exploration}"
    );
}

#[test]
fn a_deadlock_says_who_waits_for_whom() {
    let exploration = explore(|| {
        let (a, b) = (Lock::new("a"), Lock::new("b"));
        let both = |first: Lock, second: Lock| {
            move || {
                first.lock();
                second.lock();
                second.unlock();
                first.unlock();
            }
        };
        two(both(a, b), both(b, a));
    });
    let failure = exploration.failure.expect("a deadlock");
    assert_eq!(failure.kind, FailureKind::Deadlock);
    let waits: Vec<String> = failure.waits.iter().map(ToString::to_string).collect();
    assert!(
        waits.contains(&"thread 1 waits for lock b, which thread 2 has".to_string()),
        "{waits:?}"
    );
    assert!(
        waits.contains(&"thread 2 waits for lock a, which thread 1 has".to_string()),
        "{waits:?}"
    );
    assert!(
        waits.contains(&"thread 0 waits for the end of thread 1".to_string()),
        "{waits:?}"
    );
}

#[test]
fn one_order_of_locks_does_not_deadlock() {
    let exploration = explore(|| {
        let (a, b) = (Lock::new("a"), Lock::new("b"));
        let both = move || {
            a.lock();
            b.lock();
            b.unlock();
            a.unlock();
        };
        two(both, both);
    });
    assert_eq!(
        (exploration.verdict, exploration.counts.complete),
        (Verdict::Exhaustive, 2)
    );
}

#[test]
fn parking() {
    let woken = explore(|| {
        let (parker, cell) = (Parker::new("parker"), Location::new("cell", 0));
        two(
            move || {
                parker.park();
                assert_eq!(cell.read(), 3);
            },
            move || {
                cell.write(3);
                parker.unpark();
            },
        );
    });
    let forgotten = explore(|| {
        let parker = Parker::new("parker");
        let flag = Location::new("flag", 0);
        two(
            move || {
                if flag.load(Acquire) == 0 {
                    parker.park();
                }
            },
            move || {
                flag.store(1, Release);
            },
        );
    });
    assert_eq!(
        (woken.verdict, woken.counts.complete),
        (Verdict::Exhaustive, 1)
    );
    assert_eq!(kind(&forgotten), Some(FailureKind::Deadlock));
}

/// A thread that nobody wakes gives up in another execution.
#[test]
fn a_deadline_is_no_deadlock() {
    let exploration = explore(|| {
        let parker = Parker::new("parker");
        parker.park_with_deadline();
    });
    assert_eq!(
        (exploration.verdict, exploration.counts.blocked),
        (Verdict::Exhaustive, 1)
    );
}

#[test]
fn a_deadline_hides_nobody_elses_deadlock() {
    let timed_out = |number: usize| number == 1;
    let explore = |forgets: bool| {
        explore(move || {
            let (parker, other) = (Parker::new("parker"), Parker::new("other"));
            two(
                move || {
                    if !timed_out(choice(2)) {
                        parker.park_with_deadline();
                    }
                },
                move || other.park(),
            );
            if !forgets {
                other.unpark();
            }
        })
    };
    let woken = Engine::explore(Config::default(), || {
        let parker = Parker::new("parker");
        two(
            move || match choice(2) {
                0 => parker.park_with_deadline(),
                _ => ignore(0),
            },
            move || parker.unpark(),
        );
    });
    assert_eq!(kind(&explore(true)), Some(FailureKind::Deadlock));
    assert_eq!(
        (woken.verdict, woken.counts.complete),
        (Verdict::Exhaustive, 2)
    );
}

#[test]
fn waiting_loops_cost_no_executions() {
    let exploration = explore(|| {
        let (flag, cell) = (Location::new("flag", 0), Location::new("cell", 0));
        two(
            move || {
                cell.write(1);
                flag.store(1, Release);
                flag.store(2, Release);
            },
            move || {
                while flag.load(Acquire) == 0 {
                    spin();
                }
                assert_eq!(cell.read(), 1);
            },
        );
    });
    assert_eq!(
        (exploration.verdict, exploration.counts.complete),
        (Verdict::Exhaustive, 2),
        "{exploration}"
    );
}

/// A thread that has seen an old write waits for good, whatever the others do: the run
/// ends, and their executions are counted where the thread goes on.
#[test]
fn a_loop_that_waits_for_good_ends_the_run() {
    let exploration = explore(|| {
        let (flag, sum) = (Location::new("flag", 0), Location::new("sum", 0));
        spawn(move || flag.store(1, Relaxed));
        spawn(move || {
            while flag.load(Relaxed) == 0 {
                spin();
            }
        });
        for _ in 0..2 {
            spawn(move || (0..3).for_each(|_| ignore(sum.fetch_add(1, Relaxed))));
        }
    });
    let counts = exploration.counts;
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    assert_eq!((counts.complete, counts.blocked), (20, 0), "{exploration}");
}

#[test]
fn an_endless_loop_is_a_livelock() {
    let exploration = explore(|| {
        let flag = Location::new("flag", 0);
        two(
            move || flag.store(1, Relaxed),
            move || {
                while flag.load(Relaxed) != 2 {
                    spin();
                }
            },
        );
    });
    let failure = exploration.failure.expect("a livelock");
    assert_eq!(failure.kind, FailureKind::Livelock);
    assert!(
        failure
            .message
            .contains("thread 2 waits for a change of flag"),
        "{}",
        failure.message
    );
}

/// A loop that gives up after some turns is no waiting loop: what follows it is explored.
#[test]
fn a_loop_that_gives_up_is_seen_through() {
    let exploration = explore(|| {
        let flag = Location::new("flag", 0);
        two(
            move || flag.store(1, Relaxed),
            move || {
                for _ in 0..3 {
                    if flag.load(Relaxed) == 1 {
                        return;
                    }
                    spin();
                }
                panic!("given up");
            },
        );
    });
    assert_eq!(kind(&exploration), Some(FailureKind::Panic));
}

/// A loop that writes in each turn goes on turning.
#[test]
fn a_loop_that_writes_is_seen_through() {
    let exploration = explore(|| {
        let (ping, pong) = (Location::new("ping", 0), Location::new("pong", 0));
        two(
            move || {
                while pong.load(Relaxed) < 2 {
                    spin();
                }
                ping.store(1, Relaxed);
            },
            move || {
                while ping.load(Relaxed) == 0 {
                    if pong.load(Relaxed) < 2 {
                        pong.fetch_add(1, Relaxed);
                    }
                    spin();
                }
            },
        );
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
}

#[test]
fn a_spin_lock_of_compare_exchanges() {
    let exploration = explore(|| {
        let (word, cell) = (Location::new("word", 0), Location::new("cell", 0));
        let add = move || {
            while word.compare_exchange(0, 1, Acquire, Relaxed).is_err() {
                spin();
            }
            cell.write(cell.read() + 1);
            word.store(0, Release);
        };
        two(add, add);
        assert_eq!(cell.read(), 2);
    });
    assert_eq!(
        (exploration.verdict, exploration.counts.complete),
        (Verdict::Exhaustive, 2),
        "{exploration}"
    );
}

#[test]
fn a_yield_behind_a_waiting_loop_is_no_turn_of_it() {
    let exploration = Engine::explore(Config::default(), || {
        let (x, y) = (Location::new("x", 0), Location::new("y", 0));
        spawn(move || {
            x.store(1, Release);
            y.store(1, Release);
        });
        while x.load(Acquire) == 0 {
            spin();
        }
        // What the loop has read lets it go on; another turn does not belong to it.
        spin();
        while y.load(Acquire) == 0 {
            spin();
        }
        spin();
    });
    assert_eq!(exploration.failure.map(|failure| failure.message), None);
    assert_eq!(exploration.verdict, Verdict::Exhaustive);
    assert_eq!(exploration.counts.complete, 1);
}
