//! However the graph checker's work is divided, among threads, machines or days, it comes to the same row.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use checks::checkpoint::{Checkpoint, Refused as NoCheckpoint};
use checks::digest;
use checks::job::Job;
use checks::merge::{self, Part, Refused};
use checks::registry;
use checks::searches::Settings;
use reports::failure::Failure;
use reports::plan::{Coverage, Graphs, Progress, World};
use reports::run::{Origin, Row, Run, Verdict};

/// Scenarios with some hundred graphs and more than one witness.
const HOLDING: [&str; 2] = [
    "refcount_try_incref_races_last_drop",
    "safepoint_lock_after_sleep",
];

/// A scenario with some thousand graphs.
const LARGE: &str = "refcount_queue_entered_once";

fn job(scenario: &str, settings: Settings) -> Job {
    Job {
        scenario: registry::named(World::Graph, scenario).expect("the scenario exists"),
        world: World::Graph,
        settings,
    }
}

/// The faults that are switched on here, each with the scenario that catches it.
const FAILING: [(&str, &str); 4] = [
    ("rc1-disown-after-merge", "refcount_merge_races_last_drop"),
    ("di2-reader-does-not-mark", "dict_get_vs_resize"),
    (
        "li1-writer-does-not-mark",
        "list_owner_get_vs_foreign_growth",
    ),
    ("sg8-test-then-set", "safepoint_one_thread_collects"),
];

/// Everything that a row says, its time excepted.
#[derive(Debug, PartialEq)]
struct Said {
    coverage: Coverage,
    executions: u64,
    graphs: Option<Graphs>,
    verdict: Verdict,
    witnesses: BTreeMap<String, u64>,
    missing: Vec<String>,
    outcomes: BTreeSet<String>,
    failure: Option<Failure>,
}

impl Said {
    fn by(row: Row) -> Self {
        Self {
            coverage: row.coverage,
            executions: row.executions,
            graphs: row.graphs,
            verdict: row.verdict,
            witnesses: row.witnesses,
            missing: row.missing,
            outcomes: row.outcomes,
            failure: row.failure,
        }
    }
}

fn said(scenario: &str, settings: Settings) -> Said {
    Said::by(support::run(&job(scenario, settings)))
}

fn on(jobs: usize, fault: Option<&'static str>) -> Settings {
    Settings {
        jobs,
        fault,
        ..support::settings()
    }
}

#[test]
fn every_number_of_threads_says_the_same() {
    let alone = said(LARGE, on(1, None));
    assert_eq!(alone.verdict, Verdict::Held);
    for jobs in [2, 3] {
        assert_eq!(said(LARGE, on(jobs, None)), alone, "{jobs} threads");
    }
}

#[test]
fn every_number_of_threads_finds_the_same_failure() {
    for (fault, scenario) in FAILING {
        let alone = said(scenario, on(1, Some(fault)));
        assert_eq!(alone.verdict, Verdict::Failed, "{fault}");
        for jobs in [2, 3] {
            assert_eq!(said(scenario, on(jobs, Some(fault))), alone, "{fault}");
        }
    }
}

fn origin(fault: Option<&str>) -> Origin {
    Origin {
        build: digest::build(),
        ..Origin::new(fault, None)
    }
}

/// The rows of all parts of one scenario, each as the result of a machine of its own.
fn parts(scenario: &str, parts: u64, fault: Option<&'static str>) -> Vec<Part> {
    let part = |part| {
        let settings = Settings {
            shard: Some((part, parts)),
            ..on(1, fault)
        };
        Part {
            file: format!("part {part}"),
            run: Run {
                origin: origin(fault),
                rows: vec![support::run(&job(scenario, settings))],
                elapsed: Duration::from_secs(1),
            },
        }
    };
    (1..=parts).map(part).collect()
}

fn merged(parts: Vec<Part>) -> Row {
    let (_, run) = merge::merge(parts).expect("they are all there");
    let mut rows = run.rows.into_iter();
    rows.next().expect("there is a row")
}

#[test]
fn parts_add_up_to_the_whole() {
    for scenario in HOLDING {
        let whole = said(scenario, on(1, None));
        assert_eq!(whole.verdict, Verdict::Held);
        for count in [2, 3, 5] {
            let parts = parts(scenario, count, None);
            for part in &parts {
                let row = &part.run.rows[0];
                assert!(matches!(row.coverage, Coverage::Part { .. }), "{row:?}");
                assert_eq!(row.verdict, Verdict::Inconclusive);
                assert!(row.executions < whole.executions, "the work is divided");
            }
            assert_eq!(Said::by(merged(parts)), whole, "{scenario}: {count} parts");
        }
    }
}

