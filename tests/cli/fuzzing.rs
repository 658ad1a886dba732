//! Fuzzing from the command line: what it refuses, what it leaves, and how its parts come together.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::{FAILED, HELD, command, folder, run};

/// The result in a file.
fn result(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn what_cannot_be_fuzzed_is_refused() {
    run("fuzz_target", &["fuzz", "dicts"]).is_refused("did you mean `dict`?");
    run("fuzz_fault", &["fuzz", "--fault", "frob"]).is_refused("frob");
    run("fuzz_seconds", &["fuzz", "--seconds", "0"]).is_refused("0");
    run("fuzz_shard", &["fuzz", "--shard", "3/2"]).is_refused("3/2");
    let corpus = folder("fuzz_corpus");
    fs::write(corpus.join("list-1.txt"), "target list\nstart x |\n").expect("it can be written");
    let corpus = corpus.to_string_lossy();
    let arguments = ["fuzz", "list", "--corpus", &corpus];
    run("fuzz_corpus_bad", &arguments).is_refused("line 2: `x` is not a number");
}

#[test]
fn targets_are_listed_with_their_questions() {
    let ran = run("fuzz_list", &["fuzz", "--list"]);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    assert!(ran.out.lines().count() >= 12, "{ran:?}");
    assert!(ran.out.contains("bytearray"), "{ran:?}");
}

#[test]
fn parts_merge_and_a_part_counts_once() {
    let files = folder("fuzz_parts");
    let out = files.to_string_lossy().into_owned();
    for part in ["1/2", "2/2"] {
        let arguments = [
            "fuzz",
            "texts",
            "--seconds",
            "1",
            "--shard",
            part,
            "--out",
            &out,
        ];
        let ran = run("fuzz_part", &arguments);
        assert_eq!(ran.status, Some(HELD), "{ran:?}");
    }
    let [first, second] = ["fuzz-1of2.json", "fuzz-2of2.json"].map(|name| files.join(name));
    let cases = |text: &str| result(text)["fuzzed"]["texts"]["tally"]["cases"].as_u64();
    let of = |path| cases(&fs::read_to_string(path).expect("it was written"));
    let sum = of(&first).zip(of(&second)).map(|(one, other)| one + other);
    let [first, second] = [first, second].map(|path| path.to_string_lossy().into_owned());
    let merged = ["merge", &first, &second, "--out", &out, "--format", "json"];
    let ran = run("fuzz_merge", &merged);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    assert_eq!(cases(&ran.out), sum);
    run("fuzz_twice", &["merge", &first, &first]).is_refused("was there already");
}

#[test]
fn a_fault_is_found_told_and_kept() {
    let files = folder("fuzz_found");
    let out = files.to_string_lossy().into_owned();
    let fault = "in1-looked-then-entered";
    let arguments = [
        "fuzz",
        "texts",
        "--seconds",
        "60",
        "--fault",
        fault,
        "--out",
        &out,
    ];
    let ran = run("fuzz_found", &arguments);
    assert_eq!(ran.status, Some(FAILED), "{ran:?}");
    assert!(ran.out.contains("sys.intern"), "{ran:?}");
    let kept = files.join("corpus/failures");
    assert_eq!(fs::read_dir(kept).expect("programs are kept").count(), 1);
}

/// What a run that was killed leaves is a result, too.
#[test]
fn a_run_that_is_killed_leaves_what_it_has_done() {
    let files = folder("fuzz_killed");
    let out = files.to_string_lossy().into_owned();
    let arguments = ["fuzz", "texts", "--seconds", "600", "--out", &out];
    let mut killed = command("fuzz_killed_run", &arguments);
    let mut child = killed
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    let left = files.join("fuzz-worker-1-0.json");
    for _ in 0..600 {
        if left.exists() {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    child.kill().expect("it runs");
    child.wait().expect("it has ended");
    let ran = run("fuzz_left", &["merge", &left.to_string_lossy()]);
    assert_eq!(ran.status, Some(HELD), "{ran:?}");
    assert!(ran.out.contains("texts"), "{ran:?}");
}
