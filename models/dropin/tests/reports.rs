//! A failing model leaves a report in every form, which names places and lines.

mod common;

use std::fs;
use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use common::failure_of;
use loom::cell::UnsafeCell;
use loom::model::Builder;
use loom::named;
use loom::sync::atomic::{AtomicI32, AtomicUsize};
use loom::thread;
use reports::failure::FailureKind;
use reports::report::Report;
use reports::trace::{Action, Write};

struct Shared(UnsafeCell<i32>, AtomicI32);

// SAFETY: none, on purpose: the flag is to order the accesses of the cell, and does not.
unsafe impl Sync for Shared {}

/// Where the flag is made.
const FLAG: u32 = line!() + 5;

/// A flag that hands data over, and forgets to release it.
fn hands_over() {
    let data = named("data", || UnsafeCell::new(0));
    let shared = Arc::new(Shared(data, AtomicI32::new(-1)));
    let other = Arc::clone(&shared);
    let writer = thread::Builder::new().name("writer".to_owned());
    let write = move || {
        // SAFETY: none, on purpose: the reader is not kept off.
        other.0.with_mut(|data| unsafe { *data = 42 });
        // ORDERING: too weak for the load below, on purpose.
        other.1.store(-2, Relaxed);
    };
    drop(writer.spawn(write));
    // ORDERING: with the store.
    if shared.1.load(Acquire) == -2 {
        // SAFETY: as above.
        shared.0.with(|data| unsafe { *data });
    }
}

/// What stands behind `files: ` in a message: the beginning of the files' names.
fn files(message: &str) -> String {
    let (_, place) = message.split_once("files: ").expect("files were written");
    let (stem, ends) = place.trim().rsplit_once('.').expect("ends");
    assert_eq!(ends, "{html,txt,json,xml}");
    stem.to_owned()
}

fn read(stem: &str, end: &str) -> String {
    fs::read_to_string(format!("{stem}.{end}")).expect("a file")
}

#[test]
fn a_failure_is_reported_in_every_form() {
    let message = failure_of(hands_over);
    let stem = files(&message);
    let report = Report::from_json(&read(&stem, "failure.json")).expect("a saved failure");
    assert_eq!(report.failure.kind, FailureKind::DataRace);
    let trace = &report.failure.trace;
    let [write, read_at] = trace.conflict[..] else {
        panic!("two steps conflict: {:?}", trace.conflict);
    };
    let (write, read_at) = (trace.step(write).unwrap(), trace.step(read_at).unwrap());
    assert_eq!(
        write.action,
        Action::Write {
            place: "data".to_owned()
        }
    );
    assert_eq!(
        read_at.action,
        Action::Read {
            place: "data".to_owned()
        }
    );
    assert_eq!(trace.thread(write.thread), "writer");
    assert_eq!(trace.thread(read_at.thread), "main");
    assert_eq!(
        trace.line(&write.at).unwrap().trim(),
        "other.0.with_mut(|data| unsafe { *data = 42 });"
    );
    let load = trace
        .steps
        .iter()
        .find(|step| matches!(step.action, Action::Load { .. }));
    let load = load.expect("the load of the flag");
    let Action::Load { place, value, .. } = &load.action else {
        unreachable!("it was looked for");
    };
    assert_eq!(
        (place.as_str(), value.as_str()),
        (format!("AtomicI32@reports:{FLAG}").as_str(), "-2")
    );
    let from = load.memory.as_ref().and_then(|memory| memory.from);
    assert!(matches!(from, Some(Write::Step(_))), "{from:?}");
    for (end, words) in [
        ("txt", "must release: the store of"),
        ("html", "must release"),
        ("xml", "<failure message=\"data race: write data"),
        ("json", "\"verdict\": \"failed\""),
    ] {
        let text = read(&stem, end);
        assert!(text.contains(words), "{end}: {text}");
    }
}

#[test]
fn a_report_of_an_earlier_run_does_not_stay() {
    let message = failure_of(hands_over);
    let stem = files(&message);
    // What the next process of this test finds.
    assert!(fs::exists(format!("{stem}.html")).unwrap());
    let json = read(&stem, "json");
    assert_eq!(json.matches("\"verdict\"").count(), 1, "{json}");
    // ORDERING: the model's question is whether release is enough.
    loom::model(|| {
        AtomicUsize::new(1).swap(2, Release);
    });
    let json = read(&stem, "json");
    assert_eq!(json.matches("\"verdict\"").count(), 2, "{json}");
    assert!(json.contains("\"verdict\": \"exhaustive\""), "{json}");
}

#[test]
fn places_that_are_made_at_one_line_are_told_apart() {
    let line = line!() + 2;
    let message = failure_of(|| {
        let all: Vec<AtomicUsize> = (0..3).map(|at| AtomicUsize::new(at)).collect();
        // ORDERING: one thread's.
        assert_eq!(all[2].load(Relaxed), 1, "the third");
    });
    assert!(message.contains("the third"), "{message}");
    assert!(
        message.contains(&format!("AtomicUsize@reports:{line}#3 -> 2")),
        "{message}"
    );
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let count = |jobs: Option<usize>| {
        let mut builder = Builder::new();
        builder.jobs = jobs;
        let outcome = builder.explore(|| {
            let count = Arc::new(AtomicUsize::new(0));
            let add = |count: &Arc<AtomicUsize>| {
                let count = Arc::clone(count);
                // ORDERING: each with those of the others.
                thread::spawn(move || (0..3).fold(0, |_, _| count.fetch_add(1, Relaxed)))
            };
            let threads = [add(&count), add(&count), add(&count)];
            threads.into_iter().for_each(|thread| drop(thread.join()));
        });
        assert_eq!(outcome.verdict(), "exhaustive");
        outcome.executions()
    };
    // (3 * 3)! / (3!)^3 orders.
    assert_eq!(count(Some(1)), 1_680);
    assert_eq!(count(Some(3)), 1_680);
    assert_eq!(count(None), 1_680);
}
