//! Splitting an exploration, among threads, machines or points in time, changes nothing.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_engine::Mode::{Acquire, Relaxed, Release};
use graph_engine::{
    Checkpoint, Config, Counts, Engine, Estimate, Exploration, Location, Lock, ResumeError,
    Verdict, choice, spawn,
};

/// Three threads with updates, loads, a lock and a choice: about a thousand graphs.
fn program() {
    let (x, y) = (Location::new("x", 0), Location::new("y", 0));
    let lock = Lock::new("lock");
    let body = move |me: u64| {
        move || {
            x.fetch_add(1, Relaxed);
            lock.lock();
            y.store(me + choice(2) as u64, Release);
            lock.unlock();
            x.load(Acquire);
        }
    };
    for me in 0..3 {
        spawn(body(me));
    }
}

/// The same with an assertion that some executions violate.
fn failing() {
    let (x, y) = (Location::new("x", 0), Location::new("y", 0));
    for me in 0..3_u64 {
        spawn(move || {
            x.fetch_add(1, Relaxed);
            y.store(me, Release);
            x.load(Acquire);
        });
    }
    spawn(move || {
        assert!(
            y.load(Acquire) != 2 || x.load(Relaxed) != 1,
            "2 before the others"
        )
    });
}

fn config(jobs: usize) -> Config {
    Config {
        jobs,
        ..Config::default()
    }
}

/// Counts but for the runs, which splitting may repeat.
fn graphs(counts: Counts) -> (u64, u64, u64) {
    (counts.complete, counts.blocked, counts.failed)
}

fn first_failure(exploration: &Exploration) -> (String, Vec<u32>) {
    let failure = exploration.failure.as_ref().expect("the program fails");
    (failure.to_string(), failure.path.clone())
}

#[test]
fn every_number_of_jobs_counts_the_same() {
    let alone = Engine::explore(config(1), program);
    assert_eq!(alone.verdict, Verdict::Exhaustive);
    assert!(alone.counts.complete > 800, "{alone}");
    for jobs in 2..=5 {
        let together = Engine::explore(config(jobs), program);
        assert_eq!(together.verdict, Verdict::Exhaustive);
        assert_eq!(together.counts, alone.counts, "{jobs} jobs");
    }
}

#[test]
fn every_number_of_jobs_finds_the_same_first_failure() {
    let alone = Engine::explore(config(1), failing);
    assert_eq!(alone.verdict, Verdict::Failed);
    for jobs in 2..=5 {
        for _ in 0..5 {
            let together = Engine::explore(config(jobs), failing);
            assert_eq!(
                first_failure(&together),
                first_failure(&alone),
                "{jobs} jobs"
            );
            assert_eq!(graphs(together.counts), graphs(alone.counts), "{jobs} jobs");
        }
    }
}

#[test]
fn shards_merge_to_the_whole() {
    let whole = Engine::explore(config(1), program);
    for parts in [2, 3, 7] {
        let shard = |part| {
            Engine::explore(
                Config {
                    shard: (part, parts),
                    ..config(1)
                },
                program,
            )
        };
        let shards: Vec<Exploration> = (0..parts).map(shard).collect();
        let used = shards
            .iter()
            .filter(|shard| shard.counts.complete > 0)
            .count();
        assert!(used > 1, "the work is divided");
        let merged = Exploration::merge(shards, &config(1));
        assert_eq!(merged.verdict, Verdict::Exhaustive);
        assert_eq!(merged.counts, whole.counts, "{parts} parts");
    }
}

#[test]
fn shards_find_the_first_failure() {
    let whole = Engine::explore(config(1), failing);
    let shard = |part| {
        Engine::explore(
            Config {
                shard: (part, 3),
                ..config(1)
            },
            failing,
        )
    };
    let merged = Exploration::merge((0..3).map(shard), &config(1));
    assert_eq!(merged.verdict, Verdict::Failed);
    assert_eq!(first_failure(&merged), first_failure(&whole));
}

