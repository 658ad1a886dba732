//! Books for tests, made of the failures that the text reports are tested with.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use forms::{Book, Exhibit, Mutant, Order};
use reports::matrix::{Cell, Outcome};
use reports::plan::{Coverage, Limit, World};
use reports::report::Report;
use reports::run::{Origin, Row, Run, Verdict};
use reports::scenario::Pillar;
use reports::trace::Source;

/// A name that is markup wherever it is not escaped.
pub(crate) const HOSTILE: &str = "</script><script>window.taken=1</script>\"'><img src=x onerror=window.taken=1>&amp;\u{2028}\u{7}${taken}";

/// A file of the golden pages.
pub(crate) fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

/// A failure that the text reports are tested with.
pub(crate) fn saved(name: &str) -> Report {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../explain/tests/golden");
    let text = fs::read_to_string(root.join(format!("{name}.json"))).expect("the file is there");
    Report::from_json(&text).expect("it is a saved failure")
}

/// A book of these failures, with made-up sources: real ones change.
pub(crate) fn book(reports: Vec<Report>) -> Book {
    let steps = reports
        .iter()
        .flat_map(|report| &report.failure.trace.steps);
    let sources: BTreeMap<String, String> = steps
        .map(|step| (step.at.file.clone(), lines(&step.at.file)))
        .collect();
    Book {
        reports,
        sources,
        ..Book::default()
    }
}

fn lines(file: &str) -> String {
    let line = |number: usize| format!("    line({number}); // of {file}\n");
    (1..=400).map(line).collect()
}

/// The page of one failure.
pub(crate) fn page_of(report: Report) -> String {
    let pages = forms::pages::all(&book(vec![report]));
    let mut pages = pages.into_iter();
    let page = pages.find(|page| page.path.starts_with("failure/"));
    page.expect("a failure has a page").html
}

/// A row of a table; it fails if there is a report.
pub(crate) fn row(
    scenario: &str,
    world: World,
    coverage: Coverage,
    report: Option<&Report>,
) -> Row {
    let verdict = match (report, &coverage) {
        (Some(_), _) => Verdict::Failed,
        (None, Coverage::Inconclusive { .. }) => Verdict::Inconclusive,
        (None, _) => Verdict::Held,
    };
    Row {
        scenario: scenario.to_owned(),
        pillar: Pillar::Dict,
        question: format!("Does {scenario} hold?"),
        world,
        searches: Vec::new(),
        coverage,
        executions: 12_345,
        elapsed: Duration::from_millis(1_234),
        verdict,
        witnesses: BTreeMap::new(),
        missing: Vec::new(),
        outcomes: BTreeSet::new(),
        failure: report.map(|report| report.failure.clone()),
        graphs: None,
        rest: None,
        buffering: None,
    }
}

fn run(rows: Vec<Row>) -> Run {
    Run {
        origin: Origin::new(None, None),
        rows,
        elapsed: Duration::from_secs(88),
    }
}

/// A run with every kind of row, a failure that has a page, and both matrices.
pub(crate) fn results() -> Book {
    let mut race = saved("race");
    race.failure.replay.weaken = None;
    let scenario = race.failure.replay.scenario.clone();
    let bounded = Coverage::Bounded {
        by: vec![Limit::Preemptions(2)],
        note: None,
    };
    let stopped = Coverage::Inconclusive {
        reason: "the budget of 60.0 s ran out; go on: raddle check --resume x.json".to_owned(),
    };
    let sampled = Coverage::Sampled { executions: 4_000 };
    let mut rows = vec![row(
        &scenario,
        World::Graph,
        Coverage::Exhaustive,
        Some(&race),
    )];
    rows.push(row(&scenario, World::Loom, bounded, None));
    for name in [
        "dict_get_vs_resize",
        "safepoint_stop_waits_for_every_attached_thread",
    ] {
        rows.push(row(name, World::Graph, Coverage::Exhaustive, None));
        rows.push(row(name, World::Loom, stopped.clone(), None));
        rows.push(row(name, World::Shuttle, Coverage::Exhaustive, None));
        rows.push(row(name, World::Native, sampled.clone(), None));
    }
    let mut book = book(vec![race]);
    book.run = Some(run(rows));
    book.faults = trials("di2-reader-does-not-mark", Outcome::Caught);
    book.orderings = trials("dict.keys.publish", Outcome::Needed);
    book.mutants = vec![mutant("killed"), mutant("survived")];
    book.exhibits = vec![exhibit()];
    book.orders = vec![
        order("dict.keys.publish", None),
        order("stop.retry", Some("a proof in words")),
    ];
    book
}

