//! The worlds against each other: the graph world finds exactly what C11 allows, and the other checkers nothing that it
//! does not find. Where one of them differs, it is one of them that is wrong, and known by name.

use std::collections::{BTreeMap, BTreeSet};

use checks_graph::litmus as graphs;
use checks_loom::litmus;
use checks_shuttle::litmus as schedules;
use reports::plan::{Coverage, Exploration};

use crate::{c11, graph, loom, named, set, shuttle};

/// What the plain mode of loom misses of the corpus, without a bound, and how many outcomes that are.
const MISSED_PLAINLY: [(&str, usize); 6] = [
    ("release_sequence_not_ended", 3),
    ("load_then_store", 3),
    ("load_then_cas", 3),
    ("load_then_store_three", 6),
    ("nine_stores", 3),
    ("stale_failure", 1),
];

/// What its complete mode still misses.
const MISSED: [(&str, usize); 3] = [
    ("release_sequence_not_ended", 3),
    ("nine_stores", 3),
    ("stale_failure", 1),
];

/// What both find and C11 forbids.
const INVENTED: [(&str, usize); 1] = [("third_store", 1)];

#[test]
fn the_graph_world_finds_exactly_what_c11_allows() {
    for litmus in graphs::ALL {
        let name = litmus.program.name;
        let allowed = c11::outcomes(named(name).program);
        is_exactly(&graph(&litmus.scenario()), &allowed, name);
    }
}

#[test]
fn what_the_others_find_the_graph_world_finds() {
    let found = BTreeMap::from_iter(graphs::ALL.iter().map(|litmus| {
        let found = graph(&litmus.scenario());
        (litmus.program.name, found.outcomes)
    }));
    for litmus in schedules::ALL {
        let name = litmus.program.name;
        let stale = &found[name] - &shuttle(&litmus.scenario()).outcomes;
        assert_eq!(stale, set(litmus.program.weak), "{name}");
    }
    for (complete, missed) in [(false, &MISSED_PLAINLY[..]), (true, &MISSED)] {
        let mut differences = Differences::default();
        for litmus in litmus::ALL {
            let name = litmus.program.name;
            differences.add(
                name,
                &found[name],
                &loom(&litmus.scenario(), complete, None).outcomes,
            );
        }
        assert_eq!(
            differences.missed,
            BTreeMap::from_iter(missed.iter().copied())
        );
        assert_eq!(differences.invented, BTreeMap::from(INVENTED));
    }
}

/// Asserts that an exploration was complete, met no failure, and came to these outcomes.
#[track_caller]
pub(crate) fn is_exactly(found: &Exploration, allowed: &BTreeSet<String>, what: &str) {
    assert!(found.failure.is_none(), "{what}: {:?}", found.failure);
    assert_eq!(found.outcomes, *allowed, "{what}");
    assert_eq!(found.coverage, Coverage::Exhaustive, "{what}");
}

/// How many outcomes one checker finds and another does not, by what explains it.
#[derive(Debug, Default)]
pub(crate) struct Differences {
    pub(crate) missed: BTreeMap<&'static str, usize>,
    pub(crate) invented: BTreeMap<&'static str, usize>,
}

impl Differences {
    /// Adds what is found of all outcomes.
    pub(crate) fn add(
        &mut self,
        why: &'static str,
        all: &BTreeSet<String>,
        found: &BTreeSet<String>,
    ) {
        let pairs = [
            (&mut self.missed, all - found),
            (&mut self.invented, found - all),
        ];
        for (counts, difference) in pairs {
            if !difference.is_empty() {
                *counts.entry(why).or_default() += difference.len();
            }
        }
    }
}
