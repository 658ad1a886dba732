//! Programs drawn at random, in every world.
//!
//! Each world mounts the language for itself, so a seed and a kind are what they have in common.

use std::collections::BTreeMap;

use checks_graph::litmus as graphs;
use checks_loom::litmus;
use checks_loom::litmus::draw::{Kind, program};
use checks_loom::litmus::program::{Op, Place, Program};
use checks_shuttle::litmus as schedules;
use reports::plan::{Coverage, Exploration};

use crate::worlds::{Differences, is_exactly};
use crate::{c11, graph, loom, sequential, shuttle};

/// How many programs a test run compares; fewer where loom explores everything that there is.
const DRAWN: u64 = 300;
const DRAWN_FOR_LOOM: u64 = 100;

/// What loom misses of them, and why.
const MISSED: [(&str, usize); 3] = [(PLAIN, 13), (SWAP, 1), (EXCHANGE, 1)];

const PLAIN: &str = "the plain mode hides interleavings";
const SWAP: &str = "a store is made by a swap";
const EXCHANGE: &str = "a failed compare-exchange reads the newest value";
const THIRD: &str = "the order of two stores is not carried on to a third";
const NOTHING: &str = "nothing explains it";

fn graphs_of(seed: u64) -> Exploration {
    let program = graphs::draw::program(seed, graphs::draw::Kind::Any);
    graphs::drawn(program, graph)
}

fn schedules_of(seed: u64) -> Exploration {
    let program = schedules::draw::program(seed, schedules::draw::Kind::Any);
    schedules::drawn(program, shuttle)
}

#[test]
fn the_graph_world_finds_exactly_what_c11_allows() {
    for seed in 0..DRAWN {
        let program = program(seed, Kind::Any);
        let what = format!("seed {seed}: {program:#?}");
        is_exactly(&graphs_of(seed), &c11::outcomes(program), &what);
    }
}

#[test]
fn shuttle_finds_the_interleavings_and_the_graph_world_these_too() {
    for seed in 0..DRAWN {
        let program = program(seed, Kind::Any);
        let what = format!("seed {seed}: {program:#?}");
        let found = schedules_of(seed);
        is_exactly(&found, &sequential::outcomes(program), &what);
        assert!(
            found.outcomes.is_subset(&graphs_of(seed).outcomes),
            "{what}"
        );
    }
}

#[test]
fn loom_finds_nothing_else_and_what_it_misses_has_a_name() {
    let mut differences = Differences::default();
    for seed in 0..DRAWN_FOR_LOOM {
        let all = graphs_of(seed).outcomes;
        let program = program(seed, Kind::Any);
        for complete in [false, true] {
            let found = litmus::drawn(program, |scenario| loom(scenario, complete, None));
            assert!(found.failure.is_none(), "seed {seed}: {:?}", found.failure);
            let why = why(program, &found, complete);
            differences.add(why, &all, &found.outcomes);
        }
    }
    assert_eq!(differences.missed, BTreeMap::from(MISSED));
    assert_eq!(differences.invented, BTreeMap::new());
}

/// What explains that loom does not find what C11 allows.
fn why(program: &Program, found: &Exploration, complete: bool) -> &'static str {
    let swapped = |reason: &str| reason.contains("is made by `swap`");
    match &found.coverage {
        _ if has_three_stores(program) => THIRD,
        _ if !complete => PLAIN,
        Coverage::Inconclusive { reason } if swapped(reason) => SWAP,
        _ if ops(program).any(|op| matches!(op, Op::Cas(..) | Op::WeakCas(..))) => EXCHANGE,
        _ => NOTHING,
    }
}

/// loom may give too much when a place is stored to three times: what it learns about the order of two stores it does
/// not carry on to the third.
#[test]
fn loom_and_the_enumeration_agree_where_loom_is_not_blind() {
    for seed in 0..DRAWN {
        let program = program(seed, Kind::Apart);
        let what = format!("seed {seed}: {program:#?}");
        let found = litmus::drawn(program, |scenario| loom(scenario, true, None));
        let allowed = c11::outcomes(program);
        assert!(allowed.is_subset(&found.outcomes), "{what}");
        assert!(
            found.outcomes == allowed || has_three_stores(program),
            "{what}"
        );
        assert_eq!(found.coverage, Coverage::Exhaustive, "{what}");
    }
}

/// Whether some place is stored to more than twice.
fn has_three_stores(program: &Program) -> bool {
    let stores =
        |place: Place| ops(program).filter(move |op| matches!(op, Op::Store(p, ..) if *p == place));
    (0..program.places.len()).any(|place| stores(place).count() > 2)
}

/// The operations, those of sections among them.
fn ops(program: &Program) -> impl Iterator<Item = Op> {
    let inner = |op: &Op| match *op {
        Op::Locked(ops) => ops.to_vec(),
        op => vec![op],
    };
    let threads = program.threads.iter().copied().flatten();
    threads.flat_map(inner)
}
