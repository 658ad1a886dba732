//! The reports of failures name the access that lacks its order.

use std::alloc::Layout;
use std::sync::Arc;
use std::time::Duration;

use explain::text::story;
use reports::plan::{Plan, Search};
use reports::report::{FORMAT, Report};
use reports::scenario::{Bound, Claims, Pillar, Scenario};
use reports::trace::{Memory, Trace, Write};
use runtime_graph::sync::atomic::{
    AtomicPtr, AtomicU64,
    Ordering::{self, Acquire, Relaxed, Release},
};
use runtime_graph::sync::cell::Cell;
use runtime_graph::sync::checker::explore;
use runtime_graph::sync::heap::{Heap, Kind};
use runtime_graph::sync::thread;

const STACK: usize = 64 << 10;

/// The report of the first failure.
fn report(body: fn(&Claims)) -> Report {
    let scenario = Scenario {
        name: "oracle",
        pillar: Pillar::Safepoint,
        question: "Does the report say it?",
        always: "It does.",
        sometimes: &[],
        bound: Bound::Complete,
        body,
    };
    let search = Search::Graph {
        stale_reads: None,
        preemptions: None,
        shard: None,
    };
    let found = explore(&Plan::new(search, Duration::from_secs(60)), &scenario);
    Report {
        format: FORMAT,
        question: scenario.question.to_owned(),
        always: scenario.always.to_owned(),
        coverage: found.coverage,
        command: String::new(),
        failure: found.failure.expect("the body is broken"),
    }
}

/// Runs two bodies as `left` and `right`, and waits for them.
fn both(left: impl FnOnce() + Send + 'static, right: impl FnOnce() + Send + 'static) {
    let left = thread::spawn("left", STACK, left).expect("a thread starts");
    let right = thread::spawn("right", STACK, right).expect("a thread starts");
    left.join();
    right.join();
}

/// Passes a message through a flag.
fn pass(claims: &Claims, store: Ordering, load: Ordering) {
    let data = Arc::new(AtomicU64::new("data", 0));
    let flag = Arc::new(AtomicU64::new("flag", 0));
    let (there, set) = (Arc::clone(&data), Arc::clone(&flag));
    let claims = claims.clone();
    both(
        move || {
            there.store(7, Relaxed);
            set.store(1, store);
        },
        move || {
            if flag.load(load) == 1 {
                let value = data.load(Relaxed);
                claims.always("the data is there", value == 7, || value);
            }
        },
    );
}

/// The number of the step that stores or loads this place last, and what is known of it.
fn last<'a>(trace: &'a Trace, kind: &str, place: &str) -> (usize, &'a Memory) {
    let step = trace.steps.iter().rfind(|step| {
        let action = serde_json::to_value(&step.action).expect("an action is data");
        (action["kind"].as_str(), action["place"].as_str()) == (Some(kind), Some(place))
    });
    let step = step.expect("there is such a step");
    let memory = step.memory.as_ref().expect("the graph knows of it");
    (step.number, memory)
}

#[track_caller]
fn says(text: &str, words: &str) {
    // Wherever the lines are broken.
    let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(words), "not there: {words}\n{text}");
}

/// The engine makes the write of such an update only with the next step of its thread.
#[test]
fn an_update_that_changes_nothing_is_the_write_not_the_step_after_it() {
    let report = report(|claims| {
        let (count, other) = (AtomicU64::new("count", 1), AtomicU64::new("other", 2));
        let before = count.fetch_add(0, Relaxed);
        let seen = other.load(Relaxed);
        let after = count.load(Relaxed);
        claims.always("it is red", (before, seen, after) == (0, 0, 0), || after);
    });
    let trace = &report.failure.trace;
    let (update, kept) = last(trace, "update", "count");
    let (_, other) = last(trace, "load", "other");
    let (_, after) = last(trace, "load", "count");
    assert_eq!((kept.coherence, other.coherence), (Some(1), None));
    let update = Some(Write::Step(update));
    assert_eq!((after.from, after.newest), (update, update));
}

