//! Programs whose number of executions is known.

use graph_engine::Mode::{Acquire, Relaxed, Release, SeqCst};
use graph_engine::{Config, Engine, Location, Model, Verdict, choice, fence, spawn, spin};

/// Explores threads that share two locations, and counts the executions.
fn count(model: Model, threads: &[fn(Location, Location)]) -> u64 {
    let threads = threads.to_vec();
    let exploration = Engine::explore(Config::new(model), move || {
        let (x, y) = (Location::new("x", 0), Location::new("y", 0));
        let handles: Vec<_> = threads
            .iter()
            .map(|&body| spawn(move || body(x, y)))
            .collect();
        for handle in handles {
            handle.join();
        }
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    assert_eq!(exploration.counts.blocked, 0);
    exploration.counts.complete
}

fn add(times: usize) -> impl Fn(Location) {
    move |x| {
        for _ in 0..times {
            x.fetch_add(1, Relaxed);
        }
    }
}

#[test]
fn read_modify_writes_give_multinomial_counts() {
    let one = |x: Location, _: Location| add(1)(x);
    let two = |x: Location, _: Location| add(2)(x);
    for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20] {
        assert_eq!(count(model, &[one, one]), 2);
        assert_eq!(count(model, &[one, one, one]), 6);
        assert_eq!(count(model, &[two, two]), 6);
        assert_eq!(count(model, &[two, two, two]), 90);
        assert_eq!(count(model, &[two, two, two, two]), 2520);
    }
}

#[test]
fn writes_nobody_reads_give_their_coherence_orders() {
    let store = |x: Location, _: Location| x.store(1, Relaxed);
    assert_eq!(count(Model::Rc11, &[store, store, store]), 6);
    assert_eq!(count(Model::Rc11, &[store, store, store, store]), 24);
}

#[test]
fn store_buffering() {
    fn side(mode: graph_engine::Mode) -> impl Fn(Location, Location) {
        move |x, y| {
            x.store(1, mode);
            y.load(mode);
        }
    }
    let relaxed: [fn(Location, Location); 2] =
        [|x, y| side(Relaxed)(x, y), |x, y| side(Relaxed)(y, x)];
    let strong: [fn(Location, Location); 2] =
        [|x, y| side(SeqCst)(x, y), |x, y| side(SeqCst)(y, x)];
    fn fenced(x: Location, y: Location) {
        x.store(1, Relaxed);
        fence(SeqCst);
        y.load(Relaxed);
    }
    let fences: [fn(Location, Location); 2] = [fenced, |x, y| fenced(y, x)];
    assert_eq!(count(Model::Rc11, &relaxed), 4);
    assert_eq!(count(Model::Rc11, &strong), 3);
    assert_eq!(count(Model::Rc11, &fences), 3);
    assert_eq!(count(Model::Sc, &relaxed), 3);
    assert_eq!(count(Model::ReleaseAcquire, &strong), 4);
}

#[test]
fn message_passing() {
    assert_eq!(
        count(
            Model::Rc11,
            &[
                |x, y| {
                    x.store(1, Relaxed);
                    y.store(1, Release);
                },
                |x, y| {
                    y.load(Acquire);
                    x.load(Relaxed);
                },
            ]
        ),
        3
    );
    assert_eq!(
        count(
            Model::Rc11,
            &[
                |x, y| {
                    x.store(1, Relaxed);
                    y.store(1, Relaxed);
                },
                |x, y| {
                    y.load(Relaxed);
                    x.load(Relaxed);
                },
            ]
        ),
        4
    );
}

#[test]
fn independent_reads_of_independent_writes() {
    assert_eq!(
        count(
            Model::Rc11,
            &[
                |x, _| x.store(1, Release),
                |_, y| y.store(1, Release),
                |x, y| {
                    x.load(Acquire);
                    y.load(Acquire);
                },
                |x, y| {
                    y.load(Acquire);
                    x.load(Acquire);
                },
            ]
        ),
        16
    );
    assert_eq!(
        count(
            Model::Rc11,
            &[
                |x, _| x.store(1, SeqCst),
                |_, y| y.store(1, SeqCst),
                |x, y| {
                    x.load(SeqCst);
                    y.load(SeqCst);
                },
                |x, y| {
                    y.load(SeqCst);
                    x.load(SeqCst);
                },
            ]
        ),
        15
    );
}

#[test]
fn one_write_against_two_reads() {
    assert_eq!(
        count(
            Model::Rc11,
            &[
                |x, _| x.store(1, Relaxed),
                |x, _| {
                    x.load(Relaxed);
                    x.load(Relaxed);
                },
            ]
        ),
        3
    );
}

#[test]
fn a_waiting_loop_may_read_a_location_twice_in_a_turn() {
    let exploration = Engine::explore(Config::default(), || {
        let flag = Location::new("flag", 0);
        let waiter = spawn(move || {
            while flag.load(Relaxed) == 0 {
                flag.load(Relaxed);
                spin();
            }
        });
        flag.store(1, Relaxed);
        waiter.join();
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    // It leaves at once, or when it sees the flag at the end of a turn.
    assert_eq!(exploration.counts.complete, 2);
}

/// RC11's psc goes by accesses of other locations. A thread's own ones are such, and make it forbid
/// a graph that it allows without them; a choice is none, nor is a turn of a loop.
#[test]
fn a_step_elsewhere_is_one_of_the_memory_model() {
    fn merged(between: fn()) -> impl Fn(Model) -> u64 {
        move |model| {
            let exploration = Engine::explore(Config::new(model), move || {
                let (x, y) = (Location::new("x", 0), Location::new("y", 0));
                spawn(move || (x.load(Acquire), y.load(SeqCst)));
                spawn(move || {
                    x.store(1, SeqCst);
                    between();
                    x.store(2, SeqCst);
                });
                spawn(move || {
                    y.store(1, SeqCst);
                    x.load(SeqCst);
                });
            });
            exploration.counts.complete
        }
    }
    let own = || {
        Location::new("own", 0).swap(1, Relaxed);
    };
    let choose = || {
        choice(1);
    };
    let cases: [(fn(), u64); 4] = [(|| {}, 18), (own, 17), (choose, 18), (spin, 18)];
    for (between, rc11) in cases {
        let count = merged(between);
        assert_eq!((count(Model::Rc11), count(Model::Cpp20)), (rc11, 17));
    }
}
