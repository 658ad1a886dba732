//! What the engine does not model: one test for each limit, which fails if the limit goes away.
//! `docs/memory-models.md` says what each means for those who rely on a verdict.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use graph_engine::Mode::{Acquire, Relaxed, Release, SeqCst};
use graph_engine::{
    Block, Config, Engine, Execution, Exploration, FailureKind, Location, MAX_THREADS, Verdict,
    choice, note, spawn, spin,
};

/// The page that tells users of the limits.
const PAGE: &str = include_str!("../../../../docs/memory-models.md");

type Notes = Vec<(&'static str, u64)>;

/// Explores the program in the default model, and collects what its executions note.
fn outcomes(config: Config, body: impl Fn() + Send + Sync + 'static) -> (Exploration, Vec<Notes>) {
    let seen: Arc<Mutex<BTreeSet<Notes>>> = Arc::default();
    let found = Arc::clone(&seen);
    let observer = move |execution: &Execution<'_>| {
        let mut notes = execution.notes().to_vec();
        notes.sort_unstable();
        let mut found = found.lock().expect("no observer panics");
        found.insert(notes);
    };
    let exploration = Engine::new(config).observe(observer).run(body);
    let seen = seen.lock().expect("no observer panics");
    (exploration, seen.iter().cloned().collect())
}

/// All outcomes of a program that ends well.
fn all(body: impl Fn() + Send + Sync + 'static) -> Vec<Notes> {
    let (exploration, outcomes) = outcomes(Config::default(), body);
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    outcomes
}

fn kind(exploration: &Exploration) -> Option<FailureKind> {
    exploration.failure.as_ref().map(|failure| failure.kind)
}

/// C++20 and Arm allow that each load reads what the other thread stores after its own load.
#[test]
fn load_buffering_is_not_explored() {
    let seen = all(|| {
        let (x, y) = (Location::new("x", 0), Location::new("y", 0));
        let side = |from: Location, to: Location, name| {
            move || {
                note(name, from.load(Relaxed));
                to.store(1, Relaxed);
            }
        };
        spawn(side(x, y, "a"));
        spawn(side(y, x, "b"));
    });
    let expected = [(0, 0), (0, 1), (1, 0)].map(|(a, b)| vec![("a", a), ("b", b)]);
    assert_eq!(seen, expected);
}

/// The letter of C++20 allows two loads that read 42 from each other's copies. No machine and
/// no compiler does it, so nothing is lost.
#[test]
fn values_out_of_thin_air_are_not_explored() {
    let seen = all(|| {
        let (x, y) = (Location::new("x", 0), Location::new("y", 0));
        let copy = |from: Location, to: Location, name| {
            move || {
                let value = from.load(Relaxed);
                note(name, value);
                to.store(value, Relaxed);
            }
        };
        spawn(copy(x, y, "a"));
        spawn(copy(y, x, "b"));
    });
    assert_eq!(seen, [vec![("a", 0), ("b", 0)]]);
}

/// Two threads write one half each of a word, and two others read all of it. With accesses of
/// two sizes, one reader may see only the first half written and the other one only the
/// second. A location is a whole value, so a write of one half is an update of the word, and
/// the readers agree on which came first.
#[test]
fn halves_of_a_word_have_one_order() {
    const LOW: u64 = 1;
    const HIGH: u64 = 1 << 32;
    let seen = all(|| {
        let word = Location::new("word", 0);
        for half in [LOW, HIGH] {
            spawn(move || word.update(Relaxed, |value| value | half));
        }
        for name in ["a", "b"] {
            spawn(move || note(name, word.load(Relaxed)));
        }
    });
    let notes = |a, b| vec![("a", a), ("b", b)];
    assert!(seen.contains(&notes(LOW, LOW)) && seen.contains(&notes(HIGH, HIGH)));
    assert!(!seen.contains(&notes(LOW, HIGH)) && !seen.contains(&notes(HIGH, LOW)));
}

/// A load whose address depends on an earlier relaxed load comes after it on every machine,
/// and a consume load would say so. Here only an acquire load does.
#[test]
fn a_dependency_orders_nothing() {
    let read_through = |order| {
        let program = move || {
            let block = Block::alloc("block", 1, 0);
            let published = Location::new("published", 0);
            let writer = spawn(move || {
                block.at(0).write(7);
                published.store(1, Release);
            });
            let reader = spawn(move || {
                let there = published.load(order);
                if there == 1 {
                    block.at(there as usize - 1).read();
                }
            });
            writer.join();
            reader.join();
            block.free();
        };
        kind(&Engine::explore(Config::default(), program))
    };
    assert_eq!(read_through(Acquire), None);
    assert_eq!(read_through(Relaxed), Some(FailureKind::DataRace));
}

/// Two threads may disagree on which of two relaxed writes came first, even if all that they do
/// is to read them with SeqCst. By the letter of C++20 they may not, but machines do it in
/// other programs of this kind (`SB+rfis`).
#[test]
fn sc_reads_may_disagree_on_relaxed_writes() {
    let seen = all(|| {
        let (x, y) = (Location::new("x", 0), Location::new("y", 0));
        for location in [x, y] {
            spawn(move || location.store(1, Relaxed));
        }
        let observe = |first: Location, second: Location, names: [&'static str; 2]| {
            move || {
                note(names[0], first.load(SeqCst));
                note(names[1], second.load(SeqCst));
            }
        };
        spawn(observe(x, y, ["a", "b"]));
        spawn(observe(y, x, ["c", "d"]));
    });
    let disagreement = vec![("a", 1), ("b", 0), ("c", 1), ("d", 0)];
    assert!(seen.contains(&disagreement));
}

