//! Every public function of the protocols and the objects is reached by a scenario, or the list says why not.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use mutants::{reach, source};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `FILE NAME: REASON` in each line that is no comment.
fn known() -> BTreeSet<(String, String)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("unreached.txt");
    let text = fs::read_to_string(path).expect("the list can be read");
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let entry = |line: &str| {
        let (what, reason) = line.split_once(": ").expect("an entry has a reason");
        assert!(!reason.is_empty(), "no reason: {line}");
        let (file, name) = what
            .split_once(' ')
            .expect("an entry has a file and a name");
        (file.to_owned(), name.to_owned())
    };
    lines.map(entry).collect()
}

#[test]
fn every_public_function_is_reached_by_a_scenario() {
    let folder = root().join("runtime/src");
    let sources = source::files(&folder, &["protocols", "objects"]).expect("the sources parse");
    let functions = reach::functions(&sources);
    let from = reach::names_below(&root().join("checks/scenarios")).expect("the scenarios");
    let found = reach::unreached(&functions, from);
    let known = known();
    let new: Vec<_> = found.difference(&known).collect();
    assert!(new.is_empty(), "no scenario reaches: {new:#?}");
    let stale: Vec<_> = known.difference(&found).collect();
    assert!(stale.is_empty(), "listed, but reached or gone: {stale:#?}");
}
