//! Wrong input: one clear line, status 2, no panic.

use std::fs;
use std::io;
use std::process::Stdio;

use crate::{HELD, Ran, USAGE, command, folder, run};

/// Arguments that are refused, and a part of the line that says why.
const REFUSED: &[(&[&str], &str)] = &[
    (&[], "raddle --help"),
    (&["--bogus"], "--bogus"),
    (&["check", "--bogus"], "--bogus"),
    (
        &["check", "no_such_scenario"],
        "no scenario matches `no_such_scenario`",
    ),
    (
        &["check", "dict_get_vs_delte"],
        "did you mean `dict_get_vs_delete`?",
    ),
    (
        &["check", "--fault", "di1-key-not-testd"],
        "did you mean `di1-key-not-tested`?",
    ),
    (
        &["check", "--weaken", "collection.ennd"],
        "did you mean `collection.end`?",
    ),
    (
        &["faults", "sg8-test-then-st"],
        "did you mean `sg8-test-then-set`?",
    ),
    (&["chek"], "did you mean `raddle check`?"),
    (&["check", "one", "two"], "two"),
    (&["check", "--world", "mars"], "mars"),
    (
        &["check", "--fault", "no-such-fault"],
        "no fault is called `no-such-fault`",
    ),
    (
        &["check", "--weaken", "no.such.site"],
        "no ordering site is called `no.such.site`",
    ),
    (&["check", "--budget", "soon"], "`soon` is not a duration"),
    (&["check", "--budget", "0s"], "no time at all"),
    (&["check", "--budget", "-5s"], "-5s"),
    (&["check", "--budget"], "--budget"),
    (&["check", "--jobs", "0"], "--jobs"),
    (&["check", "--jobs", "many"], "many"),
    (&["check", "--preemptions", "-1"], "-1"),
    (&["check", "--preemptions", "1000"], "1000"),
    (
        &["check", "--preemptions", "1", "--world", "shuttle"],
        "--world graph",
    ),
    (
        &["check", "--complete", "--world", "native"],
        "--world loom",
    ),
    (&["check", "--stale-reads", "-1"], "-1"),
    (
        &["check", "--stale-reads", "1", "--world", "loom"],
        "--world graph",
    ),
    (&["check", "--shard", "1/2"], "--world graph"),
    (
        &["check", "--shard", "1/2", "--world", "loom"],
        "--world graph",
    ),
    (
        &["check", "--shard", "0/3", "--world", "graph"],
        "`0/3` is not a part",
    ),
    (
        &["check", "--shard", "4/3", "--world", "graph"],
        "`4/3` is not a part",
    ),
    (
        &["check", "--shard", "1/0", "--world", "graph"],
        "`1/0` is not a part",
    ),
    (
        &["check", "--shard", "x", "--world", "graph"],
        "`x` is not a part",
    ),
    (&["check", "--shard", "-1/2"], "`-1/2` is not a part"),
    (&["check", "--resume"], "--resume"),
    (
        &["check", "--resume", "no_such_file.json"],
        "no_such_file.json",
    ),
    (&["check", "name", "--resume", "x.json"], "--resume"),
    (
        &["check", "--resume", "x.json", "--shard", "1/2"],
        "--resume",
    ),
    (
        &["check", "--resume", "x.json", "--world", "graph"],
        "--resume",
    ),
    (&["check", "--format", "xml"], "xml"),
    (&["merge"], "FILE"),
    (&["merge", "no_such_file.json"], "no_such_file.json"),
    (&["merge", "."], "."),
    (&["merge", "x.json", "--jobs", "2"], "--jobs"),
    (
        &["faults", "no-such-fault"],
        "no fault matches `no-such-fault`",
    ),
    (&["faults", "--budget", "1"], "`1` is not a duration"),
    (
        &["orderings", "no.such.site"],
        "no ordering site matches `no.such.site`",
    ),
    (&["replay"], "FILE"),
    (&["replay", "no_such_file.json"], "no_such_file.json"),
    (&["replay", "."], "."),
];

#[test]
fn wrong_arguments_get_one_line() {
    for (at, (arguments, words)) in REFUSED.iter().enumerate() {
        run(&format!("wrong_arguments_{at}"), arguments).is_refused(words);
    }
}

