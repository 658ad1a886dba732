//! A failure from its discovery to its replay, and the files and forms on the way.

use std::fs;
use std::path::Path;

use crate::{FAILED, HELD, INCONCLUSIVE, Ran, run};

/// A fault, and the scenario that must catch it, which every world runs quickly.
const FAULT: &str = "rc1-disown-after-merge";
const SCENARIO: &str = "refcount_merge_races_last_drop";

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Lets a fault be caught in one world; gives the folder of the files.
fn catch(test: &str, world: &str, fault: &str) -> (Ran, std::path::PathBuf) {
    let ran = run(
        test,
        &["check", "--fault", fault, "--world", world, "--out", "out"],
    );
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    (ran, folder_of(test).join("out"))
}

fn folder_of(test: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(test)
}

#[test]
fn a_failure_of_loom_replays() {
    replays("replay_loom", "loom", FAULT, SCENARIO);
}

#[test]
fn a_failure_of_shuttle_replays() {
    replays("replay_shuttle", "shuttle", FAULT, SCENARIO);
}

/// A fault for each pillar, with the scenario that catches it.
const FAULTS: [(&str, &str); 4] = [
    (FAULT, SCENARIO),
    ("di2-reader-does-not-mark", "dict_get_vs_resize"),
    (
        "li1-writer-does-not-mark",
        "list_owner_get_vs_foreign_growth",
    ),
    ("sg8-test-then-set", "safepoint_one_thread_collects"),
];

#[test]
fn a_failure_of_the_graph_checker_replays() {
    for (fault, scenario) in FAULTS {
        let test = format!("replay_graph_{fault}");
        replays(&test, "graph", fault, scenario);
    }
}

/// The report that `check` prints, the one that it saves and the one that `replay` prints are the same.
fn replays(test: &str, world: &str, fault: &str, scenario: &str) {
    let (ran, out) = catch(test, world, fault);
    let saved = out.join(format!("failures/{scenario}-{world}-{fault}"));
    let story = text(&saved.with_extension("txt"));
    assert!(ran.out.starts_with(&story), "{ran:?}");
    assert!(story.contains(" replay "), "{story}");
    let kind = checks::faults::all()
        .find(|known| known.name == fault)
        .map(|known| known.kind.to_string());
    assert!(kind.is_some_and(|kind| story.contains(&kind)), "{story}");
    let again = replay(test, &saved.with_extension("json"));
    assert_eq!(again.status, Some(FAILED), "{again:?}");
    assert_eq!(again.out, story);
    assert_eq!(again.err, "");
}

/// Without clearing the folder of the test.
fn replay(test: &str, file: &Path) -> Ran {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_raddle"));
    let output = command
        .arg("replay")
        .arg(file)
        .current_dir(folder_of(test))
        .output();
    Ran::of(output.expect("the command starts"))
}

#[test]
fn a_failure_that_was_repaired_is_said_to_be() {
    for world in ["graph", "loom", "shuttle"] {
        let test = format!("replay_repaired_{world}");
        let (_, out) = catch(&test, world, FAULT);
        let saved = out.join(format!("failures/{SCENARIO}-{world}-{FAULT}.json"));
        let fault = format!("\"fault\": \"{FAULT}\"");
        let report = text(&saved);
        assert!(report.contains(&fault), "{report}");
        // Without the fault the code is what it is after a repair.
        let repaired = report.replace(&fault, "\"fault\": null");
        fs::write(&saved, repaired).expect("the file can be written");
        let ran = replay(&test, &saved);
        assert_eq!(ran.status, Some(INCONCLUSIVE), "{world}: {ran:?}");
        assert!(ran.err.contains("does not fail any more"), "{ran:?}");
    }
}

#[test]
fn a_failure_that_names_what_does_not_exist_is_refused() {
    let test = "replay_unknown";
    let (_, out) = catch(test, "shuttle", FAULT);
    let saved = text(&out.join(format!("failures/{SCENARIO}-shuttle-{FAULT}.json")));
    for (name, from, to) in [
        ("scenario.json", SCENARIO, "no_such_scenario"),
        ("fault.json", FAULT, "no-such-fault"),
    ] {
        let path = out.join(name);
        fs::write(&path, saved.replace(from, to)).expect("the file can be written");
        replay(test, &path).is_refused(to);
    }
}

#[test]
fn what_holds_exits_with_zero_and_says_where_its_files_are() {
    let arguments = ["check", SCENARIO, "--world", "shuttle", "--jobs", "1"];
    let ran = run("holds", &arguments);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    assert_eq!(
        ran.out.lines().last(),
        Some("files: target/raddle"),
        "{ran:?}"
    );
    let out = folder_of("holds").join("target/raddle");
    assert!(text(&out.join("check.txt")).contains("1 row: 1 held"));
    assert!(text(&out.join("check.xml")).contains("failures=\"0\""));
    assert!(!out.join("failures").exists());
}

#[test]
fn json_and_junit_leave_standard_output_to_machines() {
    let arguments = |format| ["check", SCENARIO, "--world", "native", "--format", format];
    let json = run("format_json", &arguments("json"));
    assert_eq!(json.status, Some(HELD), "{json:?}");
    let run_: serde_json::Value = serde_json::from_str(&json.out).expect("it is JSON");
    assert_eq!(run_["rows"][0]["scenario"], SCENARIO);
    assert_eq!(run_["rows"][0]["verdict"], "held");
    assert_eq!(json.err, "files: target/raddle\n");
    let junit = run("format_junit", &arguments("junit"));
    assert_eq!(junit.status, Some(HELD), "{junit:?}");
    assert!(junit.out.starts_with("<?xml"), "{junit:?}");
}

#[test]
fn an_empty_budget_is_inconclusive() {
    let ran = run(
        "tiny_budget",
        &["check", SCENARIO, "--world", "loom", "--budget", "0.0001ms"],
    );
    assert_eq!(ran.status, Some(INCONCLUSIVE), "{ran:?}");
    assert!(ran.out.contains("inconclusive"), "{ran:?}");
}

#[test]
fn nothing_can_be_broken_natively() {
    let arguments = ["check", "--fault", FAULT, "--world", "native"];
    run("fault_natively", &arguments).is_refused("not compiled in natively");
}
