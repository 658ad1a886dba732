//! Every kind of failure: found where it is, not found where it is not.

use graph_engine::Mode::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use graph_engine::{
    Block, Config, Engine, Exploration, FailureKind, Location, Lock, Model, Op, Parker, Verdict,
    choice, fence, spawn, spin,
};

fn explore(body: impl Fn() + Send + Sync + 'static) -> Exploration {
    Engine::explore(Config::default(), body)
}

fn kind(exploration: &Exploration) -> Option<FailureKind> {
    exploration.failure.as_ref().map(|failure| failure.kind)
}

/// Only that the access happens counts here.
fn ignore(_value: u64) {}

/// Two threads, joined by the main thread.
fn two(first: impl FnOnce() + 'static, second: impl FnOnce() + 'static) {
    let (first, second) = (spawn(first), spawn(second));
    first.join();
    second.join();
}

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
fn using_what_another_thread_creates_needs_an_order() {
    let exploration = explore(|| {
        let pointer = Location::new("pointer", u64::MAX);
        two(
            move || {
                let block = Block::alloc("node", 1, 5);
                SLOT.set(Some(block));
                pointer.store(1, Relaxed);
            },
            move || {
                if pointer.load(Relaxed) == 1 {
                    let block = SLOT.get().expect("written before the pointer");
                    block.at(0).load(Relaxed);
                }
            },
        );
    });
    assert_eq!(kind(&exploration), Some(FailureKind::DataRace));
}

thread_local! {
    /// What a pointer points to: real memory of the program under test.
    static SLOT: std::cell::Cell<Option<Block>> = const { std::cell::Cell::new(None) };
}

#[test]
fn locations_end_with_what_they_are_in() {
    let in_a_block = explore(|| {
        let (block, x) = (Block::alloc("node", 1, 0), Location::new("x", 0));
        x.move_into(block);
        two(move || x.store(1, Relaxed), || ());
        block.free();
        x.load(Relaxed);
    });
    let destroyed = explore(|| {
        let x = Location::new("x", 0);
        two(move || x.destroy(), move || x.store(1, Relaxed));
    });
    let joined = explore(|| {
        let (block, x) = (Block::alloc("node", 1, 0), Location::new("x", 0));
        x.move_into(block);
        two(move || x.store(1, Relaxed), move || x.store(2, Relaxed));
        block.free();
    });
    assert_eq!(kind(&in_a_block), Some(FailureKind::UseAfterFree));
    assert_eq!(kind(&destroyed), Some(FailureKind::UseAfterFree));
    assert_eq!(joined.verdict, Verdict::Exhaustive, "{joined}");
}

#[test]
fn memory_errors() {
    let after_free = explore(|| {
        let block = Block::alloc("node", 2, 0);
        block.free();
        block.at(1).load(Relaxed);
    });
    let unordered = explore(|| {
        let block = Block::alloc("node", 1, 0);
        two(
            move || block.free(),
            move || ignore(block.at(0).load(Relaxed)),
        );
    });
    let twice = explore(|| {
        let block = Block::alloc("node", 1, 0);
        two(move || block.free(), move || block.free());
    });
    let never = explore(|| ignore(Block::alloc("node", 1, 0).at(0).read()));
    let sound = explore(|| {
        let block = Block::alloc("node", 1, 0);
        two(
            move || block.at(0).store(1, Relaxed),
            move || block.at(0).store(2, Relaxed),
        );
        block.free();
    });
    assert_eq!(kind(&after_free), Some(FailureKind::UseAfterFree));
    assert_eq!(kind(&unordered), Some(FailureKind::UseAfterFree));
    assert_eq!(kind(&twice), Some(FailureKind::DoubleFree));
    assert_eq!(kind(&never), Some(FailureKind::Leak));
    assert_eq!(
        (sound.verdict, sound.counts.complete),
        (Verdict::Exhaustive, 2)
    );
}

/// Reference counting as in `Arc`: the last one frees.
fn shared_ownership(last: graph_engine::Mode) -> Exploration {
    explore(move || {
        let block = Block::alloc("object", 2, 2);
        let release = move || {
            block.at(1).read();
            if block.at(0).update(Release, |count| count - 1) == 1 {
                fence(last);
                block.free();
            }
        };
        two(release, release);
    })
}

#[test]
fn the_last_owner_needs_an_acquire_fence() {
    assert_eq!(shared_ownership(Acquire).verdict, Verdict::Exhaustive);
    assert_eq!(
        kind(&shared_ownership(Release)),
        Some(FailureKind::UseAfterFree)
    );
}

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

#[test]
fn threads_start_threads_and_return_values() {
    for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11] {
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