#[test]
fn a_stale_read_knows_what_it_read_and_what_was_newest() {
    let report = report(|claims| pass(claims, Relaxed, Acquire));
    let trace = &report.failure.trace;
    let (written, store) = last(trace, "store", "data");
    let (set, _) = last(trace, "store", "flag");
    let (seen, load) = last(trace, "load", "flag");
    let (_, read) = last(trace, "load", "data");
    assert_eq!(store.coherence, Some(1));
    assert_eq!(
        (load.from, &load.after[..]),
        (Some(Write::Step(set)), &[][..])
    );
    let newest = Some(Write::Step(written));
    assert_eq!((read.from, read.newest), (Some(Write::Initial), newest));
    let order = trace.coherence.iter().find(|order| order.place == "data");
    let order = order.expect("it was written twice");
    assert_eq!(order.writes, [Write::Initial, Write::Step(written)]);

    let text = story::render(&report);
    says(&text, &format!("could miss step {written}"));
    says(&text, &format!("step {set} releases nothing"));
    assert!(
        !text.contains(&format!("step {seen} acquires nothing")),
        "{text}"
    );
}

#[test]
fn a_relaxed_load_is_what_a_stale_read_is_blamed_on() {
    let report = report(|claims| pass(claims, Release, Relaxed));
    let (seen, _) = last(&report.failure.trace, "load", "flag");
    says(
        &story::render(&report),
        &format!("step {seen} acquires nothing"),
    );
}

#[test]
fn what_a_thread_knows_ends_where_its_last_acquire_does() {
    let report = report(|claims| {
        let first = Arc::new(AtomicU64::new("first", 0));
        let second = Arc::new(AtomicU64::new("second", 0));
        let sets = (Arc::clone(&first), Arc::clone(&second));
        let claims = claims.clone();
        both(
            move || {
                sets.0.store(1, Release);
                sets.1.store(1, Relaxed);
            },
            move || {
                let (first, second) = (first.load(Acquire), second.load(Relaxed));
                claims.always("the second follows", first <= second, || "it is missing");
            },
        );
    });
    let (set, _) = last(&report.failure.trace, "store", "first");
    let (_, load) = last(&report.failure.trace, "load", "first");
    assert_eq!(
        (load.from, &load.after[..]),
        (Some(Write::Step(set)), &[set][..])
    );
    let text = story::render(&report);
    says(&text, &format!("knows of left up to step {set} at"));
}

#[test]
fn a_race_is_explained_by_the_order_that_its_flag_lacks() {
    let report = report(|_| {
        let data = Arc::new(Cell::new("data", 0_u64));
        let flag = Arc::new(AtomicU64::new("flag", 0));
        let (there, set) = (Arc::clone(&data), Arc::clone(&flag));
        both(
            move || {
                there.with_mut(|_| ());
                set.store(1, Relaxed);
            },
            move || {
                if flag.load(Acquire) == 1 {
                    data.with(|_| ());
                }
            },
        );
    });
    let (set, _) = last(&report.failure.trace, "store", "flag");
    let text = story::render(&report);
    says(&text, "nothing orders step");
    says(&text, ": write data; knows nothing of right");
    says(&text, ": read data; knows nothing of left");
    says(&text, &format!("step {set} releases nothing"));
    says(&text, "left is finished");
}

#[test]
fn a_block_that_was_published_too_weakly_is_traced_to_its_allocation() {
    let report = report(|_| {
        let heap = Heap::new();
        let word = Arc::new(AtomicPtr::<AtomicU64>::new(
            "published",
            std::ptr::null_mut(),
        ));
        let set = Arc::clone(&word);
        both(
            move || {
                let local = heap.local();
                let layout = Layout::new::<AtomicU64>();
                let block = local
                    .alloc(layout, Kind::Memory("block"))
                    .cast::<AtomicU64>();
                // SAFETY: the block is new, and has the atomic's layout.
                unsafe { block.write(AtomicU64::new("inside", 1)) };
                set.store(block.as_ptr(), Relaxed);
            },
            move || {
                let block = word.load(Acquire);
                if !block.is_null() {
                    // SAFETY: the block is never freed, and was written before it was published; the checker objects to
                    // the order.
                    unsafe { (*block).load(Relaxed) };
                }
            },
        );
    });
    let text = story::render(&report);
    says(&text, ": allocate block#1, ");
    says(
        &text,
        ": load block#1.inside -> 1 (Relaxed); knows nothing of left",
    );
    says(&text, "releases nothing");
}
