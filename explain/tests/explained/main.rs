//! What an explanation says, held against the graph that it was made of: one test for each kind of mistake.

mod agree;
#[path = "../graph/story.rs"]
#[allow(dead_code, reason = "each test program uses some of it")]
mod story;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use explain::explanation::{Class, Explanation};
use reports::failure::{FailureKind, Tried};
use reports::plan::Limit;
use reports::report::Report;
use reports::trace::{Action, Block, Coherence, Fate, Memory, Source, Wait, Write};

use agree::agrees;
use story::{Story, newest, read};

/// Explains a story that broke a rule of this kind, and holds what is said against the graph.
#[track_caller]
fn explained(story: Story, kind: FailureKind) -> Explanation {
    let mut failure = story.report().failure;
    failure.kind = kind;
    let told = Explanation::of(&failure);
    agrees(&failure, &told);
    told
}

fn broke(thread: usize) -> impl Fn(Story) -> Story {
    move |story| {
        let broke = Action::Broke {
            claim: "It is.".to_owned(),
            detail: "it is not".to_owned(),
        };
        story.step(thread, broke, None)
    }
}

#[track_caller]
fn is(told: &Explanation, class: Class, words: &str, line: u32) {
    assert_eq!(told.class, class, "{told:#?}");
    assert!(
        told.cause.contains(words),
        "not there: {words}\n{}",
        told.cause
    );
    assert_eq!(told.at.as_ref().map(|at| at.line), Some(line), "{told:#?}");
}

fn write(story: Story, thread: usize) -> Story {
    let place = "data".to_owned();
    story.step(thread, Action::Write { place }, Some(Memory::default()))
}

#[test]
fn a_race_is_the_fault_of_the_side_that_orders_nothing() {
    let race = |store: &str, load: &str| {
        let story = write(Story::new(), 1).store(1, "flag", "1", store);
        let story = story.load(2, "flag", load, newest(2, &[]));
        let mut story = broke(2)(write(story, 2));
        story.0.conflict = vec![1, 4];
        explained(story, FailureKind::DataRace)
    };
    is(
        &race("Relaxed", "Acquire"),
        Class::DataRace,
        "a/mp.rs:2 must release",
        2,
    );
    is(
        &race("Release", "Relaxed"),
        Class::DataRace,
        "a/mp.rs:3 must acquire",
        3,
    );
    let both = race("Relaxed", "Relaxed");
    is(
        &both,
        Class::DataRace,
        "a/mp.rs:2 must release and a/mp.rs:3 must acquire",
        2,
    );
    assert_eq!(both.deciding, BTreeSet::from([1, 2, 3, 4, 5]));
}

#[test]
fn a_race_without_a_word_between_names_the_lock_that_one_side_lacks() {
    let mut story = write(write(Story::new(), 1), 2);
    story.0.steps[0].held = vec!["lock#1".to_owned()];
    story.0.conflict = vec![1, 2];
    let told = explained(broke(2)(story), FailureKind::DataRace);
    is(&told, Class::DataRace, "T1 holds `lock#1`, T2 does not", 2);
}

#[test]
fn what_was_made_behind_a_step_is_not_said_to_be_unordered_with_it() {
    let story = Story::published("Release").load(2, "flag", "Acquire", newest(2, &[2]));
    let mut story = broke(2)(story.store(2, "data", "8", "Relaxed"));
    story.0.conflict = vec![1, 4];
    let told = explained(story, FailureKind::DataRace);
    is(&told, Class::DataRace, "uses what T1 made behind step 1", 4);
    assert!(
        !told.reasons[0].heading.starts_with("nothing orders"),
        "{told:#?}"
    );
}

#[test]
fn a_stale_read_is_the_fault_of_the_order_that_its_flag_lacks() {
    let story = Story::published("Relaxed").load(2, "flag", "Acquire", newest(2, &[]));
    let told = explained(broke(2)(story.misses()), FailureKind::Claim);
    is(&told, Class::StaleRead, "a/mp.rs:2 must release", 2);
    assert!(
        told.cause.contains("misses T1's store of `data` (step 1)"),
        "{}",
        told.cause
    );
}

/// A write at this place in coherence order.
fn at(story: Story, thread: usize, value: &str, position: usize) -> Story {
    let mut story = story.store(thread, "count", value, "Relaxed");
    let last = story.0.steps.last_mut().expect("it was just added");
    last.memory = Some(Memory {
        coherence: Some(position),
        ..Memory::default()
    });
    story
}

#[test]
fn a_lost_update_names_the_value_that_was_written_over() {
    let initial = || read(Write::Initial, Write::Initial, &[]);
    let story = Story::new().load(1, "count", "Relaxed", initial());
    let story = story.load(2, "count", "Relaxed", initial());
    let mut story = broke(0)(at(at(story, 1, "1", 1), 2, "1", 2));
    story.0.coherence.push(Coherence {
        place: "count".to_owned(),
        writes: vec![Write::Initial, Write::Step(3), Write::Step(4)],
    });
    let told = explained(story, FailureKind::Claim);
    is(
        &told,
        Class::LostUpdate,
        "T2 writes `count` = 1 (step 4) over T1's 1 (step 3)",
        4,
    );
    assert_eq!(told.deciding, BTreeSet::from([2, 3, 4, 5]));
}

#[test]
fn an_update_that_was_read_is_not_lost() {
    let story = at(Story::new(), 1, "1", 1).load(2, "count", "Relaxed", newest(1, &[]));
    let told = explained(broke(0)(at(story, 2, "2", 2)), FailureKind::Claim);
    is(&told, Class::Claim, "`It is` does not hold: data is old", 4);
}

