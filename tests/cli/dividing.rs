//! Work that is divided: parts that are merged, and checks that are ended early and gone on with.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{FAILED, HELD, INCONCLUSIVE, Ran, folder, run};

/// Scenarios that the graph checker explores quickly, two of them.
const FILTER: &str = "refcount_merge";
/// One that it cannot end at once.
const LARGE: &str = "refcount_queue_entered_once";

/// Runs a command with its files in `out`, which it does not clear.
fn run_in(test: &str, arguments: &[&str], out: &Path) -> Ran {
    let out = out.to_string_lossy();
    run(test, &[arguments, &["--out", &out]].concat())
}

/// The rows of a result, without their times.
fn rows(result: &Path) -> Vec<Value> {
    let text = fs::read_to_string(result).expect("the result was written");
    let run: Value = serde_json::from_str(&text).expect("it is JSON");
    let mut rows = run["rows"].as_array().expect("it has rows").clone();
    for row in &mut rows {
        row["elapsed"] = Value::Null;
    }
    rows
}

/// Checks one part, with its files beside those of the others; gives its result.
fn part(test: &str, files: &Path, part: &str, more: &[&str]) -> PathBuf {
    let name = part.replace('/', "of");
    let arguments = [&["check", "--world", "graph", "--shard", part], more].concat();
    run_in(test, &arguments, files);
    files.join(format!("check-{name}.json"))
}

#[test]
fn merged_parts_read_like_one_run() {
    let files = folder("merge_files");
    let whole = run_in(
        "merge",
        &["check", FILTER, "--world", "graph"],
        &files.join("whole"),
    );
    assert_eq!(whole.status, Some(HELD), "{whole:?}");
    let parts = ["1/3", "2/3", "3/3"].map(|name| part("merge", &files, name, &[FILTER]));
    let [first, second, third] = parts.each_ref().map(|path| path.to_string_lossy());
    let merged = run_in("merge", &["merge", &third, &first, &second], &files);
    assert_eq!(merged.status, Some(HELD), "{merged:?}");
    assert_eq!(
        rows(&files.join("merge.json")),
        rows(&files.join("whole/check.json"))
    );
    run("merge", &["merge", &first, &second]).is_refused("part 3 of 3");
    run("merge", &["merge", &first, &second, &third, &first]).is_refused("part 1");
    let whole = files.join("whole/check.json");
    run("merge", &["merge", &whole.to_string_lossy()]).is_refused("is no part");
}

#[test]
fn a_part_alone_is_inconclusive_and_says_so() {
    let arguments = ["check", FILTER, "--world", "graph", "--shard", "1/2"];
    let ran = run("part_alone", &arguments);
    assert_eq!(ran.status, Some(INCONCLUSIVE), "{ran:?}");
    assert!(ran.out.contains("part 1 of 2"), "{ran:?}");
    assert!(ran.out.contains("raddle merge"), "{ran:?}");
}

#[test]
fn a_failure_of_a_part_is_the_failure_of_the_whole() {
    let files = folder("merge_failure_files");
    let fault = ["--fault", "rc1-disown-after-merge"];
    let arguments = [&["check", "--world", "graph"], &fault[..]].concat();
    let whole = run_in("merge_failure", &arguments, &files.join("whole"));
    assert_eq!(whole.status, Some(FAILED), "{whole:?}");
    let parts = ["1/2", "2/2"].map(|name| part("merge_failure", &files, name, &fault));
    let [first, second] = parts.each_ref().map(|path| path.to_string_lossy());
    let merged = run_in("merge_failure", &["merge", &first, &second], &files);
    assert_eq!(merged.status, Some(FAILED), "{merged:?}");
    let failure = |result| rows(result)[0]["failure"].clone();
    assert_eq!(
        failure(&files.join("merge.json")),
        failure(&files.join("whole/check.json"))
    );
}

/// Checks the large scenario with no time at all; gives the checkpoint that this leaves.
fn checkpoint(test: &str, files: &Path) -> PathBuf {
    let arguments = ["check", LARGE, "--world", "graph", "--budget", "0.001ms"];
    let ran = run_in(test, &arguments, files);
    assert_eq!(ran.status, Some(INCONCLUSIVE), "{ran:?}");
    let path = files.join(format!("checkpoints/{LARGE}.json"));
    assert!(path.exists(), "{ran:?}");
    let go_on = format!("check --resume {}", path.display());
    assert!(ran.out.contains(&go_on), "{ran:?}");
    assert!(rows(&files.join("check.json"))[0].get("rest").is_none());
    path
}

#[test]
fn a_check_that_ran_out_of_budget_goes_on() {
    let files = folder("resume_files");
    let whole = run_in(
        "resume",
        &["check", LARGE, "--world", "graph"],
        &files.join("whole"),
    );
    assert_eq!(whole.status, Some(HELD), "{whole:?}");
    let path = checkpoint("resume", &files);
    let path = path.to_string_lossy();
    let ran = run_in("resume", &["check", "--resume", &path], &files);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    assert_eq!(
        rows(&files.join("check.json")),
        rows(&files.join("whole/check.json"))
    );
    assert!(
        !Path::new(&*path).exists(),
        "nothing goes on from it any more"
    );
}

