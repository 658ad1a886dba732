//! A target draws every method of its types, or says why not: a new method cannot be forgotten.
//!
//! `docs/atomicity.md` has every method of every type that is listed there; a test of the runtime holds it against the
//! tables of the types.

use std::collections::{BTreeMap, BTreeSet};

use fuzz::spec::TargetSpec;

/// The methods of each type, as the page has them.
fn methods() -> BTreeMap<String, BTreeSet<String>> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/atomicity.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut of = String::new();
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            of = name.to_owned();
        } else if let Some(row) = line.strip_prefix("| `") {
            let names = row.split(" | ").next().unwrap_or_default();
            let names = names
                .split(", ")
                .map(|name| name.trim_matches('`').to_owned());
            all.entry(of.clone()).or_default().extend(names);
        }
    }
    all
}

/// What is wrong with what a target says of the methods of its types.
fn faults(target: &TargetSpec, has: &BTreeSet<String>) -> Vec<String> {
    let words = |text: &'static str| text.split_whitespace().map(str::to_owned);
    let drawn: BTreeSet<String> = (target.operations.iter())
        .flat_map(|spec| words(spec.methods))
        .collect();
    let mut excepted = BTreeSet::new();
    let mut faults = Vec::new();
    for (names, reason) in target.excepted {
        assert!(!reason.is_empty(), "{names}: an exception has a reason");
        for name in words(names) {
            if drawn.contains(&name) || !excepted.insert(name.clone()) {
                faults.push(format!("{name} is excepted, and drawn or excepted again"));
            }
        }
    }
    let told: BTreeSet<String> = drawn.union(&excepted).cloned().collect();
    faults.extend(
        has.difference(&told)
            .map(|name| format!("{name} is neither drawn nor excepted")),
    );
    faults.extend(
        told.difference(has)
            .map(|name| format!("no type has {name}")),
    );
    let name = target.name;
    faults
        .into_iter()
        .map(|fault| format!("{name}: {fault}"))
        .collect()
}

#[test]
fn every_method_is_drawn_or_excepted_with_a_reason() {
    let all = methods();
    let mut told = Vec::new();
    for target in fuzz::targets()
        .iter()
        .filter(|target| !target.types.is_empty())
    {
        let of = target
            .types
            .iter()
            .map(|name| all.get(*name).expect("a type of the page"));
        let has = of.flatten().cloned().collect();
        told.extend(faults(target, &has));
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn a_method_that_is_missing_is_named() {
    let targets = fuzz::targets();
    let set = targets
        .iter()
        .find(|target| target.name == "set")
        .expect("a target");
    let mut without = TargetSpec::clone(set);
    without.operations.retain(|spec| spec.name != "pop");
    let has = methods()["builtins.set"].clone();
    assert_eq!(
        faults(&without, &has),
        ["set: pop is neither drawn nor excepted"]
    );
    let more = has.iter().cloned().chain(["frob".to_owned()]).collect();
    assert_eq!(
        faults(set, &more),
        ["set: frob is neither drawn nor excepted"]
    );
}

#[test]
fn names_of_targets_and_operations_are_words_of_their_own() {
    let targets = fuzz::targets();
    let names: BTreeSet<&str> = targets.iter().map(|target| target.name).collect();
    assert_eq!(names.len(), targets.len());
    for target in &targets {
        let names: BTreeSet<&str> = target.operations.iter().map(|spec| spec.name).collect();
        assert_eq!(names.len(), target.operations.len(), "{}", target.name);
        assert!(
            names.iter().all(|name| !name.contains(char::is_whitespace)),
            "{}",
            target.name
        );
    }
}
