//! What built-in types and modules lack against CPython's `dir()`: no more and no less than `tests/python/missing.txt` says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Names = BTreeMap<String, BTreeSet<String>>;

#[test]
fn what_is_missing_is_listed_with_a_reason() {
    let cpython = cpython();
    let found = found(&cpython);
    let missing: BTreeSet<_> = cpython
        .iter()
        .flat_map(|(owner, names)| lacking(owner, names, found.get(owner)))
        .collect();
    let listed = listed();
    let named: BTreeSet<_> = listed.keys().cloned().collect();
    let mut faults = Vec::new();
    faults.extend(
        missing
            .difference(&named)
            .map(|name| format!("{name}: missing, and not listed")),
    );
    faults.extend(
        named
            .difference(&missing)
            .map(|name| format!("{name}: listed, but it is there")),
    );
    let unexplained = listed.iter().filter(|(_, reason)| reason.is_empty());
    faults.extend(unexplained.map(|(name, _)| format!("{name}: listed without a reason")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn lacking<'a>(
    owner: &'a str,
    names: &'a BTreeSet<String>,
    found: Option<&'a BTreeSet<String>>,
) -> impl Iterator<Item = String> + 'a {
    let lacks = move |name: &&String| !found.is_some_and(|found| found.contains(*name));
    names
        .iter()
        .filter(lacks)
        .map(move |name| format!("{owner}.{name}"))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python")
}

/// CPython's names, by type or module.
fn cpython() -> Names {
    let text = fs::read_to_string(folder().join("dir.json")).expect("it is in the repository");
    let facts: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let names = serde_json::from_value(facts["dir"].clone()).expect("it maps names to names");
    let names: Names = names;
    assert!(names.len() > 50, "only {} types and modules", names.len());
    names
}

/// The names that raddle has. What it does not reach has none.
fn found(cpython: &Names) -> Names {
    let of = |(owner, names): (&String, &BTreeSet<String>)| (owner.clone(), has(owner, names));
    cpython.iter().map(of).collect()
}

/// One process for each owner, so that one that is refused hides no other. `hasattr` answers where there is no `dir`.
fn has(owner: &str, names: &BTreeSet<String>) -> BTreeSet<String> {
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let code = format!(
        "{}\ntry:\n    found = dir(value)\nexcept NameError:\n    found = [n for n in '{}'.split() if hasattr(value, n)]\nprint(' '.join(found))",
        value(owner),
        names.join(" "),
    );
    let output = Command::new(env!("CARGO_BIN_EXE_raddle"))
        .args(["-c", &code])
        .output()
        .expect("raddle starts");
    let text = String::from_utf8(output.stdout).expect("names are text");
    text.split_whitespace().map(str::to_owned).collect()
}

/// A statement that binds `value` to a type or module.
fn value(owner: &str) -> String {
    const MODULES: [&str; 18] = [
        "builtins",
        "sys",
        "time",
        "math",
        "gc",
        "weakref",
        "threading",
        "_thread",
        "types",
        "abc",
        "itertools",
        "_collections",
        "_functools",
        "_operator",
        "_bisect",
        "_heapq",
        "_queue",
        "_random",
    ];
    if let Some((module, class)) = owner.split_once('.') {
        return format!("import {module}\nvalue = {module}.{class}");
    }
    match owner {
        "NoneType" => "value = type(None)".to_owned(),
        "function" => "value = type(lambda: 0)".to_owned(),
        "method" => "value = type([].append)".to_owned(),
        "generator" => "value = type((i for i in []))".to_owned(),
        "coroutine" => "async def c(): pass\nc = c(); value = type(c); c.close()".to_owned(),
        "async_generator" => "async def a(): yield\nvalue = type(a())".to_owned(),
        "code" => "value = type((lambda: 0).__code__)".to_owned(),
        "dict_keys" => "value = type({}.keys())".to_owned(),
        "dict_values" => "value = type({}.values())".to_owned(),
        "dict_items" => "value = type({}.items())".to_owned(),
        _ if MODULES.contains(&owner) => format!("import {owner}\nvalue = {owner}"),
        _ => format!("value = {owner}"),
    }
}

/// The expected gaps: `owner.name: reason`.
fn listed() -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder().join("missing.txt")).expect("it is in the repository");
    text.lines()
        .map(|line| line.split_once(": ").unwrap_or((line, "")))
        .map(|(name, reason)| (name.to_owned(), reason.to_owned()))
        .collect()
}
