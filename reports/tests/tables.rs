//! The tables of a run and of a matrix, line by line.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use reports::matrix::{Cell, Outcome};
use reports::plan::{Coverage, Limit, Search, World};
use reports::run::{Origin, Row, Run, Verdict};
use reports::scenario::Pillar;
use reports::text::{matrix, table};

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
    }
}

fn ran_out() -> Coverage {
    Coverage::Inconclusive {
        reason: "out of budget".to_owned(),
    }
}

#[test]
fn the_table_of_a_run_has_a_line_for_each_row_and_a_sum() {
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
scenario  world    bound                               executions    time  verdict
--------  -------  ----------------------------------  ----------  ------  ------------  -------------
dict_a    loom     bounded(2 preemptions)                  12,345  1.50 s  held
dict_a    shuttle  exhaustive (SC)                         12,345  1.50 s  held
dict_a    graph    bounded(1 stale read, 2 time-outs)      12,345  1.50 s  held
dict_b    loom     inconclusive                            12,345  1.50 s  inconclusive  out of budget

4 rows: 3 held, 1 inconclusive; 49,380 executions in 1 min 05 s.
";
    assert_eq!(table::render(&run), expected);
    assert_eq!(run.verdict(), Verdict::Inconclusive);
}

#[test]
fn the_table_of_a_matrix_has_a_column_for_each_world() {
    let cell = |world, outcome| Cell {
        subject: "di1-x".to_owned(),
        outcome,
        row: row("dict_a", world, ran_out(), Verdict::Inconclusive),
    };
    let missed = Outcome::Missed {
        reason: "out of budget".to_owned(),
    };
    let expected = "\
broken  scenario  loom    executions    time  shuttle  executions    time
------  --------  ------  ----------  ------  -------  ----------  ------
di1-x   dict_a    caught      12,345  1.50 s  MISSED       12,345  1.50 s

di1-x in dict_a, shuttle: MISSED: out of budget
2 trials, 1 not as expected.
";
    let cells = [
        cell(World::Loom, Outcome::Caught),
        cell(World::Shuttle, missed),
    ];
    assert_eq!(matrix::render(&cells), expected);
}
