//! Threads that are alike, explored up to renaming.

use graph_engine::{
    Block, Config, Engine, Exploration, FailureKind, Location, Lock, Mode, Model, ResumeError,
    Verdict, choice, current, spawn, spawn_alike,
};

const RELAXED: Mode = Mode::Relaxed;

fn up_to_symmetry() -> Config {
    Config {
        symmetry: true,
        ..Config::default()
    }
}

/// Complete executions up to symmetry, and without.
fn counts(body: fn()) -> (u64, u64) {
    let explore = |config| {
        let found: Exploration = Engine::explore(config, body);
        assert_eq!(found.verdict, Verdict::Exhaustive, "{found}");
        found.counts.complete
    };
    (explore(up_to_symmetry()), explore(Config::default()))
}

fn additions(threads: usize) {
    let x = Location::new("x", 0);
    spawn_alike(threads, move || x.fetch_add(1, RELAXED));
}

#[test]
fn nine_threads_that_add_have_one_execution_and_one_run() {
    let found = Engine::explore(up_to_symmetry(), || additions(9));
    assert_eq!((found.counts.complete, found.counts.runs), (1, 1));
    assert!(found.up_to_symmetry);
    assert!(
        found.to_string().contains("counted up to symmetry"),
        "{found}"
    );
}

#[test]
fn executions_that_differ_in_names_only_are_one() {
    assert_eq!(counts(|| additions(4)), (1, 24));
    assert_eq!(
        counts(|| {
            let x = Location::new("x", 0);
            spawn_alike(3, move || x.store(1, RELAXED));
        }),
        (1, 6)
    );
    // How many of the three see the store.
    assert_eq!(
        counts(|| {
            let x = Location::new("x", 0);
            spawn_alike(3, move || x.load(RELAXED));
            spawn(move || x.store(1, RELAXED));
        }),
        (4, 8)
    );
    // Each adds, or not.
    assert_eq!(
        counts(|| {
            let x = Location::new("x", 0);
            spawn_alike(3, move || {
                if choice(2) == 1 {
                    x.fetch_add(1, RELAXED);
                }
            });
        }),
        (4, 1 + 3 + 6 + 6)
    );
}

#[test]
fn locks_are_taken_in_one_order() {
    let body = || {
        let (lock, x) = (Lock::new("lock"), Location::new("x", 0));
        let threads = spawn_alike(4, move || {
            lock.lock();
            x.write(x.read() + 1);
            lock.unlock();
        });
        threads
            .into_iter()
            .for_each(|thread| assert_eq!(thread.join(), Some(())));
        assert_eq!(x.read(), 4);
    };
    assert_eq!(counts(body), (1, 24));
}

/// Three alike that add, lock and look, beside two others.
fn mixed() {
    let (x, y, lock) = (
        Location::new("x", 0),
        Location::new("y", 0),
        Lock::new("lock"),
    );
    spawn_alike(3, move || {
        if x.load(Mode::Acquire) < 2 {
            y.fetch_add(1, RELAXED);
        }
        lock.lock();
        lock.unlock();
    });
    spawn(move || x.store(2, Mode::Release));
    spawn(move || {
        lock.lock();
        y.store(7, RELAXED);
        lock.unlock();
    });
}

#[test]
fn parts_jobs_and_pieces_give_the_same_counts() {
    let whole = Engine::explore(up_to_symmetry(), mixed);
    assert_eq!(whole.verdict, Verdict::Exhaustive);
    let without = Engine::explore(Config::default(), mixed).counts.complete;
    assert!(whole.counts.complete * 4 < without, "{without} and {whole}");

    let parts: Vec<Exploration> = (0..5)
        .map(|part| {
            let shard = (part, 5);
            Engine::explore(
                Config {
                    shard,
                    ..up_to_symmetry()
                },
                mixed,
            )
        })
        .collect();
    let merged = Exploration::merge(parts, &up_to_symmetry());
    assert_eq!(merged.counts.complete, whole.counts.complete);
    assert_eq!(merged.verdict, Verdict::Exhaustive);

    let shared = Engine::explore(
        Config {
            jobs: 2,
            ..up_to_symmetry()
        },
        mixed,
    );
    assert_eq!(shared.counts, whole.counts);

    let piece = Config {
        max_graphs: Some(20),
        ..up_to_symmetry()
    };
    let mut found = Engine::explore(piece.clone(), mixed);
    let mut pieces = 1;
    while let Some(rest) = found.rest.take() {
        let engine = Engine::new(piece.clone()).resume(rest);
        found = engine.expect("the same configuration").run(mixed);
        pieces += 1;
    }
    assert!(pieces > 3, "{pieces}");
    assert_eq!(found.counts.complete, whole.counts.complete);
}

