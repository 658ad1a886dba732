//! Results as pages: what `raddle report` writes, and `--format html` prints.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::{FAILED, HELD, Ran, command_in, project};

const FAULT: &str = "rc1-disown-after-merge";
const SCENARIO: &str = "refcount_merge_races_last_drop";

fn raddle(folder: &Path, arguments: &[&str]) -> Ran {
    let output = command_in(folder, arguments).output();
    Ran::of(output.expect("the command starts"))
}

/// The numbers of lines are left out: they change with every line that is written above.
fn without_lines(text: &str) -> Vec<String> {
    let mut parts = text.split(".rs:");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    let whole = rest.fold(first, |whole, part| whole + ".rs:" + part);
    whole
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[test]
fn the_readme_shows_the_report_that_its_command_prints() {
    let readme = include_str!("../../README.md");
    let block = readme
        .split("```")
        .nth(1)
        .and_then(|block| block.strip_prefix("text\n"));
    let shown = without_lines(block.expect("it begins with a report"));
    let folder = project("readme_report");
    let ran = raddle(
        &folder,
        &["check", "--weaken", "collection.end", "--world", "graph"],
    );
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    let printed = without_lines(&ran.out);
    let mut rest = printed.iter();
    for line in &shown {
        assert!(
            rest.any(|other| other == line),
            "not printed, or not there: {line}\n{}",
            ran.out
        );
    }
}

/// A project in whose usual folder a fault was caught.
fn caught(test: &str) -> PathBuf {
    let folder = project(test);
    let ran = raddle(&folder, &["check", "--fault", FAULT, "--world", "graph"]);
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    folder
}

#[test]
fn a_report_has_an_index_and_a_page_for_each_failure() {
    let folder = caught("report_pages");
    let ran = raddle(&folder, &["report"]);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    assert_eq!(ran.out, "pages: target/raddle/pages/index.html\n");
    let pages = folder.join("target/raddle/pages");
    let index = fs::read_to_string(pages.join("index.html")).expect("there is an index");
    let page = format!("failure/{SCENARIO}-graph-{FAULT}.html");
    assert!(index.contains(&page), "{index}");
    let first = fs::read_to_string(pages.join(&page)).expect("there is a page");
    let ran = raddle(&folder, &["report", "target/raddle"]);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    let second = fs::read_to_string(pages.join(&page)).expect("there is a page");
    assert_eq!(first, second);
}

/// Puts a program of this name into a folder of its own, and gives what `PATH` must be to find it first.
#[cfg(target_os = "linux")]
fn fake(folder: &Path, name: &str, script: &str) -> OsString {
    use std::os::unix::fs::PermissionsExt;

    let programs = folder.join("programs");
    fs::create_dir_all(&programs).expect("it can be made");
    let program = programs.join(name);
    fs::write(&program, script).expect("it can be written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let others = env::var_os("PATH").unwrap_or_default();
    let paths = [programs].into_iter().chain(env::split_paths(&others));
    env::join_paths(paths).expect("they are paths")
}

#[cfg(target_os = "linux")]
#[test]
fn the_index_is_opened_by_what_the_desktop_has() {
    let folder = caught("report_open");
    let opened = folder.join("opened.txt");
    // Written under another name first, so that whoever sees the file sees all of it.
    let script = "#!/bin/sh\nprintf '%s' \"$1\" > opened.new && mv opened.new opened.txt\n";
    let path = fake(&folder, "xdg-open", script);
    let output = command_in(&folder, &["report", "--open"])
        .env("PATH", path)
        .output();
    let ran = Ran::of(output.expect("the command starts"));
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    let waited = (0..200).find(|_| {
        thread::sleep(Duration::from_millis(50));
        opened.is_file()
    });
    assert!(waited.is_some(), "nothing was opened: {ran:?}");
    let page = fs::read_to_string(&opened).expect("it is there");
    assert!(page.ends_with("target/raddle/pages/index.html"), "{page}");
    assert!(folder.join(page).is_file(), "what is opened is there");
}

#[test]
fn the_score_of_the_mutants_is_on_the_index() {
    let folder = caught("report_mutants");
    let mutant = |fate: &str| {
        format!(
            r#"{{"number": 1, "name": "x.rs:1 drop", "file": "x.rs", "function": "f", "operator": "drop",
                "before": "a();", "after": "", "fate": "{fate}", "equivalent": null, "fired": true}}"#
        )
    };
    let all = ["killed", "vacuous", "survived"].map(mutant);
    let file = folder.join("target/raddle/mutants.json");
    fs::write(&file, format!("[{}]", all.join(", "))).expect("it can be written");
    let ran = raddle(&folder, &["report"]);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    let page = |name: &str| {
        let path = folder.join("target/raddle/pages").join(name);
        fs::read_to_string(path).expect("there is a page")
    };
    let index = page("index.html");
    assert!(
        index.contains("<a href=\"mutants.html\">66 %</a>"),
        "{index}"
    );
    assert!(page("mutants.html").contains("x.rs:1 drop"));
    fs::write(&file, "{}").expect("it can be written");
    raddle(&folder, &["report"]).is_refused("not the result of the mutation tool");
}

