//! Mutual exclusion by loads and stores: Dekker's and Peterson's algorithms need
//! sequentially consistent fences, and show their absence.

use graph_engine::Mode::{Acquire, Relaxed, Release, SeqCst};
use graph_engine::{Config, Engine, FailureKind, Location, Model, Verdict, fence, spawn, spin};

type Enter = fn(usize, [Location; 2], Location);

/// Two threads enter a critical section once each; it is a plain increment.
fn verdict(
    model: Model,
    enter: Enter,
    leave: fn(usize, [Location; 2], Location),
) -> Result<Verdict, FailureKind> {
    let exploration = Engine::explore(Config::new(model), move || {
        let wants = [Location::new("wants0", 0), Location::new("wants1", 0)];
        let turn = Location::new("turn", 0);
        let data = Location::new("data", 0);
        let side = move |me: usize| {
            move || {
                enter(me, wants, turn);
                data.write(data.read() + 1);
                leave(me, wants, turn);
            }
        };
        let (first, second) = (spawn(side(0)), spawn(side(1)));
        first.join();
        second.join();
        assert_eq!(data.read(), 2);
    });
    match exploration.failure {
        Some(failure) => Err(failure.kind),
        None => Ok(exploration.verdict),
    }
}

fn peterson(me: usize, wants: [Location; 2], turn: Location, order: fn()) {
    wants[me].store(1, Relaxed);
    order();
    // An exchange: the last to give way must see the other's wish.
    turn.swap(1 - me as u64, graph_engine::Mode::AcqRel);
    order();
    while wants[1 - me].load(Acquire) == 1 && turn.load(Acquire) == 1 - me as u64 {
        spin();
    }
}

fn peterson_with_stores(me: usize, wants: [Location; 2], turn: Location, order: fn()) {
    wants[me].store(1, Relaxed);
    order();
    turn.store(1 - me as u64, Release);
    order();
    while wants[1 - me].load(Acquire) == 1 && turn.load(Acquire) == 1 - me as u64 {
        spin();
    }
}

fn dekker(me: usize, wants: [Location; 2], turn: Location, order: fn()) {
    wants[me].store(1, Relaxed);
    order();
    while wants[1 - me].load(Acquire) == 1 {
        if turn.load(Relaxed) != me as u64 {
            wants[me].store(0, Release);
            while turn.load(Relaxed) != me as u64 {
                spin();
            }
            wants[me].store(1, Relaxed);
            order();
        } else {
            spin();
        }
    }
}

fn leave_peterson(me: usize, wants: [Location; 2], _turn: Location) {
    wants[me].store(0, Release);
}

fn leave_dekker(me: usize, wants: [Location; 2], turn: Location) {
    turn.store(1 - me as u64, Relaxed);
    wants[me].store(0, Release);
}

fn strong() {
    fence(SeqCst);
}

fn none() {}

#[test]
fn peterson_excludes_with_fences() {
    let enter: Enter = |me, wants, turn| peterson_with_stores(me, wants, turn, strong);
    for model in [Model::Sc, Model::Rc11] {
        assert_eq!(
            verdict(model, enter, leave_peterson),
            Ok(Verdict::Exhaustive),
            "{model:?}"
        );
    }
}

#[test]
fn peterson_without_fences_excludes_under_sc_only() {
    let enter: Enter = |me, wants, turn| peterson_with_stores(me, wants, turn, none);
    assert_eq!(
        verdict(Model::Sc, enter, leave_peterson),
        Ok(Verdict::Exhaustive)
    );
    assert_eq!(
        verdict(Model::ReleaseAcquire, enter, leave_peterson),
        Err(FailureKind::DataRace)
    );
    assert_eq!(
        verdict(Model::Rc11, enter, leave_peterson),
        Err(FailureKind::DataRace)
    );
}

/// With an exchange of the turn, release and acquire are enough
/// (Williams, *Peterson's lock with C++0x atomics*, 2008).
#[test]
fn peterson_with_an_exchange_needs_no_fence() {
    let enter: Enter = |me, wants, turn| peterson(me, wants, turn, none);
    for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11] {
        assert_eq!(
            verdict(model, enter, leave_peterson),
            Ok(Verdict::Exhaustive),
            "{model:?}"
        );
    }
}

#[test]
fn dekker_excludes_with_fences() {
    let enter: Enter = |me, wants, turn| dekker(me, wants, turn, strong);
    assert_eq!(
        verdict(Model::Rc11, enter, leave_dekker),
        Ok(Verdict::Exhaustive)
    );
}

#[test]
fn dekker_without_fences_excludes_under_sc_only() {
    let enter: Enter = |me, wants, turn| dekker(me, wants, turn, none);
    assert_eq!(
        verdict(Model::Sc, enter, leave_dekker),
        Ok(Verdict::Exhaustive)
    );
    assert_eq!(
        verdict(Model::Rc11, enter, leave_dekker),
        Err(FailureKind::DataRace)
    );
}