#[test]
fn a_checkpoint_up_to_symmetry_is_of_another_configuration() {
    let piece = Config {
        max_graphs: Some(5),
        ..up_to_symmetry()
    };
    let rest = Engine::explore(piece, mixed)
        .rest
        .expect("more than five graphs");
    let other = Engine::new(Config::default()).resume(rest);
    assert_eq!(other.err(), Some(ResumeError::OtherConfiguration));
}

/// What is said of a misuse.
fn misuse(body: fn()) -> String {
    let found = Engine::explore(up_to_symmetry(), body);
    let failure = found.failure.expect("a misuse");
    assert_eq!(failure.kind, FailureKind::Misuse, "{failure}");
    assert_eq!(
        Engine::explore(Config::default(), body).verdict,
        Verdict::Exhaustive
    );
    failure.message
}

#[test]
fn threads_that_are_not_alike_are_an_error_with_both_places() {
    let values = misuse(|| {
        let x = Location::new("x", 0);
        spawn_alike(2, move || x.store(number(), RELAXED));
    });
    assert!(values.contains("threads 1 and 2 are not alike"), "{values}");
    assert!(
        values.contains("store of 1") && values.contains("store of 2"),
        "{values}"
    );
    assert!(values.contains("symmetry.rs:"), "{values}");
    let steps = misuse(|| {
        let x = Location::new("x", 0);
        spawn_alike(2, move || match number() {
            1 => x.store(5, RELAXED),
            _ => assert!(x.load(RELAXED) != 1),
        });
    });
    assert!(
        steps.contains("asks for store") && steps.contains("for load"),
        "{steps}"
    );
    let shorter = misuse(|| {
        let x = Location::new("x", 0);
        spawn_alike(2, move || {
            x.load(RELAXED);
            if number() == 1 {
                x.load(RELAXED);
            }
        });
    });
    assert!(
        shorter.contains("the second ends and the first goes on"),
        "{shorter}"
    );
    let longer = misuse(|| {
        let x = Location::new("x", 0);
        spawn_alike(2, move || {
            x.load(RELAXED);
            if number() == 2 {
                x.load(RELAXED);
            }
        });
    });
    assert!(
        longer.contains("the first ends and the second asks for load"),
        "{longer}"
    );
}

/// The thread's number, which one that is alike must not look at.
fn number() -> u64 {
    current() as u64
}

#[test]
fn a_step_between_the_joins_of_alike_threads_is_an_error() {
    let message = misuse(|| {
        let x = Location::new("x", 0);
        let mut threads = spawn_alike(2, move || x.fetch_add(1, RELAXED));
        let second = threads.pop();
        threads.pop().map(|first| first.join());
        x.load(RELAXED);
        second.map(|second| second.join());
    });
    assert!(
        message.contains("only the first is joined before the load"),
        "{message}"
    );
}

/// The second reader may see what was written because of the first one, though it is older.
fn circle() {
    let (x, seen) = (Location::new("x", 0), Location::new("seen", 0));
    spawn_alike(2, move || {
        x.load(RELAXED);
        seen.store(1, RELAXED);
    });
    spawn(move || {
        if seen.load(RELAXED) == 1 {
            x.store(2, RELAXED);
        }
    });
    spawn(move || x.store(1, RELAXED));
}

#[test]
fn where_alike_threads_have_no_order_the_verdict_is_inconclusive() {
    let sc = Config {
        symmetry: true,
        ..Config::new(Model::Sc)
    };
    assert_eq!(Engine::explore(sc, circle).verdict, Verdict::Exhaustive);
    let found = Engine::explore(up_to_symmetry(), circle);
    assert_eq!(found.verdict, Verdict::Inconclusive);
    let message = found.failure.expect("a limit").message;
    assert!(message.contains("symmetry is of no use here"), "{message}");
    assert_eq!(
        Engine::explore(Config::default(), circle).verdict,
        Verdict::Exhaustive
    );
}

#[test]
fn memory_that_threads_make_for_themselves_is_alike() {
    let body = || {
        let x = Location::new("x", 0);
        spawn_alike(3, move || {
            let block = Block::alloc("own", 1, 0);
            block.at(0).write(1);
            let own = Location::new("mine", 4);
            own.fetch_add(1, RELAXED);
            x.fetch_add(block.at(0).read(), RELAXED);
            block.free();
        });
    };
    assert_eq!(counts(body), (1, 6));
}
