//! Faults in the engine itself: each is seen by the comparison with the oracle.

mod oracle;

use std::panic::{catch_unwind, set_hook};

use graph_engine::{Config, Mode, Model, Mutation};
use proptest::prop_oneof;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use oracle::program::{
    Instruction, Program, programs, sc_programs, turn_programs, waiting_programs,
};

const MUTATIONS: [Mutation; 24] = [
    Mutation::NoReadCoherence,
    Mutation::NoWriteCoherence,
    Mutation::NoAtomicity,
    Mutation::NoPsc,
    Mutation::NoPscFences,
    Mutation::NoStrongOrder,
    Mutation::SplitUpdates,
    Mutation::NoSequentialOrder,
    Mutation::NoReleaseSequence,
    Mutation::NoAcquireFence,
    Mutation::SkipOldestRevisit,
    Mutation::SkipRevisits,
    Mutation::IgnoreMaximality,
    Mutation::IgnoreReaders,
    Mutation::SkipOldestPosition,
    Mutation::SkipOldestWrite,
    Mutation::NoWriteAfterReadRace,
    Mutation::AnyoneUnlocks,
    Mutation::NoSpuriousFailure,
    Mutation::NoNewTry,
    Mutation::RevisitVainTries,
    Mutation::JudgeVainTries,
    Mutation::OrderVainTries,
    Mutation::WaitInPlaceAnyway,
];

/// Random programs, always the same ones.
fn sample(count: usize) -> Vec<Program> {
    let mut runner = TestRunner::deterministic();
    let strategy = prop_oneof![
        programs(),
        sc_programs(),
        waiting_programs(),
        turn_programs()
    ];
    let next = |_| {
        strategy
            .new_tree(&mut runner)
            .expect("the generator rejects nothing")
            .current()
    };
    (0..count).map(next).collect()
}

/// Shapes that random programs have rarely.
fn shapes() -> Vec<Program> {
    use Instruction::{Add, Await, Fence, Load, Store};
    let relaxed = Mode::Relaxed;
    let release_sequence = vec![
        vec![Store(0, 1, relaxed), Store(1, 1, Mode::Release)],
        vec![Add(1, relaxed)],
        vec![Load(1, Mode::Acquire), Load(0, relaxed)],
    ];
    let buffering = |loc: usize| {
        vec![
            Store(loc, 1, relaxed),
            Fence(Mode::SeqCst),
            Load(1 - loc, relaxed),
        ]
    };
    let passing = vec![
        vec![Store(0, 1, relaxed), Store(1, 1, Mode::Release)],
        vec![Load(1, relaxed), Fence(Mode::Acquire), Load(0, relaxed)],
    ];
    let merged_writes = vec![
        vec![Load(0, Mode::Acquire), Load(1, Mode::SeqCst)],
        vec![Store(0, 1, Mode::SeqCst), Store(0, 2, Mode::SeqCst)],
        vec![Store(1, 1, Mode::SeqCst), Load(0, Mode::SeqCst)],
    ];
    let z6_u = vec![
        vec![Store(0, 1, Mode::SeqCst), Store(1, 1, Mode::Release)],
        vec![Add(1, Mode::SeqCst), Load(1, relaxed)],
        vec![Store(1, 3, Mode::SeqCst), Load(0, Mode::SeqCst)],
    ];
    let ended_wait = vec![
        vec![Store(0, 1, relaxed), Await(0, 1, relaxed)],
        vec![Store(0, 2, relaxed), Store(0, 1, relaxed)],
        vec![Store(0, 1, relaxed)],
    ];
    let buffering = vec![buffering(0), buffering(1)];
    let shapes = [
        release_sequence,
        buffering,
        passing,
        merged_writes,
        z6_u,
        ended_wait,
    ];
    shapes.into_iter().map(Program).collect()
}

fn is_seen(mutation: Mutation, program: &Program) -> bool {
    [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20]
        .into_iter()
        .any(|model| {
            let Some(expected) = oracle::brute::answer(model, program, 500) else {
                return false;
            };
            // A faulty engine may find no end.
            let config = Config {
                mutation: Some(mutation),
                max_graphs: Some(10_000),
                ..Config::new(model)
            };
            // It may also break its own invariants.
            let found = catch_unwind(|| oracle::engine::answer(config, program));
            found.map_or(true, |found| {
                found.map_or(true, |found| !expected.admits(&found))
            })
        })
}

#[test]
fn every_mutation_is_seen() {
    set_hook(Box::new(|_| ()));
    let mut programs = shapes();
    programs.extend(sample(1_500));
    let seen = |mutation: &Mutation| {
        programs
            .iter()
            .position(|program| is_seen(*mutation, program))
    };
    let first: Vec<_> = MUTATIONS
        .iter()
        .map(|mutation| (*mutation, seen(mutation)))
        .collect();
    let unseen: Vec<_> = first.iter().filter(|(_, seen)| seen.is_none()).collect();
    println!("seen by program number: {first:?}");
    drop(std::panic::take_hook());
    assert!(unseen.is_empty(), "nothing sees {unseen:?}");
}
