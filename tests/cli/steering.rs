//! Saved files come from anywhere: nothing in them steers a terminal, or turns the direction of writing on a page.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{FAILED, HELD, Ran, command_in, project};

const FAULT: &str = "rc1-disown-after-merge";
const SCENARIO: &str = "refcount_merge_races_last_drop";

/// Sets a colour, a title and a direction.
const WILD: &str = "\u{1b}[31m\u{9b}2J\u{1b}]0;taken\u{7}\u{202e}";

/// How reports spell it.
const SPELT: &str = "\\u{1b}[31m\\u{9b}2J\\u{1b}]0;taken\\u{7}\\u{202e}";

fn raddle(folder: &Path, arguments: &[&str]) -> Ran {
    let output = command_in(folder, arguments).output();
    Ran::of(output.expect("the command starts"))
}

/// Puts [`WILD`] behind everything that nobody looks a name up by.
fn spoil(value: &mut Value) {
    const WORDS: [&str; 6] = ["question", "always", "claim", "detail", "threads", "lines"];
    match value {
        Value::Array(values) => values.iter_mut().for_each(spoil),
        Value::Object(entries) => {
            for (name, value) in entries {
                match WORDS.contains(&name.as_str()) {
                    true => append(value),
                    false => spoil(value),
                }
            }
        }
        _ => {}
    }
}

fn append(value: &mut Value) {
    match value {
        Value::String(words) => words.push_str(WILD),
        Value::Array(values) => values.iter_mut().for_each(append),
        _ => {}
    }
}

fn spoil_file(path: &Path) {
    let text = fs::read_to_string(path).expect("it is there");
    let mut value = serde_json::from_str(&text).expect("it is JSON");
    spoil(&mut value);
    fs::write(path, value.to_string()).expect("it can be written");
}

#[track_caller]
fn is_harmless(text: &str) {
    let steers = |letter: &char| {
        letter.is_control() && !matches!(letter, '\n' | '\t') || matches!(letter, '\u{202e}')
    };
    let found = text.chars().find(steers);
    assert_eq!(found, None, "{text:?}");
}

/// A project with a failure whose files were spoilt; gives the path of the saved failure below it.
fn spoilt(test: &str) -> (std::path::PathBuf, String) {
    let folder = project(test);
    let check = ["check", "--fault", FAULT, "--world", "graph"];
    // A part's own result is of use to `merge` only.
    for more in [&["--shard", "1/1"][..], &[]] {
        let ran = raddle(&folder, &[&check, more].concat());
        assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    }
    let name = format!("{SCENARIO}-graph-{FAULT}.json");
    let reports = ["failures", "failures-1of1"].map(|folder| format!("{folder}/{name}"));
    let results = ["check.json", "check-1of1.json"].map(str::to_owned);
    for file in reports.iter().chain(&results) {
        spoil_file(&folder.join("target/raddle").join(file));
    }
    (folder, format!("target/raddle/{}", reports[0]))
}

#[test]
fn a_saved_result_steers_nothing_in_any_form() {
    let (folder, _) = spoilt("steering_result");
    let forms = [
        "text", "json", "junit", "html", "sarif", "github", "dot", "svg",
    ];
    for form in forms {
        let arguments = [
            "merge",
            "target/raddle/check-1of1.json",
            "--out",
            "out",
            "--format",
            form,
        ];
        let ran = raddle(&folder, &arguments);
        assert_eq!(ran.status, Some(FAILED), "{form}: {ran:?}");
        is_harmless(&ran.out);
        is_harmless(&ran.err);
        // Some forms escape the backslash.
        let plain = ran.out.replace("\\\\", "\\");
        let told = plain.split_whitespace().collect::<String>();
        assert!(told.contains(SPELT), "{form}: {}", ran.out);
    }
}

#[test]
fn a_saved_failure_steers_nothing_in_any_form() {
    let (folder, saved) = spoilt("steering_failure");
    for form in ["text", "json", "html", "dot", "svg"] {
        let ran = raddle(&folder, &["replay", &saved, "--format", form]);
        assert_eq!(ran.status, Some(FAILED), "{form}: {ran:?}");
        is_harmless(&ran.out);
        is_harmless(&ran.err);
    }
    let text = raddle(&folder, &["replay", &saved]).out;
    assert!(text.contains(SPELT), "{text}");
}

#[test]
fn a_page_of_saved_files_steers_nothing() {
    let (folder, _) = spoilt("steering_pages");
    let ran = raddle(&folder, &["report"]);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    let pages = folder.join("target/raddle/pages");
    let failure = format!("failure/{SCENARIO}-graph-{FAULT}.html");
    for page in ["index.html", &failure] {
        let html = fs::read_to_string(pages.join(page)).expect("it is there");
        is_harmless(&html);
        assert!(html.contains(SPELT), "{page}");
    }
}

/// What a program writes is told, not done.
#[test]
fn what_an_explored_program_prints_steers_nothing() {
    let folder = project("steering_program");
    let program = "import threading\nt = threading.Thread(target=print, args=('\\x1b[31m',))\nt.start()\nprint('\\x9b')\n";
    fs::write(folder.join("wild.py"), program).expect("it can be written");
    let ran = raddle(&folder, &["explore", "wild.py"]);
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    is_harmless(&ran.out);
    assert!(ran.out.contains("\\u{1b}[31m"), "{ran:?}");
}
