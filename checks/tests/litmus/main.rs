//! What the word *exhaustive* rests on: the outcomes that the checkers find for small programs are exactly those that
//! two enumerations find, which share no code with any checker.
//!
//! | set            | computed by                                                             |
//! |----------------|-------------------------------------------------------------------------|
//! | sequential     | [`sequential`]: all interleavings                                       |
//! | C11            | [`c11`]: all consistent graphs without load buffering                   |
//! | weak, by hand  | the corpus: what C11 adds to sequential consistency                     |
//! | the worlds     | graph, loom, shuttle: what a checker finds                              |

mod axioms;
mod c11;
mod drawn;
mod sequential;
mod worlds;

use std::collections::BTreeSet;
use std::time::Duration;

use checks_loom::litmus::program::{Program, Verdict};
use checks_loom::litmus::{self, Litmus};
use reports::plan::{Coverage, Exploration, Plan, Search};
use reports::scenario::Scenario;

fn plan(search: Search) -> Plan {
    Plan::new(search, Duration::from_secs(60))
}

fn graph(scenario: &Scenario) -> Exploration {
    let search = Search::Graph {
        stale_reads: None,
        preemptions: None,
        shard: None,
    };
    checks_graph::rt::sync::checker::explore(&plan(search), scenario)
}

fn shuttle(scenario: &Scenario) -> Exploration {
    let search = Search::Dfs { limit: 1_000_000 };
    checks_shuttle::rt::sync::checker::explore(&plan(search), scenario)
}

fn loom(scenario: &Scenario, complete: bool, preemptions: Option<usize>) -> Exploration {
    let search = Search::Loom {
        complete,
        preemptions,
    };
    checks_loom::rt::sync::checker::explore(&plan(search), scenario)
}

fn set(outcomes: &[&str]) -> BTreeSet<String> {
    outcomes
        .iter()
        .map(|outcome| (*outcome).to_owned())
        .collect()
}

fn named(name: &str) -> &'static Litmus {
    let mut all = litmus::ALL.iter();
    all.find(|litmus| litmus.program.name == name)
        .expect("the corpus has it")
}

#[test]
fn c11_allows_every_interleaving_and_what_was_worked_out_by_hand() {
    for Litmus { program, .. } in litmus::ALL {
        let interleaved = sequential::outcomes(program);
        let expected = interleaved.union(&set(program.weak)).cloned().collect();
        assert_eq!(c11::outcomes(program), expected, "{}", program.name);
        assert!(
            interleaved.is_disjoint(&set(program.weak)),
            "{}",
            program.name
        );
    }
}

/// What loom finds without a bound: what C11 allows, but for what it is known to be wrong about.
fn known_to_loom(program: &Program) -> BTreeSet<String> {
    let found = &c11::outcomes(program) - &set(program.missed);
    &found | &set(program.invented)
}

#[test]
fn loom_finds_exactly_what_c11_allows() {
    for litmus in litmus::ALL {
        let program = litmus.program;
        let found = loom(&litmus.scenario(), true, None);
        assert_eq!(found.outcomes, known_to_loom(program), "{}", program.name);
        assert!(
            found.failure.is_none(),
            "{}: {:?}",
            program.name,
            found.failure
        );
    }
}

/// The one thing that it misses and does not know of: a failed compare-exchange reads the newest value.
const UNKNOWN: &str = "stale_failure";

/// Where it doubts without need: a store is made by a `swap` that another thread's update could have come before.
const DOUBTED: [&str; 2] = ["release_sequence", "swap_against_store"];

#[test]
fn loom_calls_exhaustive_what_it_has_not_missed_anything_of() {
    for litmus in litmus::ALL {
        let Program { name, missed, .. } = *litmus.program;
        let found = loom(&litmus.scenario(), true, None);
        let complete = missed.is_empty() && !DOUBTED.contains(&name) || name == UNKNOWN;
        assert_eq!(found.coverage == Coverage::Exhaustive, complete, "{name}");
    }
}

#[test]
fn a_preemption_bound_only_takes_outcomes_away() {
    for litmus in litmus::ALL {
        let program = litmus.program;
        let found = loom(&litmus.scenario(), true, Some(2));
        assert!(
            found.outcomes.is_subset(&known_to_loom(program)),
            "{}",
            program.name
        );
        assert_eq!(
            found.coverage.to_string(),
            "bounded(2 preemptions)",
            "{}",
            program.name
        );
    }
}

#[test]
fn shuttle_finds_exactly_the_interleavings() {
    for litmus in checks_shuttle::litmus::ALL {
        let name = litmus.program.name;
        let found = shuttle(&litmus.scenario());
        assert_eq!(
            found.outcomes,
            sequential::outcomes(named(name).program),
            "{name}"
        );
        assert_eq!(found.coverage, Coverage::Exhaustive, "{name}");
    }
}

#[test]
fn the_right_forms_hold_and_the_broken_ones_break() {
    for Litmus { program, .. } in litmus::ALL {
        let Some((bad, verdict)) = program.bad else {
            continue;
        };
        let reached = |outcomes: &BTreeSet<String>| {
            let mut registers = outcomes
                .iter()
                .map(|outcome| Program::registers_of(outcome));
            registers.any(|registers| bad(&registers))
        };
        let weak = loom(&named(program.name).scenario(), true, None).outcomes;
        let found = match (reached(&weak), reached(&sequential::outcomes(program))) {
            (_, true) => Verdict::Interleaved,
            (true, false) => Verdict::Weak,
            (false, false) => Verdict::Never,
        };
        assert_eq!(found, verdict, "{}", program.name);
    }
}

/// When this fails, loom has learnt to see a store that races with an earlier load (issues 166 and 392), and the
/// announcements of the complete mode can go.
#[test]
fn the_plain_mode_misses_most_outcomes_of_a_load_before_a_store() {
    for name in ["load_then_store", "load_then_cas"] {
        let found = loom(&named(name).scenario(), false, None);
        assert_eq!(found.outcomes, set(&["0000 11"]), "{name}");
        assert!(
            matches!(found.coverage, Coverage::Inconclusive { .. }),
            "{name}"
        );
        let bounded = loom(&named(name).scenario(), false, Some(2));
        let Coverage::Bounded {
            note: Some(note), ..
        } = bounded.coverage
        else {
            panic!("the plain mode says what it misses");
        };
        assert!(note.contains("plain mode"), "{note}");
    }
}
