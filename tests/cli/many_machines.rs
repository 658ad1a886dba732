//! The files of `docs/many-machines.md`: parts as tasks of an array, however it numbers them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::{HELD, folder, run};

const FILTER: &str = "refcount_merge_races_last_drop";

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs/many-machines")
        .join(name)
}

/// Runs a part, which the variables name.
fn part(results: &Path, variables: &[(&str, &str)]) -> Output {
    let mut script = Command::new("sh");
    script
        .arg(file("part.sh"))
        .arg(results)
        .arg(FILTER)
        .env("RADDLE", env!("CARGO_BIN_EXE_raddle"))
        .envs(variables.iter().copied());
    script.output().expect("a shell starts")
}

fn executions(result: &Path) -> u64 {
    let text = fs::read_to_string(result).expect("the result was written");
    let run: Value = serde_json::from_str(&text).expect("it is JSON");
    let rows = run["rows"].as_array().expect("it has rows");
    assert!(!rows.is_empty());
    rows.iter()
        .filter_map(|row| row["executions"].as_u64())
        .sum()
}

#[test]
fn every_way_to_number_tasks_gives_a_part() {
    let results = folder("many_machines");
    let ways: [&[(&str, &str)]; 3] = [
        &[("PART", "1"), ("PARTS", "3")],
        &[
            ("SLURM_ARRAY_TASK_ID", "2"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
        ],
        &[("JOB_COMPLETION_INDEX", "2"), ("PARTS", "3")],
    ];
    for variables in ways {
        let ran = part(&results, variables);
        assert!(ran.status.success(), "{variables:?}: {ran:?}");
    }
    let files = (1..=3).map(|part| results.join(format!("part-{part}/check-{part}of3.json")));
    let files: Vec<String> = files
        .map(|file| file.to_string_lossy().into_owned())
        .collect();
    let out = results.to_string_lossy();
    let (merge, to) = (["merge"], ["--out", out.as_ref()]);
    let parts: Vec<&str> = files.iter().map(String::as_str).collect();
    let merged = run(
        "many_machines_merge",
        &[&merge, parts.as_slice(), &to].concat(),
    );
    assert_eq!(merged.status, Some(HELD), "{merged:?}");

    let whole = results.join("whole");
    let arguments = [
        "check",
        FILTER,
        "--world",
        "graph",
        "--out",
        &whole.to_string_lossy(),
    ];
    assert_eq!(run("many_machines_whole", &arguments).status, Some(HELD));
    let (merged, whole) = (results.join("merge.json"), whole.join("check.json"));
    assert_eq!(executions(&merged), executions(&whole));
}

#[test]
fn a_task_without_a_number_or_with_a_wrong_one_fails() {
    let results = folder("many_machines_wrong");
    let nothing = part(&results, &[]);
    assert!(!nothing.status.success(), "{nothing:?}");
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("which part this is"));
    let beyond = part(&results, &[("PART", "4"), ("PARTS", "3")]);
    assert_eq!(beyond.status.code(), Some(2), "{beyond:?}");
}

#[test]
fn the_manifest_has_as_many_tasks_as_parts() {
    let manifest = fs::read_to_string(file("kubernetes.yaml")).expect("it is there");
    let number = |key: &str| {
        let line = manifest
            .lines()
            .find_map(|line| line.trim().strip_prefix(key));
        let digits = line.expect("the manifest has it").trim().trim_matches('"');
        digits.parse::<u64>().expect("a number")
    };
    let parts = "- name: PARTS\n              value: \"16\"\n";
    assert!(manifest.contains(parts), "{manifest}");
    assert_eq!((number("completions:"), number("parallelism:")), (16, 16));
    assert!(manifest.contains("completionMode: Indexed"));
}