/// Stops after every `most` graphs, stores the checkpoint as text, and goes on.
fn in_pieces(most: u64, jobs: usize, body: fn()) -> (Exploration, u32) {
    let config = Config {
        max_graphs: Some(most),
        ..config(jobs)
    };
    let mut exploration = Engine::explore(config.clone(), body);
    let mut pieces = 1;
    while let Some(rest) = exploration.rest.take() {
        let stored = serde_json::to_string(&rest).expect("a checkpoint can be stored");
        let checkpoint: Checkpoint = serde_json::from_str(&stored).expect("and read back");
        assert!(checkpoint == rest, "what is read back is what was stored");
        let resumed = Engine::new(config.clone()).resume(checkpoint);
        let Ok(engine) = resumed else {
            panic!("the configuration is the same")
        };
        exploration = engine.run(body);
        pieces += 1;
    }
    (exploration, pieces)
}

#[test]
fn finished_and_resumed_is_one_run() {
    let whole = Engine::explore(config(1), program);
    for (most, jobs) in [(100, 1), (200, 2), (300, 3)] {
        let (resumed, pieces) = in_pieces(most, jobs, program);
        assert!(pieces > 2, "it was stopped");
        assert_eq!(resumed.verdict, Verdict::Exhaustive);
        assert_eq!(
            resumed.counts, whole.counts,
            "{most} graphs at a time, {jobs} jobs"
        );
    }
}

#[test]
fn a_resumed_run_finds_the_first_failure() {
    let whole = Engine::explore(config(1), failing);
    let (resumed, pieces) = in_pieces(2, 1, failing);
    assert!(pieces > 1, "it was stopped");
    assert_eq!(first_failure(&resumed), first_failure(&whole));
    assert_eq!(graphs(resumed.counts), graphs(whole.counts));
}

#[test]
fn a_budget_that_ran_out_is_not_a_pass() {
    let stopped = Engine::explore(
        Config {
            max_graphs: Some(10),
            ..config(1)
        },
        program,
    );
    assert_eq!(stopped.verdict, Verdict::Inconclusive);
    let rest = stopped.rest.expect("something is left");
    assert_eq!(rest.counts(), stopped.counts);
    let other = Config {
        max_events: 17,
        ..config(1)
    };
    let error = Engine::new(other).resume(rest.clone()).err();
    assert_eq!(error, Some(ResumeError::OtherConfiguration));
    let text = serde_json::to_string(&rest).expect("a checkpoint can be stored");
    let changed = text.replacen("\"rf\":0", "\"rf\":9000", 1);
    assert_ne!(text, changed);
    let damaged = serde_json::from_str(&changed).expect("it still looks like one");
    assert_eq!(
        Engine::new(config(1)).resume(damaged).err(),
        Some(ResumeError::Damaged)
    );
}

/// Every complete graph is seen by the observer exactly once, however the work is split.
#[test]
fn observers_see_each_execution_once() {
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let traces = Arc::clone(&seen);
    let exploration = Engine::new(config(3))
        .observe(move |execution| {
            let mut events = execution.trace().events;
            events.sort_by_key(|event| (event.thread, event.index));
            // Numbers depend on how a graph was reached; places do not.
            let place = |id: usize| {
                events
                    .iter()
                    .find(|event| event.id == id)
                    .map(|event| (event.thread, event.index))
            };
            let fact = |event: &graph_engine::TraceEvent| {
                (
                    event.value,
                    event.coherence,
                    event.reads_from.and_then(place),
                )
            };
            let facts: Vec<_> = events.iter().map(fact).collect();
            traces
                .lock()
                .expect("no observer panics")
                .push(format!("{facts:?}"));
        })
        .run(program);
    let seen = seen.lock().expect("no observer panics");
    let distinct: BTreeSet<&String> = seen.iter().collect();
    assert_eq!(seen.len() as u64, exploration.counts.complete);
    assert_eq!(distinct.len(), seen.len());
}

#[test]
fn the_path_of_a_failure_leads_to_it_again() {
    let seen: Arc<Mutex<Vec<Vec<u32>>>> = Arc::default();
    let paths = Arc::clone(&seen);
    let found = Engine::new(Config {
        keep_going: true,
        ..config(2)
    })
    .observe_failures(move |failure| {
        paths
            .lock()
            .expect("no observer panics")
            .push(failure.path.clone())
    })
    .run(failing);
    let paths = seen.lock().expect("no observer panics").clone();
    assert_eq!(paths.len() as u64, found.counts.failed);
    assert!(paths.len() > 1, "the program fails in several ways");
    for path in paths {
        let again = Engine::explore(
            Config {
                path: Some(path.clone()),
                ..config(1)
            },
            failing,
        );
        assert_eq!(again.counts.graphs(), 1);
        assert_eq!(again.failure.map(|failure| failure.path), Some(path));
    }
}

