//! No strategy refuses what it drew: in proptest 1.12 shrinking ends at the first refusal, and such a strategy also draws
//! forever where it rarely gets what it wants.

use std::fs;
use std::path::{Path, PathBuf};

const REFUSING: [&str; 5] = [
    ".prop_filter(",
    ".prop_filter_map(",
    "prop_assume!",
    ".prop_ind_filter",
    "TestCaseError::reject",
];

fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name == "target" || name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden {
            sources(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push(path);
        }
    }
}

/// The lines that refuse.
fn refusals(text: &str) -> Vec<usize> {
    let refuses = |line: &str| REFUSING.iter().any(|word| line.contains(word));
    let lines = (1..).zip(text.lines());
    lines
        .filter(|(_, line)| refuses(line))
        .map(|(at, _)| at)
        .collect()
}

#[test]
fn strategies_say_what_they_want_by_construction() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace");
    let mut all = Vec::new();
    sources(root, &mut all);
    assert!(all.len() > 100, "the sources were found");
    let mut told = Vec::new();
    for path in all
        .iter()
        .filter(|path| !path.ends_with("fuzz/tests/strategies.rs"))
    {
        let text = fs::read_to_string(path).expect("a source");
        let shown = path.strip_prefix(root).unwrap_or(path).display();
        told.extend(
            refusals(&text)
                .iter()
                .map(|line| format!("{shown}:{line} refuses what was drawn")),
        );
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn a_strategy_that_refuses_is_found() {
    let text = "let even = (0..100)\n    .prop_filter(\"even\", |n| n % 2 == 0);\n";
    assert_eq!(refusals(text), [2]);
    assert!(refusals("let even = (0..50).prop_map(|n| 2 * n);").is_empty());
}