#[test]
fn parts_find_the_failure_of_the_whole() {
    for (fault, scenario) in FAILING {
        let whole = said(scenario, on(1, Some(fault)));
        let merged = Said::by(merged(parts(scenario, 3, Some(fault))));
        assert_eq!(merged.failure, whole.failure, "{fault}");
        assert_eq!(merged.coverage, whole.coverage, "{fault}");
    }
}

#[test]
fn a_witness_that_no_part_reached_makes_the_whole_vacuous() {
    let mut parts = parts(HOLDING[0], 3, None);
    let witness = job(HOLDING[0], support::settings()).scenario.sometimes[0];
    for part in &mut parts {
        part.run.rows[0].witnesses.remove(witness);
    }
    let row = merged(parts);
    assert_eq!(row.verdict, Verdict::Vacuous);
    assert_eq!(row.missing, [witness]);
}

#[test]
fn a_part_that_was_not_finished_gives_way_to_the_one_that_was() {
    let whole = said(HOLDING[0], on(1, None));
    let finished = parts(HOLDING[0], 2, None);
    let mut early = finished[1].clone();
    early.run.rows[0].executions /= 2;
    early.run.rows[0].coverage = Coverage::Inconclusive {
        reason: "out of budget".to_owned(),
    };
    let row = merged(vec![finished[0].clone(), early.clone()]);
    assert_eq!(row.verdict, Verdict::Inconclusive);
    assert_eq!(row.note().as_deref(), Some("part 2 of 2: out of budget"));
    for order in [[0, 1, 2], [2, 1, 0]] {
        let all = [finished[0].clone(), early.clone(), finished[1].clone()];
        let all = order.map(|at| all[at].clone());
        assert_eq!(Said::by(merged(all.to_vec())), whole);
    }
}

#[test]
fn numbers_that_are_too_large_are_no_panic() {
    let mut parts = parts(HOLDING[0], 2, None);
    for part in &mut parts {
        part.run.elapsed = Duration::MAX;
        let row = &mut part.run.rows[0];
        (row.executions, row.elapsed) = (u64::MAX, Duration::MAX);
        row.witnesses
            .values_mut()
            .for_each(|count| *count = u64::MAX);
    }
    assert_eq!(merged(parts).executions, u64::MAX);
}

#[test]
fn what_is_not_all_parts_of_one_run_is_refused() {
    let three = parts(HOLDING[0], 3, None);
    let two = parts(HOLDING[0], 2, None);
    let scenario = HOLDING[0].to_owned();
    let refused = |parts: &[Part]| merge::merge(parts.to_vec()).expect_err("it is refused");
    let changed = |change: fn(&mut Run)| {
        let mut parts = two.clone();
        change(&mut parts[1].run);
        refused(&parts)
    };
    assert_eq!(refused(&[]), Refused::Nothing);
    assert_eq!(
        refused(&three[..2]),
        Refused::Missing(3, 3, scenario.clone())
    );
    assert_eq!(
        refused(&three[1..]),
        Refused::Missing(1, 3, scenario.clone())
    );
    assert_eq!(
        refused(&[two[0].clone(), two[1].clone(), two[0].clone()]),
        Refused::Twice("part 1".to_owned(), 1, scenario.clone())
    );
    assert_eq!(
        refused(&[two[0].clone(), three[1].clone()]),
        Refused::Division("part 2".to_owned(), scenario.clone())
    );
    assert_eq!(
        changed(|run| run.origin.fault = Some("rc1-disown-after-merge".to_owned())),
        Refused::Origin("part 2".to_owned())
    );
    assert_eq!(
        changed(|run| run.origin.version = "9.9.9".to_owned()),
        Refused::Version("part 2".to_owned(), "9.9.9".to_owned())
    );
    assert_eq!(
        changed(|run| run.origin.build = "0123456789abcdef".to_owned()),
        Refused::Build("part 2".to_owned())
    );
    assert_eq!(
        changed(|run| run.rows[0].searches.clear()),
        Refused::Whole("part 2".to_owned(), scenario.clone())
    );
    assert_eq!(
        changed(|run| run.rows.clear()),
        Refused::Missing(2, 2, scenario)
    );
}

/// Runs a job that is asked to stop from its beginning: it explores one graph and leaves the rest.
fn one_graph(job: &Job) -> Row {
    let progress = Progress {
        stop: Arc::new(AtomicBool::new(true)),
        ..Progress::default()
    };
    job.run(&Arc::new(progress))
}

