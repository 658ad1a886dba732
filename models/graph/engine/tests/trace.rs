//! What a trace says, word for word, and progress.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use graph_engine::Mode::{Acquire, Relaxed, Release};
use graph_engine::{Config, Engine, Location, Mode, Op, spawn};

/// The text without paths and lines, which change with this file.
fn without_places(text: &str) -> String {
    let line = |line: &str| {
        line.split(" at ")
            .next()
            .unwrap_or(line)
            .trim_end()
            .to_string()
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_failure_reads_like_a_story() {
    let exploration = Engine::explore(Config::default(), || {
        let (data, flag) = (Location::new("data", 0), Location::new("flag", 0));
        spawn(move || {
            data.store(7, Relaxed);
            flag.store(1, Relaxed);
        });
        spawn(move || {
            if flag.load(Acquire) == 1 {
                assert_eq!(data.load(Relaxed), 7, "the data comes first");
            }
        });
    });
    let failure = exploration.failure.expect("the flag is relaxed");
    let expected = "   0  thread 0  create data = 0
   1  thread 0  create flag = 0
   2  thread 0  spawn thread 1
   3  thread 0  spawn thread 2
   4  thread 1  store data := 7 Relaxed  coherence 1
   5  thread 1  store flag := 1 Relaxed  coherence 1
   6  thread 2  load flag -> 1 Acquire  from 5
   7  thread 2  load data -> 0 Relaxed  from 0  (newest: 4)";
    assert_eq!(without_places(&failure.trace.to_string()), expected);
    assert!(
        failure.message.starts_with("thread 2 panicked: assertion"),
        "{}",
        failure.message
    );
}

#[test]
fn traces_know_lines_and_happens_before() {
    let line = line!() + 4;
    let traces = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&traces);
    let body = || {
        let flag = Location::new("flag", 0);
        spawn(move || flag.store(1, Release));
        flag.load(Acquire);
    };
    let exploration = Engine::new(Config::default())
        .observe(move |execution| {
            let trace = execution.trace();
            let create = trace
                .events
                .iter()
                .find(|event| event.op == Op::Create)
                .expect("a location");
            assert_eq!(create.caller.map(|caller| caller.line()), Some(line));
            let load = trace
                .events
                .iter()
                .find(|event| event.op == Op::Load)
                .expect("a load");
            let store = trace
                .events
                .iter()
                .find(|event| event.op == Op::Store)
                .expect("a store");
            let synchronizes = load.reads_from == Some(store.id);
            assert_eq!(
                load.happens_after,
                if synchronizes { vec![store.id] } else { vec![] }
            );
            assert_eq!((store.mode, store.coherence), (Mode::Release, Some(1)));
            // ORDERING: read when the exploration has ended.
            seen.fetch_add(1, Ordering::Relaxed);
        })
        .run(body);
    assert_eq!(exploration.counts.complete, 2);
    assert_eq!(traces.load(Ordering::Relaxed), 2);
}

#[test]
fn locations_of_one_name_are_told_apart() {
    let exploration = Engine::explore(Config::default(), || {
        for _ in 0..2 {
            Location::new("node", 0).load(Relaxed);
        }
        panic!("show me");
    });
    let text = exploration.failure.expect("a panic").trace.to_string();
    assert!(text.contains("node#1") && text.contains("node#2"), "{text}");
}

#[test]
fn progress_is_reported() {
    let reports = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&reports);
    let exploration = Engine::new(Config::default())
        .progress(Duration::ZERO, move |progress| {
            assert!((0.0..=1.0).contains(&progress.share), "{progress:?}");
            assert!(progress.rate() >= 0.0 && progress.graphs <= 90);
            // ORDERING: read when the exploration has ended.
            seen.fetch_add(1, Ordering::Relaxed);
        })
        .run(|| {
            let x = Location::new("x", 0);
            for _ in 0..3 {
                spawn(move || (x.fetch_add(1, Relaxed), x.fetch_add(1, Relaxed)));
            }
        });
    assert_eq!(exploration.counts.complete, 90);
    assert!(reports.load(Ordering::Relaxed) > 10);
}