#[test]
fn a_page_of_a_failure_that_is_gone_goes_too() {
    let folder = caught("report_stale");
    let old = folder.join("target/raddle/pages/failure/old.html");
    fs::create_dir_all(old.parent().expect("it has one")).expect("it can be made");
    fs::write(&old, "").expect("it can be written");
    assert_eq!(raddle(&folder, &["report"]).status, Some(HELD));
    assert!(!old.exists());
}

#[test]
fn a_folder_without_results_is_refused() {
    let folder = project("report_nothing");
    raddle(&folder, &["report"]).is_refused("no results are here");
    fs::create_dir(folder.join("empty")).expect("it can be made");
    raddle(&folder, &["report", "empty"]).is_refused("no results are here");
    assert_eq!(
        fs::read_dir(folder.join("empty"))
            .expect("it is there")
            .count(),
        0
    );
}

#[test]
fn a_result_of_another_kind_is_refused() {
    let folder = project("report_wrong");
    fs::create_dir(folder.join("wrong")).expect("it can be made");
    for (name, text) in [("check.json", "{}"), ("faults.json", "{\"rows\": []}")] {
        let file = folder.join("wrong").join(name);
        fs::write(&file, text).expect("it can be written");
        raddle(&folder, &["report", "wrong"]).is_refused(name);
        fs::remove_file(file).expect("it was there");
    }
}

#[test]
fn a_check_prints_one_page_that_has_its_failures() {
    let folder = project("format_html");
    let arguments = [
        "check", "--fault", FAULT, "--world", "graph", "--format", "html",
    ];
    let ran = raddle(&folder, &arguments);
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    assert!(ran.out.starts_with("<!DOCTYPE html>"), "{ran:?}");
    assert!(ran.out.trim_end().ends_with("</html>"), "{ran:?}");
    assert!(
        ran.out
            .contains(&format!("href=\"#{SCENARIO}-graph-{FAULT}\"")),
        "{ran:?}"
    );
    assert!(
        ran.out
            .contains(&format!("id=\"{SCENARIO}-graph-{FAULT}\"")),
        "{ran:?}"
    );
}

#[test]
fn a_failure_has_a_picture() {
    let folder = caught("format_picture");
    let saved = format!("target/raddle/failures/{SCENARIO}-graph-{FAULT}.json");
    for (form, begins) in [
        ("dot", "digraph"),
        ("svg", "<svg"),
        ("html", "<!DOCTYPE html>"),
        ("json", "{"),
    ] {
        let ran = raddle(&folder, &["replay", &saved, "--format", form]);
        assert_eq!(ran.status, Some(FAILED), "{ran:?}");
        assert!(ran.out.starts_with(begins), "{ran:?}");
        let again = raddle(&folder, &["replay", &saved, "--format", form]);
        assert_eq!(ran.out, again.out);
    }
}

#[test]
fn machines_get_the_log_and_the_annotations() {
    let folder = project("format_machines");
    let check = |form: &str| {
        let arguments = [
            "check", "--fault", FAULT, "--world", "graph", "--format", form,
        ];
        let ran = raddle(&folder, &arguments);
        assert_eq!(ran.status, Some(FAILED), "{ran:?}");
        ran.out
    };
    let log: serde_json::Value = serde_json::from_str(&check("sarif")).expect("it is JSON");
    assert_eq!(log["version"], "2.1.0");
    assert!(check("github").starts_with("::error file="));
    let json: serde_json::Value = serde_json::from_str(&check("json")).expect("it is JSON");
    assert_eq!(json["rows"][0]["coverage"]["coverage"], "failed");
}

#[test]
fn a_matrix_has_no_log_and_says_so() {
    let folder = project("format_matrix");
    raddle(&folder, &["faults", FAULT, "--format", "sarif"]).is_refused("the forms of a matrix");
}
