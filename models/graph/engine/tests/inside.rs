//! What a program may ask about its own run.

use std::sync::{Arc, Mutex};

use graph_engine::Mode::{Acquire, Relaxed, Release};
use graph_engine::{
    Block, Config, Engine, Failure, FailureKind, Location, Verdict, current, is_trying, position,
    spawn, spin,
};

#[test]
fn outside_of_a_run_there_is_nothing_to_ask() {
    assert_eq!((current(), position(), is_trying()), (0, 0, false));
}

#[test]
fn positions_are_those_of_the_trace() {
    let exploration = Engine::explore(Config::default(), || {
        let x = Location::new("x", 0);
        assert_eq!((current(), position()), (0, 1));
        let other = spawn(move || {
            assert_eq!((current(), position()), (1, 0));
            x.fetch_add(1, Relaxed);
            assert_eq!(position(), 2, "a read and a write");
        });
        assert_eq!((current(), position()), (0, 2));
        x.load(Relaxed);
        other.join();
        assert_eq!((current(), position()), (0, 4));
    });
    assert_eq!(
        (exploration.verdict, exploration.counts.complete),
        (Verdict::Exhaustive, 2),
        "{exploration}"
    );
}

#[test]
fn turns_that_are_only_tried_can_be_told() {
    let turns = Arc::new(Mutex::new((0, 0)));
    let seen = Arc::clone(&turns);
    let exploration = Engine::explore(Config::default(), move || {
        let flag = Location::new("flag", 0);
        spawn(move || flag.store(1, Release));
        while flag.load(Acquire) == 0 {
            let mut turns = seen.lock().expect("nobody panics");
            match is_trying() {
                true => turns.1 += 1,
                false => turns.0 += 1,
            }
            drop(turns);
            spin();
        }
        assert!(!is_trying());
    });
    assert_eq!(exploration.verdict, Verdict::Exhaustive, "{exploration}");
    let (recorded, tried) = *turns.lock().expect("nobody panics");
    assert!(
        recorded > 0 && tried > recorded,
        "{recorded} turns, {tried} tried"
    );
}

fn failure(body: impl Fn() + Send + Sync + 'static) -> Failure {
    Engine::explore(Config::default(), body)
        .failure
        .expect("a failure")
}

#[test]
fn a_failure_names_the_thread_whose_step_it_was() {
    let panicked = failure(|| ignore(spawn(|| panic!("a message")).join()));
    let race = failure(|| {
        let cell = Location::new("cell", 0);
        spawn(move || cell.write(1));
        cell.write(2);
    });
    let leak = failure(|| _ = Block::alloc("node", 1, 0));
    assert_eq!(panicked.thread, Some(1));
    assert_eq!(
        (race.kind, race.thread),
        (FailureKind::DataRace, Some(1)),
        "the main thread comes first"
    );
    assert_eq!(leak.thread, None);
}

fn ignore<T>(_value: T) {}
