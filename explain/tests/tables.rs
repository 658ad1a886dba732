//! The tables of a run and of a matrix, line by line.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use explain::text::{matrix, table};
use reports::failure::FailureKind;
use reports::fuzzed::{Hunt, Prey};
use reports::json;
use reports::matrix::{Cell, Outcome};
use reports::plan::{Buffering, Coverage, Limit, Search, World};
use reports::run::{Origin, Row, Run, Verdict};
use reports::scenario::Pillar;

fn row(scenario: &str, world: World, coverage: Coverage, verdict: Verdict) -> Row {
    Row {
        scenario: scenario.to_owned(),
        pillar: Pillar::Dict,
        question: "Is it so?".to_owned(),
        world,
        searches: vec![Search::Stress { executions: 5 }],
        coverage,
        executions: 12_345,
        elapsed: Duration::from_millis(1_500),
        verdict,
        witnesses: BTreeMap::new(),
        missing: Vec::new(),
        outcomes: BTreeSet::new(),
        failure: None,
        graphs: None,
        rest: None,
        buffering: None,
    }
}

const GO_ON: &str =
    "raddle check --resume target/raddle/checkpoints/a_name_that_is_long_enough_for_two_lines.json";

fn ran_out() -> Coverage {
    Coverage::Inconclusive {
        reason: format!("out of budget; go on: {GO_ON}"),
    }
}

#[test]
fn the_table_of_a_run_has_a_line_for_each_scenario_and_a_cell_for_each_world() {
    let run = Run {
        origin: Origin::new(None, None),
        rows: vec![
            row(
                "dict_a",
                World::Loom,
                Coverage::Bounded {
                    by: vec![Limit::Preemptions(2)],
                    note: None,
                },
                Verdict::Held,
            ),
            row(
                "dict_a",
                World::Shuttle,
                Coverage::Exhaustive,
                Verdict::Held,
            ),
            row(
                "dict_a",
                World::Graph,
                Coverage::Bounded {
                    by: vec![Limit::StaleReads(1), Limit::TimeOuts(2)],
                    note: None,
                },
                Verdict::Held,
            ),
            row("dict_b", World::Loom, ran_out(), Verdict::Inconclusive),
        ],
        elapsed: Duration::from_secs(65),
    };
    let expected = "\
scenario  graph         loom          shuttle
--------  ------------  ------------  --------------
dict_a    bounded(1,2)  bounded(2)    exhaustive(SC)
dict_b                  inconclusive

inconclusive dict_b in loom: out of budget
  go on: raddle check --resume target/raddle/checkpoints/a_name_that_is_long_enough_for_two_lines.json

bounded, 1 of the rows: within 1 stale read
bounded, 1 of the rows: within 2 preemptions
bounded, 1 of the rows: within 2 time-outs
4 rows: 3 held, 1 inconclusive; 49,380 executions in 1 min 05 s.
";
    assert_eq!(table::render(&run), expected);
    assert_eq!(run.verdict(), Verdict::Inconclusive);
}

#[test]
fn what_failed_comes_last_and_one_world_has_room_for_more() {
    let held = row("dict_b", World::Graph, Coverage::Exhaustive, Verdict::Held);
    let mut vacuous = row(
        "dict_a",
        World::Graph,
        Coverage::Exhaustive,
        Verdict::Vacuous,
    );
    vacuous.missing = vec!["a resize".to_owned()];
    let run = Run {
        origin: Origin::new(None, None),
        rows: vec![vacuous, held],
        elapsed: Duration::from_secs(3),
    };
    let expected = "\
scenario  verdict     executions    time
--------  ----------  ----------  ------
dict_b    exhaustive      12,345  1.50 s
dict_a    VACUOUS         12,345  1.50 s

VACUOUS dict_a in graph: never reached: a resize

2 rows: 1 held, 1 vacuous; 24,690 executions in 3.00 s.
";
    assert_eq!(table::render(&run), expected);
}

#[test]
fn a_verdict_says_where_load_buffering_is_possible() {
    let mut row = row("dict_a", World::Graph, Coverage::Exhaustive, Verdict::Held);
    row.buffering = Some(Buffering {
        read: "load of x by thread 1 (a.rs:2)".to_owned(),
        write: "store of x by thread 2 (a.rs:5)".to_owned(),
    });
    let told = "load buffering possible at load of x by thread 1 (a.rs:2) and store of x by thread 2 (a.rs:5)";
    assert_eq!(row.covered(), format!("exhaustive; {told}"));
    let run = Run {
        origin: Origin::new(None, None),
        rows: vec![row.clone()],
        elapsed: Duration::from_secs(1),
    };
    let text = table::render(&run);
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = format!("dict_a in graph: exhaustive; {told}");
    assert!(words.join(" ").contains(&line), "{text}");
    let saved = Run::from_json(&json::pretty(&run)).expect("it was saved");
    assert_eq!(saved.rows[0].buffering, row.buffering);
}

#[test]
fn the_table_of_a_matrix_has_a_column_for_each_world() {
    let cell = |world, outcome| Cell {
        subject: "di1-x".to_owned(),
        outcome,
        row: row("dict_a", world, ran_out(), Verdict::Inconclusive),
        fuzzed: None,
    };
    let missed = Outcome::Missed {
        reason: "out of budget".to_owned(),
    };
    let expected = "\
broken           loom           shuttle
---------------  -------------  -------------
di1-x in dict_a  caught 12,345  MISSED 12,345

di1-x in dict_a, shuttle: MISSED: out of budget
2 trials, 1 not as expected.
";
    let cells = [
        cell(World::Loom, Outcome::Caught),
        cell(World::Shuttle, missed),
    ];
    assert_eq!(matrix::render(&cells), expected);
}

#[test]
fn the_table_of_a_matrix_says_what_the_fuzzer_made_of_a_fault() {
    let cell = |fault: &str, hunt| Cell {
        subject: fault.to_owned(),
        outcome: Outcome::Caught,
        row: row("dict_a", World::Loom, ran_out(), Verdict::Inconclusive),
        fuzzed: hunt,
    };
    let prey = Prey {
        target: "dict".to_owned(),
        by: "shuttle (PCT)".to_owned(),
        drawn: 7,
        calls: 2,
        kind: FailureKind::Claim,
        program: "target dict\n".to_owned(),
    };
    let found = Hunt {
        cases: 12,
        executions: 300,
        prey: Some(prey),
        reason: None,
    };
    let missed = Hunt {
        cases: 900,
        executions: 20_000,
        prey: None,
        reason: Some("nobody draws it".to_owned()),
    };
    let expected = "\
broken               loom           fuzz
-------------------  -------------  --------------------------
di1-x in dict_a      caught 12,345  found in 12 cases, 2 calls
di2-y in dict_a      caught 12,345  not in 900 cases
(nothing) in dict_a  caught 12,345

di2-y is not found by the fuzzer: nobody draws it
The fuzzer finds 1 of 2.
3 trials, 0 not as expected.
";
    let cells = [
        cell("di1-x", Some(found)),
        cell("di2-y", Some(missed)),
        cell("", None),
    ];
    assert_eq!(matrix::render(&cells), expected);
}