#[test]
fn the_estimate_is_near() {
    fn updates() {
        let x = Location::new("x", 0);
        for _ in 0..3 {
            spawn(move || {
                x.fetch_add(1, Relaxed);
                x.fetch_add(1, Relaxed);
            });
        }
    }
    let estimate = Estimate::of(&config(1), 5_000, 1, updates);
    assert!(
        (estimate.graphs - 90.0).abs() < 4.0 * estimate.error,
        "{estimate:?}, in truth 90"
    );
    assert!(estimate.error < 10.0, "{estimate:?}");
    assert_eq!(estimate, Estimate::of(&config(1), 5_000, 1, updates));
}

/// Explores the program, and gives the share that was reported last.
fn with_share(config: Config, rest: Option<Checkpoint>) -> (Exploration, f64) {
    let last = Arc::new(Mutex::new(0.0));
    let seen = Arc::clone(&last);
    let mut engine = Engine::new(config).progress(Duration::ZERO, move |at| {
        *seen.lock().expect("no reporter panics") = at.share;
    });
    if let Some(rest) = rest {
        let Ok(resumed) = engine.resume(rest) else {
            panic!("the configuration is the same")
        };
        engine = resumed;
    }
    let exploration = engine.run(program);
    let share = *last.lock().expect("no reporter panics");
    (exploration, share)
}

#[test]
fn the_shares_of_all_graphs_add_up_to_one() {
    for part in [(0, 1), (1, 3)] {
        let config = Config {
            shard: part,
            ..config(1)
        };
        let (_, share) = with_share(config, None);
        assert!((share - 1.0).abs() < 0.02, "{share}");
    }
}

#[test]
fn a_resumed_exploration_knows_what_was_done() {
    let after = |most| Config {
        max_graphs: Some(most),
        ..config(1)
    };
    let (first, before) = with_share(after(400), None);
    assert!(before > 0.1 && before < 0.9, "{before}");
    let (_, next) = with_share(after(1), first.rest.clone());
    assert!(next > before && next < before + 0.05, "{before}, {next}");
    let (_, end) = with_share(config(1), first.rest);
    assert!((end - 1.0).abs() < 0.02, "{end}");
}

#[test]
fn checkpoints_of_a_running_exploration_lead_to_the_same_counts() {
    for jobs in [1, 2] {
        let kept: Arc<Mutex<Vec<Checkpoint>>> = Arc::default();
        let keep = Arc::clone(&kept);
        let config = Config {
            jobs,
            ..Config::default()
        };
        let whole = Engine::new(config.clone())
            .checkpoints(Duration::from_millis(2), move |checkpoint| {
                keep.lock().expect("nobody panics").push(checkpoint);
            })
            .run(adders);
        assert_eq!(whole.verdict, Verdict::Exhaustive);
        let kept = std::mem::take(&mut *kept.lock().expect("nobody panics"));
        assert!(!kept.is_empty(), "none in {:?}", whole.elapsed);
        // What a process that was killed would have left: the last one, and one from the middle.
        for checkpoint in [kept[kept.len() / 2].clone(), kept[kept.len() - 1].clone()] {
            let before = checkpoint.counts();
            assert!(before.complete > 0 && checkpoint.parts_left() > 0);
            let engine = Engine::new(config.clone());
            let rest = engine
                .resume(checkpoint)
                .expect("it is of this exploration")
                .run(adders);
            assert_eq!(rest.verdict, Verdict::Exhaustive);
            assert_eq!(rest.counts, whole.counts);
        }
    }
}

/// 1,680 graphs.
fn adders() {
    let x = Location::new("x", 0);
    for _ in 0..3 {
        spawn(move || {
            for _ in 0..3 {
                x.fetch_add(1, Relaxed);
            }
        });
    }
}