#[test]
fn a_file_of_another_kind_gets_one_line() {
    let newer = r#"{"format":99}"#;
    let files: [(&str, &[u8]); 5] = [
        ("empty", b""),
        ("binary", b"\xff\xfe\x00\x01"),
        ("truncated", b"{\"format\": 1, \"question\": \"Is"),
        ("other", b"[1, 2, 3]"),
        ("newer", newer.as_bytes()),
    ];
    let folder = folder("other_files");
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("the file can be written");
        let path = path.to_string_lossy();
        for command in [&["replay"][..], &["merge"], &["check", "--resume"]] {
            run("other_file", &[command, &[&path]].concat()).is_refused(name);
        }
    }
}

/// What a file or a name is made of neither steers the terminal nor fills it.
#[test]
fn hostile_texts_are_spelt_out() {
    let folder = folder("hostile_texts");
    let result = |world: &str| {
        let path = folder.join("check.json");
        let row = format!(r#"{{"scenario":"x","pillar":"dict","question":"?","world":"{world}"}}"#);
        let text = format!(
            r#"{{"format":1,"version":"{}","fault":null,"weaken":null,"rows":[{row}]}}"#,
            env!("CARGO_PKG_VERSION")
        );
        fs::write(&path, text).expect("the file can be written");
        run("hostile_text", &["merge", &path.to_string_lossy()])
    };
    let coloured = result("\\u001b[31mmars\\nsecond line");
    coloured.is_refused("\\u{1b}[31mmars\\nsecond line");
    let long = result(&"a".repeat(100_000));
    long.is_refused("[...]");
    assert!(long.err.len() < 2000, "{} bytes", long.err.len());
    let name = "\u{1b}]0;title\u{7}\u{202e}.json";
    for command in ["merge", "replay"] {
        run("hostile_name", &[command, name]).is_refused("\\u{1b}]0;title\\u{7}\\u{202e}.json");
    }
    run("hostile_filter", &["check", name]).is_refused("no scenario matches `\\u{1b}]0;");
}

#[test]
fn help_and_version_succeed() {
    for argument in ["--help", "--version", "help"] {
        let ran = run("help", &[argument]);
        assert_eq!(ran.status, Some(HELD), "{ran:?}");
        assert!(!ran.out.is_empty() && ran.err.is_empty(), "{ran:?}");
    }
}

/// Every command's help, in its short and its long form.
fn helps() -> Vec<Ran> {
    let commands = [
        "run",
        "explore",
        "check",
        "faults",
        "orderings",
        "fuzz",
        "merge",
        "replay",
        "report",
    ];
    let help = |words: &[&str]| run("help", words);
    let each = commands
        .iter()
        .flat_map(|name| [help(&[name, "-h"]), help(&["help", name])]);
    each.chain([help(&["--help"])]).collect()
}

#[test]
fn every_help_fits_eighty_columns_and_has_examples() {
    for ran in helps() {
        assert_eq!(ran.status, Some(HELD), "{ran:?}");
        let wide = ran.out.lines().find(|line| line.chars().count() > 80);
        assert_eq!(wide, None, "{}", ran.out);
        let is_of_a_command = !ran.out.contains("Commands:");
        assert!(
            !is_of_a_command || ran.out.contains("Examples:\n"),
            "{}",
            ran.out
        );
    }
}

#[test]
fn a_reader_that_went_away_is_no_panic() {
    for arguments in [
        ["--help"].as_slice(),
        &["check", "--list"],
        &["faults", "--list"],
    ] {
        let (reader, writer) = io::pipe().expect("there is a pipe");
        drop(reader);
        let output = command("broken_pipe", arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .expect("the command starts");
        let ran = Ran::of(output);
        assert_eq!(ran.status, Some(USAGE), "{arguments:?} {ran:?}");
        assert!(!ran.err.contains("panicked"), "{arguments:?} {ran:?}");
        assert!(ran.err.lines().count() <= 1, "{arguments:?} {ran:?}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_any_work() {
    let folder = folder("unwritable_folder");
    let file = folder.join("file");
    fs::write(&file, "").expect("the file can be written");
    for out in [file.clone(), file.join("below")] {
        let out = out.to_string_lossy();
        for arguments in [
            ["check", "--out", &out],
            ["faults", "--out", &out],
            ["orderings", "--out", &out],
        ] {
            run("unwritable", &arguments).is_refused("cannot write");
        }
    }
}