#[test]
fn a_checkpoint_is_taken_once() {
    let files = folder("resume_twice_files");
    let path = checkpoint("resume_twice", &files);
    let path = path.to_string_lossy();
    let arguments = ["check", "--resume", &path, "--resume", &path];
    run("resume_twice", &arguments).is_refused("same check");
}

#[test]
fn what_went_on_is_put_into_the_table_that_it_went_on_from() {
    let files = folder("resume_table_files");
    let all = ["check", FILTER, "--world", "graph", "--budget", "0.001ms"];
    let ran = run_in("resume_table", &all, &files);
    assert_eq!(ran.status, Some(INCONCLUSIVE), "{ran:?}");
    let before = rows(&files.join("check.json"));
    let left: Vec<PathBuf> = fs::read_dir(files.join("checkpoints"))
        .expect("there are some")
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    assert!(left.len() > 1, "{left:?}");
    let path = left[0].to_string_lossy();
    let ran = run_in("resume_table", &["check", "--resume", &path], &files);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    assert!(ran.out.contains("1 row: 1 held"), "{ran:?}");
    let after = rows(&files.join("check.json"));
    let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).collect();
    assert_eq!((after.len(), changed.len()), (before.len(), 1));
    assert_eq!(changed[0].1["verdict"], "held");
    assert!(!left[0].exists() && left[1].exists());
}

#[test]
fn the_only_part_is_the_whole() {
    let files = folder("merge_one_files");
    let part = part("merge_one", &files, "1/1", &[FILTER]);
    let merged = run_in("merge_one", &["merge", &part.to_string_lossy()], &files);
    assert_eq!(merged.status, Some(HELD), "{merged:?}");
}

#[test]
fn a_checkpoint_that_was_changed_is_refused() {
    let files = folder("resume_changed_files");
    let path = checkpoint("resume_changed", &files);
    let text = fs::read_to_string(&path).expect("it was written");
    for (from, to, words) in [
        (LARGE, "refcount_merged_last_drop", "damaged"),
        ("\"format\": 1", "\"format\": 99", "format 99"),
        ("\"version\": \"", "\"version\": \"99.", "version 99."),
        ("\"rest\": ", "\"remnant\": ", "not a checkpoint"),
    ] {
        assert!(text.contains(from), "{from}");
        fs::write(&path, text.replacen(from, to, 1)).expect("it can be written");
        let path = path.to_string_lossy();
        run("resume_changed", &["check", "--resume", &path]).is_refused(words);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_check_in_good_order() {
    ends_in_good_order("interrupt", "-INT");
}

#[cfg(unix)]
#[test]
fn a_request_to_terminate_does_so_too() {
    ends_in_good_order("terminate", "-TERM");
}

/// A signal ends the whole table early: what was begun is saved, and what was not is listed.
#[cfg(unix)]
fn ends_in_good_order(name: &str, signal: &str) {
    let (ran, out) = signalled(name, &["check", "--world", "graph", "--jobs", "1"], signal);
    assert!(ran.out.contains("stopped before it began"), "{ran:?}");
    let saved = ran.out.matches("check --resume").count();
    let written = fs::read_dir(out.join("checkpoints")).map_or(0, Iterator::count);
    assert_eq!(saved, written, "{ran:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_matrix_with_the_answers_that_it_has() {
    for (at, command) in ["faults", "orderings"].into_iter().enumerate() {
        let name = format!("interrupt_matrix_{at}");
        let (ran, out) = signalled(&name, &[command, "--jobs", "1"], "-INT");
        assert!(ran.err.contains("trials have an answer"), "{ran:?}");
        assert!(ran.out.contains("0 not as expected"), "{ran:?}");
        let table = out.join(format!("{command}.json"));
        assert!(!table.exists(), "a part replaces a whole table: {ran:?}");
    }
}

/// Starts a long run, sends it a signal soon after it has begun, and waits for its end; and the folder of its files.
#[cfg(unix)]
fn signalled(name: &str, arguments: &[&str], signal: &str) -> (Ran, PathBuf) {
    use std::process::{Command, Stdio};
    use std::thread;
    use std::time::Duration;

    let files = folder(&format!("{name}_files"));
    let out = files.join("out");
    let child = crate::command(name, arguments)
        .arg("--out")
        .arg(&out)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // The folder is made once interrupts are watched for.
    while !out.exists() {
        thread::sleep(Duration::from_millis(5));
    }
    thread::sleep(Duration::from_millis(100));
    let sent = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(sent.expect("there is a kill").success());
    let ran = Ran::of(child.wait_with_output().expect("it ends"));
    assert_eq!(ran.status, Some(INCONCLUSIVE), "{ran:?}");
    assert!(ran.err.contains("stopping"), "{ran:?}");
    assert!(!ran.err.contains("panicked"), "{ran:?}");
    (ran, out)
}