fn trials(subject: &str, outcome: Outcome) -> Vec<Cell> {
    let cell = |world: World, outcome: Outcome| Cell {
        subject: subject.to_owned(),
        outcome,
        row: row("dict_get_vs_resize", world, Coverage::Exhaustive, None),
        fuzzed: None,
    };
    vec![
        cell(World::Graph, outcome),
        cell(
            World::Loom,
            Outcome::Missed {
                reason: "bounded(2 preemptions)".to_owned(),
            },
        ),
        cell(World::Shuttle, Outcome::NotSeen),
    ]
}

fn mutant(fate: &str) -> Mutant {
    Mutant {
        name: "dict/api.rs:12 drop".to_owned(),
        file: "dict/api.rs".to_owned(),
        function: "read".to_owned(),
        before: "        mark(dict);".to_owned(),
        after: String::new(),
        fate: fate.to_owned(),
        equivalent: None,
    }
}

fn exhibit() -> Exhibit {
    Exhibit {
        fault: "di2-reader-does-not-mark".to_owned(),
        origin: "gh-144295, PR 1".to_owned(),
        what: "A reader that does not own the dict reads it unmarked.".to_owned(),
        scenario: "dict_get_vs_resize".to_owned(),
        versions: Some("3.14, mended in 2026".to_owned()),
        story: ["One went wrong.", "Two saw it.", "Three mended it."]
            .map(str::to_owned)
            .to_vec(),
        guard: Some(Source {
            file: "runtime/src/objects/dict/api.rs".to_owned(),
            line: 12,
        }),
    }
}

fn order(name: &str, proof: Option<&str>) -> Order {
    Order {
        name: name.to_owned(),
        order: "Release".to_owned(),
        pairs_with: "dict.keys.read".to_owned(),
        carries: "the entries".to_owned(),
        proof: proof.map(str::to_owned),
    }
}

/// Everything that comes from outside is [`HOSTILE`].
pub(crate) fn hostile() -> Book {
    let text = fs::read_to_string(golden("../../../explain/tests/golden/race.json"));
    let text = text.expect("the file is there");
    let inside = serde_json::to_string(HOSTILE).expect("a string is JSON");
    let inside = inside.trim_matches('"');
    let mut wild = text.clone();
    for name in [
        "writer",
        "reader",
        "keys#1",
        "insert",
        "dict#1",
        "raddle replay",
        "Does a",
    ] {
        wild = wild.replace(name, &format!("{inside}{name}"));
    }
    let mut report = Report::from_json(&wild).expect("names are free");
    report.failure.replay.scenario = HOSTILE.to_owned();
    report.failure.replay.weaken = Some(HOSTILE.to_owned());
    report.failure.claim = HOSTILE.to_owned();
    let mut failed = row(HOSTILE, World::Graph, Coverage::Exhaustive, Some(&report));
    failed.question = HOSTILE.to_owned();
    let mut book = book(vec![report]);
    book.sources = book
        .sources
        .into_keys()
        .map(|file| (file, HOSTILE.repeat(3)))
        .collect();
    book.run = Some(run(vec![failed]));
    book.faults = trials(
        HOSTILE,
        Outcome::Mistaken {
            reason: HOSTILE.to_owned(),
        },
    );
    book.exhibits = vec![Exhibit {
        fault: HOSTILE.to_owned(),
        origin: format!("gh-1{HOSTILE}"),
        what: HOSTILE.to_owned(),
        ..exhibit()
    }];
    book.mutants = vec![Mutant {
        name: HOSTILE.to_owned(),
        file: HOSTILE.to_owned(),
        function: HOSTILE.to_owned(),
        before: HOSTILE.to_owned(),
        after: HOSTILE.to_owned(),
        ..mutant("survived")
    }];
    book
}