fn block(freed: Option<usize>) -> Block {
    let fate = |what: &str, step: usize| Fate {
        what: what.to_owned(),
        thread: 1,
        at: Source {
            file: "a/mp.rs".to_owned(),
            line: u32::try_from(step).expect("a short story"),
        },
        step: Some(step),
    };
    let allocated = fate("allocated", 1);
    Block {
        name: "node#1".to_owned(),
        size: 16,
        history: std::iter::once(allocated)
            .chain(freed.map(|step| fate("freed", step)))
            .collect(),
    }
}

fn with_block(freed: Option<usize>, rest: impl Fn(Story) -> Story) -> Story {
    let name = || "node#1".to_owned();
    let alloc = Action::Alloc {
        block: name(),
        size: 16,
    };
    let mut story = Story::new().step(1, alloc, None);
    if freed.is_some() {
        story = story.step(1, Action::Free { block: name() }, None);
    }
    story = rest(story);
    story.0.blocks.push(block(freed));
    story
}

#[test]
fn a_touch_of_what_was_freed_names_both_places() {
    let told = explained(with_block(Some(2), broke(2)), FailureKind::UseAfterFree);
    is(
        &told,
        Class::UseAfterFree,
        "T2 uses `node#1`, which T1 has freed at a/mp.rs:2 (step 2)",
        3,
    );
    let told = explained(with_block(Some(2), broke(2)), FailureKind::DoubleFree);
    is(
        &told,
        Class::DoubleFree,
        "which T1 has already freed at a/mp.rs:2 (step 2)",
        3,
    );
}

#[test]
fn a_leak_names_the_allocation_and_the_last_touch() {
    let touched = |story: Story| broke(0)(story.store(2, "node#1.next", "0", "Relaxed"));
    let told = explained(with_block(None, touched), FailureKind::Leak);
    is(
        &told,
        Class::Leak,
        "T2 touches it last at a/mp.rs:2 (step 2)",
        1,
    );
}

fn waits(waits: &[(&str, &str, Option<&str>)], story: &mut Story) {
    story.0.waits = waits
        .iter()
        .map(|(thread, on, holder)| Wait {
            thread: (*thread).to_owned(),
            on: (*on).to_owned(),
            holder: holder.map(str::to_owned),
        })
        .collect();
}

fn asleep(story: Story, thread: usize, key: &str) -> Story {
    story.step(
        thread,
        Action::Park {
            key: key.to_owned(),
        },
        None,
    )
}

#[test]
fn a_deadlock_is_a_circle_of_holders() {
    let mut story = asleep(asleep(Story::new(), 1, "b"), 2, "a");
    waits(
        &[("T1", "b", Some("T2")), ("T2", "a", Some("T1"))],
        &mut story,
    );
    let told = explained(broke(2)(story), FailureKind::Deadlock);
    let circle = "T1 waits for `b`, which T2 holds, and T2 waits for `a`, which T1 holds";
    is(&told, Class::Deadlock, circle, 1);
}

#[test]
fn a_sleeper_whom_nobody_wakes_missed_its_wake_up() {
    let wake = Action::Unpark {
        key: "word".to_owned(),
        woken: 0,
    };
    let mut story = asleep(Story::new().step(1, wake, None), 2, "word");
    waits(
        &[("main", "the end of T2", None), ("T2", "word", None)],
        &mut story,
    );
    let told = explained(broke(2)(story), FailureKind::Deadlock);
    let early = "T1's wake-up at a/mp.rs:1 (step 1) comes before the sleep";
    is(&told, Class::LostWakeUp, early, 2);
}

#[test]
fn a_loop_names_what_nobody_changes() {
    let mut story = Story::new().load(1, "flag", "Acquire", Memory::default());
    waits(&[("T1", "a change, in a loop", None)], &mut story);
    let told = explained(broke(1)(story), FailureKind::Livelock);
    is(
        &told,
        Class::Livelock,
        "for a change of `flag` that nobody makes any more",
        1,
    );
}

#[test]
fn what_follows_no_pattern_says_what_was_found() {
    let rest = [
        (FailureKind::Invariant, Class::Invariant),
        (FailureKind::Panic, Class::Panic),
        (FailureKind::Nondeterminism, Class::Nondeterminism),
    ];
    for (kind, class) in rest {
        let told = explained(broke(2)(Story::published("Release")), kind);
        let words = match kind {
            FailureKind::Invariant => {
                "a/mp.rs:3: the invariant `It is` does not hold: data is old."
            }
            _ => "a/mp.rs:3: `It is` does not hold: data is old.",
        };
        is(&told, class, words, 3);
    }
}

#[test]
fn a_failure_that_needs_a_stale_read_is_no_lost_update() {
    let mut failure = Story::published("Relaxed").misses().report().failure;
    failure.minimal.push(Tried {
        within: Limit::StaleReads(0),
        executions: 1_234,
        complete: true,
    });
    let minimal = Explanation::of(&failure).minimal;
    let expected = "no such failure within 0 stale reads: 1,234 executions, complete";
    assert_eq!(minimal.as_deref(), Some(expected));
}

#[test]
fn the_golden_failures_agree_with_their_graphs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let text = fs::read_to_string(&path).expect("it can be read");
            let report = Report::from_json(&text).expect("it is a saved failure");
            agrees(&report.failure, &Explanation::of(&report.failure));
            count += 1;
        }
    }
    assert!(count >= 4, "{count} golden files");
}