/// A wait that may time out is a choice of the program, and nobody looks at a clock: here it
/// times out, although what it waits for was there before it began.
#[test]
fn a_time_out_comes_at_any_moment() {
    let seen = all(|| {
        let flag = Location::new("flag", 0);
        spawn(move || flag.store(1, Release)).join();
        let times_out = choice(2) == 1;
        note("timed out", u64::from(times_out));
        while !times_out && flag.load(Acquire) == 0 {
            spin();
        }
    });
    assert_eq!(seen, [[("timed out", 0)], [("timed out", 1)]]);
}

/// What the operating system says is not in the graph. If the program acts on it and it
/// changes from run to run, that is an error of the program, and no execution of it.
#[test]
fn answers_from_outside_must_not_change() {
    let outside = AtomicU64::new(0);
    let exploration = Engine::explore(Config::default(), move || {
        let x = Location::new("x", 0);
        spawn(move || x.store(1, Relaxed));
        // ORDERING: counts the runs, on one thread.
        let changed = outside.fetch_add(1, Ordering::Relaxed) > 0;
        if changed {
            x.load(Relaxed);
        } else {
            x.store(2, Relaxed);
        }
        x.load(Relaxed);
    });
    assert_eq!(kind(&exploration), Some(FailureKind::Nondeterminism));
}

/// A program that is right when an exchange fails for no reason once, and wrong when it does
/// so twice.
fn gives_up_at_the_second_failure() {
    let x = Location::new("x", 0);
    let exchange = || x.compare_exchange_weak(0, 1, Relaxed, Relaxed).is_ok();
    assert!(exchange() || exchange(), "failed twice");
}

#[test]
fn one_spurious_failure_a_thread_and_location() {
    let explore = |spurious_failures| {
        let config = Config {
            spurious_failures,
            ..Config::default()
        };
        Engine::explore(config, gives_up_at_the_second_failure)
    };
    assert_eq!(Config::default().spurious_failures, 1);
    assert_eq!(explore(1).verdict, Verdict::Exhaustive);
    assert_eq!(kind(&explore(2)), Some(FailureKind::Panic));
}

/// A loop that waits in vain for a number of turns and then goes on. The engine cannot tell
/// it from one that waits for ever if the number is larger than the turns that it tries.
#[test]
fn a_loop_that_gives_up_late_counts_as_endless() {
    let explore = |turns| {
        let config = Config::default();
        Engine::explore(config, move || {
            let never = Location::new("never", 0);
            let mut left = turns;
            while never.load(Relaxed) == 0 && left > 0 {
                left -= 1;
                spin();
            }
        })
    };
    let tried = Config::default().spin_turns;
    assert_eq!(explore(tried).verdict, Verdict::Exhaustive);
    let late = explore(2 * tried);
    assert_eq!(kind(&late), Some(FailureKind::Livelock));
}

/// Two threads take addresses from an allocator that the engine does not see. Either could
/// come first, but which does is not a part of the graph, so one order is all that is seen.
#[test]
fn addresses_come_in_one_order() {
    let seen = all(|| {
        let next = Arc::new(AtomicU64::new(0x1000));
        for name in ["a", "b"] {
            let next = Arc::clone(&next);
            // ORDERING: all threads of a run are on one thread of the operating system.
            spawn(move || note(name, next.fetch_add(16, Ordering::Relaxed)));
        }
    });
    assert_eq!(seen.len(), 1, "{seen:?}");
}

/// A real allocator hands out a freed block again, and a compare-exchange may then take the
/// new block for the old one. Here a block is another one for ever.
#[test]
fn a_freed_block_does_not_come_back() {
    let seen = all(|| {
        let old = Block::alloc("block", 1, 0);
        old.free();
        let new = Block::alloc("block", 1, 0);
        note("came back", u64::from(new == old));
        new.free();
    });
    assert_eq!(seen, [[("came back", 0)]]);
}

#[test]
fn sixteen_threads_with_the_main_thread() {
    let explore = |threads: usize| {
        Engine::explore(Config::default(), move || {
            let started: Vec<_> = (1..threads).map(|_| spawn(|| ())).collect();
            for thread in started {
                thread.join();
            }
        })
    };
    assert_eq!(MAX_THREADS, 16);
    assert_eq!(explore(MAX_THREADS).verdict, Verdict::Exhaustive);
    let one_more = explore(MAX_THREADS + 1);
    assert_eq!(one_more.verdict, Verdict::Inconclusive);
    assert_eq!(kind(&one_more), Some(FailureKind::Limit));
}

/// A loop that neither waits nor ends: the exploration is given up, and says so.
#[test]
fn an_execution_has_an_end() {
    let config = Config {
        max_events: 200,
        ..Config::default()
    };
    let exploration = Engine::explore(config, || {
        let x = Location::new("x", 0);
        loop {
            x.fetch_add(1, Relaxed);
        }
    });
    assert_eq!(exploration.verdict, Verdict::Inconclusive);
    assert_eq!(kind(&exploration), Some(FailureKind::Limit));
}

#[test]
fn the_page_names_every_limit() {
    let tests = include_str!("limits.rs").split("#[test]\nfn ").skip(1);
    let names = tests.filter_map(|test| test.split('(').next());
    let missing: Vec<&str> = names
        .filter(|name| !name.starts_with("the_page") && !PAGE.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
