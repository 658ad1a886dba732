//! What a command leaves behind: nothing is lost, hidden or left over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::{FAILED, HELD, Ran, USAGE, command_in, folder, project, run};

const FAULT: &str = "rc1-disown-after-merge";
const SCENARIO: &str = "refcount_merge_races_last_drop";

/// The names of the files in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let names = entries.map(|entry| entry.expect("it can be read").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// Runs a command that may write no byte to any file, as on a full disk.
#[cfg(unix)]
fn on_a_full_disk(test: &str, arguments: &str) -> Ran {
    let program = env!("CARGO_BIN_EXE_raddle");
    let script = format!("trap '' XFSZ; ulimit -f 0; exec '{program}' {arguments}");
    let mut shell = Command::new("sh");
    let shell = shell.args(["-c", &script]).current_dir(project(test));
    Ran::of(shell.output().expect("there is a shell"))
}

#[cfg(unix)]
#[test]
fn a_full_disk_hides_no_failure() {
    let check = format!("check --fault {FAULT} --world shuttle");
    let ran = on_a_full_disk("full_disk_failed", &check);
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    assert!(
        ran.out.starts_with(&format!("FAILED {SCENARIO}")),
        "{ran:?}"
    );
    assert!(ran.out.contains("1 row: 1 failed"), "{ran:?}");
    assert!(ran.err.contains("cannot write to"), "{ran:?}");
    let held = on_a_full_disk(
        "full_disk_held",
        &format!("check {SCENARIO} --world shuttle"),
    );
    assert_eq!(held.status, Some(USAGE), "{held:?}");
    assert!(held.out.contains("1 row: 1 held"), "{held:?}");
}

/// Starts the same run six times at once.
fn together(folder: &Path, more: &[&str]) -> Vec<Ran> {
    let arguments = [&["check", SCENARIO, "--world", "shuttle"], more].concat();
    let start = |_| {
        let mut command = command_in(folder, &arguments);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the command starts")
    };
    let children: Vec<Child> = (0..6).map(start).collect();
    let end = |child: Child| Ran::of(child.wait_with_output().expect("it ends"));
    children.into_iter().map(end).collect()
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let project = project("together");
    for more in [&[][..], &["--out", "shared"]] {
        for ran in together(&project, more) {
            assert_eq!(ran.status, Some(HELD), "{ran:?}");
            let place = ran.out.lines().last().unwrap_or_default();
            let place = place.strip_prefix("files: ").expect("it is the last line");
            assert!(project.join(place).join("check.json").exists(), "{ran:?}");
        }
    }
    let partial = |name: &String| name.ends_with("partial");
    assert!(!names(&project.join("shared")).iter().any(partial));
}

#[test]
fn a_run_takes_a_folder_that_no_other_run_has() {
    let project = project("taken");
    let taken = project.join("target/raddle");
    fs::create_dir_all(&taken).expect("the folder can be made");
    let lock = fs::File::create(taken.join(".lock")).expect("the file can be made");
    lock.lock().expect("it is free");
    let output = command_in(&project, &["check", SCENARIO, "--world", "shuttle"]).output();
    let ran = Ran::of(output.expect("the command starts"));
    assert_eq!(
        ran.out.lines().last(),
        Some("files: target/raddle-2"),
        "{ran:?}"
    );
    assert!(!taken.join("check.json").exists());
}

#[test]
fn failures_of_earlier_runs_go_and_what_is_not_ours_stays() {
    let project = project("left_over");
    let again = |arguments: &[&str]| {
        let output = command_in(&project, arguments).output();
        Ran::of(output.expect("the command starts"))
    };
    let failed = again(&["check", "--fault", FAULT, "--world", "shuttle"]);
    assert_eq!(failed.status, Some(FAILED), "{failed:?}");
    let failures = project.join("target/raddle/failures");
    assert_eq!(names(&failures).len(), 2);
    fs::write(failures.join("mine.json"), "{}").expect("the file can be written");
    let held = again(&["check", SCENARIO, "--world", "shuttle"]);
    assert_eq!(held.status, Some(HELD), "{held:?}");
    assert_eq!(names(&failures), BTreeSet::from(["mine.json".to_owned()]));
}

#[test]
fn outside_a_project_files_go_to_the_cache() {
    let cache = folder("outside_cache");
    let outside = std::env::temp_dir();
    let here = outside.ancestors();
    assert!(
        !here
            .map(|folder| folder.join("Cargo.toml"))
            .any(|file| file.exists())
    );
    let mut command = command_in(&outside, &["check", SCENARIO, "--world", "shuttle"]);
    let command = command.env("XDG_CACHE_HOME", &cache).env("HOME", &cache);
    let ran = Ran::of(command.output().expect("the command starts"));
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    let place = ran
        .out
        .lines()
        .last()
        .and_then(|last| last.strip_prefix("files: "));
    let place = Path::new(place.expect("it is the last line"));
    assert!(
        place.starts_with(&cache) && place.join("check.json").exists(),
        "{ran:?}"
    );
}

#[test]
fn faults_are_found_by_the_number_of_their_issue() {
    let ran = run("issue_number", &["faults", "132869", "--list"]);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    assert!(
        ran.out.lines().all(|line| line.contains("gh-132869")),
        "{ran:?}"
    );
    assert!(ran.out.contains("di1-key-not-tested"), "{ran:?}");
}

#[test]
fn a_result_is_no_saved_failure() {
    let project = project("wrong_kind");
    let mut check = command_in(&project, &["check", SCENARIO, "--world", "shuttle"]);
    assert!(check.output().expect("the command starts").status.success());
    let mut replay = command_in(&project, &["replay", "target/raddle/check.json"]);
    Ran::of(replay.output().expect("the command starts")).is_refused("not a saved failure");
}
