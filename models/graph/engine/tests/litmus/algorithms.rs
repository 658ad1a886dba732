//! Mutual exclusion by loads and stores: Dekker's and Peterson's algorithms need
//! sequentially consistent fences, and show their absence.
//!
//! The verdicts for release/acquire are those of Rocker (Lahav, Margalit: *Robustness against
//! Release/Acquire Semantics*, PLDI 2019, and *Verifying Observational Robustness against a
//! C11-Style Memory Model*, POPL 2021), on the programs that the tests name.

use graph_engine::Mode::{AcqRel, Acquire, Relaxed, Release, SeqCst};
use graph_engine::{Config, Engine, FailureKind, Location, Model, Verdict, fence, spawn, spin};

/// A way in or out of the critical section: who, the wishes, the turn.
type Step = fn(usize, [Location; 2], Location);

/// Two threads enter a critical section once each; it is a plain increment.
fn verdict(model: Model, enter: Step, leave: Step) -> Result<Verdict, FailureKind> {
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

/// Waits while the other one wishes to enter and it is its turn.
fn give_way(me: usize, wants: [Location; 2], turn: Location) {
    let other = 1 - me;
    while wants[other].load(Acquire) == 1 && turn.load(Relaxed) == other as u64 {
        spin();
    }
}

fn peterson(me: usize, wants: [Location; 2], turn: Location, order: [fn(); 2]) {
    wants[me].store(1, Relaxed);
    order[0]();
    turn.store(1 - me as u64, Release);
    order[1]();
    give_way(me, wants, turn);
}

/// Williams, *Peterson's lock with C++0x atomics*: the turn is exchanged, so the last to
/// give way sees the other's wish.
fn peterson_with_an_exchange(me: usize, wants: [Location; 2], turn: Location) {
    wants[me].store(1, Relaxed);
    turn.swap(1 - me as u64, AcqRel);
    give_way(me, wants, turn);
}

/// Milewski's version, as Williams quotes it: the exchange is of the wish. Each thread names
/// itself as the one that waits.
fn peterson_with_the_other_exchange(me: usize, wants: [Location; 2], victim: Location) {
    let other = 1 - me;
    wants[me].swap(1, AcqRel);
    victim.store(me as u64, Release);
    while wants[other].load(Acquire) == 1 && victim.load(Acquire) == me as u64 {
        spin();
    }
}

fn leave_peterson(me: usize, wants: [Location; 2], _turn: Location) {
    wants[me].store(0, Release);
}

/// Williams, *Implementing Dekker's algorithm with fences*.
fn dekker(me: usize, wants: [Location; 2], turn: Location, order: fn()) {
    wants[me].store(1, Relaxed);
    order();
    while wants[1 - me].load(Relaxed) == 1 {
        if turn.load(Relaxed) != me as u64 {
            wants[me].store(0, Relaxed);
            while turn.load(Relaxed) != me as u64 {
                spin();
            }
            wants[me].store(1, Relaxed);
            order();
        } else {
            spin();
        }
    }
    fence(Acquire);
}

fn leave_dekker(me: usize, wants: [Location; 2], turn: Location) {
    turn.store(1 - me as u64, Relaxed);
    fence(Release);
    wants[me].store(0, Relaxed);
}

fn strong() {
    fence(SeqCst);
}

fn none() {}

/// Asks each model, and expects a race from those that allow one.
fn expect(enter: Step, leave: Step, races: &[(Model, bool)]) {
    for &(model, races) in races {
        let expected = if races {
            Err(FailureKind::DataRace)
        } else {
            Ok(Verdict::Exhaustive)
        };
        assert_eq!(verdict(model, enter, leave), expected, "{model:?}");
    }
}

/// Rocker submission/peterson-ra.tpl: robust.
#[test]
fn peterson_excludes_with_two_fences() {
    let enter: Step = |me, wants, turn| peterson(me, wants, turn, [strong, strong]);
    let races = [(Model::Sc, false), (Model::Rc11, false)];
    expect(enter, leave_peterson, &races);
}

/// Rocker submission/peterson-tso.tpl: one fence suffices on x86, and is not robust here.
#[test]
fn peterson_needs_both_fences() {
    let enter: Step = |me, wants, turn| peterson(me, wants, turn, [none, strong]);
    let races = [(Model::Sc, false), (Model::Rc11, true)];
    expect(enter, leave_peterson, &races);
}

/// Rocker submission/peterson-sc.tpl: not robust.
#[test]
fn peterson_without_fences_excludes_under_sc_only() {
    let enter: Step = |me, wants, turn| peterson(me, wants, turn, [none, none]);
    let races = [
        (Model::Sc, false),
        (Model::ReleaseAcquire, true),
        (Model::Rc11, true),
    ];
    expect(enter, leave_peterson, &races);
}

/// Rocker submission/peterson-ra-dmitriy.tpl and submission/obs/peterson.tpl: robust.
#[test]
fn peterson_with_an_exchange_needs_no_fence() {
    let races = [
        (Model::Sc, false),
        (Model::ReleaseAcquire, false),
        (Model::Rc11, false),
    ];
    expect(peterson_with_an_exchange, leave_peterson, &races);
}

/// Rocker submission/peterson-ra-bratosz.tpl: not robust.
#[test]
fn peterson_with_the_other_exchange_fails() {
    let races = [
        (Model::Sc, false),
        (Model::ReleaseAcquire, true),
        (Model::Rc11, true),
    ];
    expect(peterson_with_the_other_exchange, leave_peterson, &races);
}

/// Rocker submission/obs/dekker-rlx.tpl: robust, also with relaxed accesses.
#[test]
fn dekker_excludes_with_fences() {
    let enter: Step = |me, wants, turn| dekker(me, wants, turn, strong);
    let races = [(Model::Sc, false), (Model::Rc11, false)];
    expect(enter, leave_dekker, &races);
}

/// Rocker submission/dekker-sc.tpl: not robust.
#[test]
fn dekker_without_fences_excludes_under_sc_only() {
    let enter: Step = |me, wants, turn| dekker(me, wants, turn, none);
    let races = [
        (Model::Sc, false),
        (Model::ReleaseAcquire, true),
        (Model::Rc11, true),
    ];
    expect(enter, leave_dekker, &races);
}
