//! Golden files: a saved failure and the text that it renders to, byte for byte.

use std::fs;
use std::path::PathBuf;

use explain::text::story::{self, Style};
use reports::report::{FORMAT, Report};
use reports::trace::Step;

/// Two screens of a large terminal.
const LINES: usize = 100;
const COLUMNS: usize = 80;

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

fn saved(name: &str) -> Report {
    let text = fs::read_to_string(golden(&format!("{name}.json"))).expect("the file is there");
    Report::from_json(&text).expect("it is a saved failure")
}

/// Compares, and leaves the new text beside the golden one when they differ.
fn check(name: &str) {
    let text = story::render(&saved(name));
    let expected = fs::read_to_string(golden(&format!("{name}.txt"))).unwrap_or_default();
    if text != expected {
        let new = golden(&format!("{name}.txt.new"));
        fs::write(&new, &text).expect("the folder can be written to");
        panic!("{name} renders differently; see {}\n{text}", new.display());
    }
    assert!(
        text.lines().count() <= LINES,
        "{name} does not fit two screens"
    );
    // A command is not broken into lines.
    let told = text.lines().filter(|line| !line.starts_with("replay: "));
    let widest = told.map(|line| line.chars().count()).max();
    assert!(widest <= Some(COLUMNS), "{name} is {widest:?} columns wide");
}

#[test]
fn a_use_after_free_reads_like_a_story() {
    check("use_after_free");
}

#[test]
fn a_long_story_is_folded() {
    check("long_deadlock");
}

#[test]
fn a_stale_read_says_what_it_missed_and_why() {
    check("stale_read");
}

#[test]
fn a_race_says_which_edge_is_missing() {
    check("race");
}

#[test]
fn every_kind_of_mistake_has_a_report() {
    for name in [
        "claim",
        "deadlock",
        "double_free",
        "invariant",
        "leak",
        "livelock",
        "lost_update",
        "lost_wake_up",
        "missing_fence",
        "not_linearizable",
        "panic",
        "race_in_loom",
        "torn_read",
        "vacuous",
    ] {
        check(name);
    }
}

#[test]
fn a_report_is_as_wide_as_the_terminal() {
    let report = saved("lost_update");
    for width in [40, 60, 100, 130, 160] {
        let text = story::render_as(&report, Style::of_width(width));
        let told = text.lines().filter(|line| !line.starts_with("replay: "));
        // A path is not broken, so that it can be opened.
        let told = told.filter(|line| line.trim().contains(' '));
        let widest = told.map(|line| line.chars().count()).max();
        assert!(widest <= Some(width), "{widest:?} at {width}:\n{text}");
    }
}

/// Each row then names its thread.
#[test]
fn a_report_without_room_for_columns_has_none() {
    let mut report = saved("lost_update");
    let names = ["a worker", "another worker"].map(str::to_owned);
    report.failure.trace.threads.extend(names);
    let steps = &mut report.failure.trace.steps;
    let last = steps.last().map_or(0, |step| step.number);
    let load = steps.iter().find(|step| step.number == 90);
    let load = load.expect("it is there").clone();
    steps.extend([3, 4].map(|thread| Step {
        thread,
        number: last + thread,
        ..load.clone()
    }));
    let text = story::render_as(&report, Style::of_width(40));
    let row = "  88  worker#1: store list#1.len = 3\n          (Relaxed) at layout.rs:90\n";
    assert!(text.contains(row), "{text}");
    let widest = text.lines().filter(|line| line.contains("worker#"));
    let widest = widest.map(|line| line.chars().count()).max();
    assert!(widest <= Some(40), "{text}");
}

#[test]
fn colour_changes_no_word() {
    let report = saved("race");
    let colour = Style {
        colour: true,
        ..Style::PLAIN
    };
    let coloured = story::render_as(&report, colour);
    assert!(coloured.contains("\u{1b}[1;31mFAILED"), "{coloured}");
    let mut plain = String::new();
    let mut parts = coloured.split('\u{1b}');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    assert_eq!(plain, story::render(&report));
}

#[test]
fn a_saved_failure_survives_the_round_trip() {
    let report = saved("use_after_free");
    let again = Report::from_json(&report.to_json()).expect("it is a saved failure");
    assert_eq!(report, again);
}

#[test]
fn what_is_no_saved_failure_is_refused() {
    let report = saved("use_after_free");
    let newer = Report {
        format: FORMAT + 1,
        ..report
    }
    .to_json();
    let complaint = |text: &str| {
        let error = Report::from_json(text).expect_err("it is no saved failure");
        error.to_string()
    };
    for text in [
        "",
        "{",
        "[]",
        "{\"format\": 3}",
        "{\"format\": 1, \"rows\": []}",
        "\0",
    ] {
        let error = complaint(text);
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.starts_with("not a saved failure"), "{error}");
    }
    assert_eq!(complaint(&newer), "saved in format 4, and this is format 3");
    assert_eq!(
        complaint("{\"format\": 1, \"failure\": {}}"),
        "saved in format 1, and this is format 3"
    );
}