/// What is left, saved and read again.
fn saved(job: &Job, row: &Row) -> Job {
    let rest = row.rest.clone().expect("something is left");
    let text = Checkpoint::of(job, rest).to_json();
    let checkpoint = Checkpoint::from_json(&text).expect("it can be read");
    let resumed = checkpoint.into_job(job.settings.budget);
    resumed.expect("it can go on")
}

/// Explores `pieces` single graphs, then the rest on `jobs` threads.
fn in_pieces(mut job: Job, pieces: usize, jobs: usize) -> Row {
    for _ in 0..pieces {
        let row = one_graph(&job);
        assert_eq!(row.verdict, Verdict::Inconclusive);
        assert_eq!(row.note().as_deref(), Some("stopped"));
        job = saved(&job, &row);
    }
    job.settings.jobs = jobs;
    support::run(&job)
}

#[test]
fn an_exploration_in_pieces_says_the_same() {
    for scenario in HOLDING {
        let whole = said(scenario, on(1, None));
        for (pieces, jobs) in [(1, 1), (7, 1), (30, 3)] {
            let row = in_pieces(job(scenario, support::settings()), pieces, jobs);
            assert_eq!(row.rest, None);
            assert_eq!(Said::by(row), whole, "{scenario}: {pieces} pieces");
        }
    }
}

#[test]
fn a_part_in_pieces_is_the_same_part() {
    let mut all = parts(HOLDING[1], 2, None);
    let whole = Said::by(merged(all.clone()));
    let settings = Settings {
        shard: Some((2, 2)),
        ..support::settings()
    };
    all[1].run.rows[0] = in_pieces(job(HOLDING[1], settings), 3, 1);
    assert_eq!(Said::by(merged(all)), whole);
}

#[test]
fn a_failure_in_pieces_is_the_same_failure() {
    for (fault, scenario) in FAILING {
        let settings = on(1, Some(fault));
        let whole = said(scenario, settings.clone());
        let first = one_graph(&job(scenario, settings.clone()));
        if first.verdict == Verdict::Failed {
            assert_eq!(first.rest, None, "there is no going on after a failure");
            assert_eq!(Said::by(first), whole, "{fault}");
        } else {
            let row = in_pieces(job(scenario, settings), 1, 2);
            assert_eq!(Said::by(row), whole, "{fault}");
        }
    }
}

#[test]
fn a_checkpoint_that_was_changed_is_refused() {
    let job = job(HOLDING[0], support::settings());
    let rest = one_graph(&job).rest.expect("something is left");
    let text = Checkpoint::of(&job, rest).to_json();
    let refused = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        Checkpoint::from_json(&text.replacen(from, to, 1)).expect_err("it is refused")
    };
    for (from, to) in [
        (HOLDING[0], HOLDING[1]),
        ("\"fault\": null", "\"fault\": \"sg8-test-then-set\""),
        ("\"shard\": null", "\"shard\": [1, 2]"),
        ("\"stale_reads\": null", "\"stale_reads\": 1"),
        ("complete", "finished"),
    ] {
        let why = refused(from, to);
        assert!(matches!(why, NoCheckpoint::Damaged), "{why}");
    }
    let version = format!("\"version\": \"{}\"", reports::run::VERSION);
    let why = refused(&version, "\"version\": \"9.9.9\"");
    assert!(matches!(why, NoCheckpoint::Version(_)), "{why}");
    let why = refused("\"format\": 1", "\"format\": 99");
    assert!(why.to_string().contains("format 99"), "{why}");
    let half = &text[..text.len() / 2];
    let why = Checkpoint::from_json(half).expect_err("it is refused");
    assert!(why.to_string().starts_with("not a checkpoint"), "{why}");
}

#[test]
fn a_checkpoint_of_what_is_unknown_or_was_never_left_is_refused() {
    let job = job(HOLDING[0], support::settings());
    let rest = one_graph(&job).rest.expect("something is left");
    let budget = job.settings.budget;
    let mut other = job.clone();
    other.scenario.name = "no_such_scenario";
    let why = Checkpoint::of(&other, rest.clone()).into_job(budget);
    let why = why.expect_err("it is refused").to_string();
    assert!(why.contains("no_such_scenario"), "{why}");
    let mut other = job.clone();
    other.settings.stale_reads = Some(1);
    let why = Checkpoint::of(&other, rest).into_job(budget);
    let why = why.expect_err("it is refused").to_string();
    assert!(why.contains("another configuration"), "{why}");
}
