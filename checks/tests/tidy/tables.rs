//! Names in the source and names in the tables are the same names.

use std::collections::{BTreeMap, BTreeSet};

use crate::hold;
use crate::source::{self, Source};
use crate::words;

/// The string arguments of every call of `callee`, with the word that follows the first comma.
fn calls(source: &Source, callee: &str) -> Vec<(String, String)> {
    let code = source.code();
    let raw = raw_code(source);
    words(&code, callee)
        .filter(|at| {
            code[at + callee.len()..].starts_with('(') && !code[..*at].trim_end().ends_with("fn")
        })
        .filter_map(|at| argument(&raw[at + callee.len() + 1..]))
        .collect()
}

/// As [`Source::code`], position by position, but with what strings say.
fn raw_code(source: &Source) -> String {
    let lines = source.text.lines().zip(&source.lines);
    lines
        .map(|(raw, line)| {
            raw.chars()
                .take(line.code.chars().count())
                .collect::<String>()
                + "\n"
        })
        .collect()
}

/// `"name", Word` as the two names.
fn argument(text: &str) -> Option<(String, String)> {
    let (name, rest) = text.trim_start().strip_prefix('"')?.split_once('"')?;
    let rest = rest
        .trim_start()
        .trim_start_matches(',')
        .trim_start()
        .trim_start_matches("Ordering::");
    let word: String = rest
        .chars()
        .take_while(|letter| letter.is_alphanumeric())
        .collect();
    Some((name.to_owned(), word))
}

fn in_shared_source(callee: &str) -> Vec<(String, String)> {
    let sources = source::all()
        .into_iter()
        .filter(|source| source.layer().is_some());
    sources.flat_map(|source| calls(&source, callee)).collect()
}

/// What is in one set only.
fn differences(what: &str, source: &BTreeSet<String>, table: &BTreeSet<String>) -> Vec<String> {
    let missing = source
        .difference(table)
        .map(|name| format!("{what} `{name}` is in the source, not in the table"));
    let extra = table
        .difference(source)
        .map(|name| format!("{what} `{name}` is in the table, not in the source"));
    missing.chain(extra).collect()
}

fn names(calls: &[(String, String)]) -> BTreeSet<String> {
    calls.iter().map(|(name, _)| name.clone()).collect()
}

#[test]
fn the_sites_are_those_of_the_table() {
    let table: BTreeMap<String, &str> = checks::orderings::all()
        .map(|site| (site.name.to_owned(), site.order))
        .collect();
    let found = in_shared_source("site");
    let mut complaints = differences("the site", &names(&found), &table.keys().cloned().collect());
    for (name, order) in &found {
        if table.get(name).is_some_and(|expected| expected != order) {
            complaints.push(format!(
                "the site `{name}` is {order}, and {} in the table",
                table[name]
            ));
        }
    }
    hold(complaints);
}

#[test]
fn the_faults_are_those_of_the_table() {
    let table = checks::faults::all()
        .map(|fault| fault.name.to_owned())
        .collect();
    hold(differences(
        "the fault",
        &names(&in_shared_source("seeded!")),
        &table,
    ));
}

#[test]
fn no_name_stands_twice_in_a_table() {
    let faults: Vec<&str> = checks::faults::all().map(|fault| fault.name).collect();
    let sites: Vec<&str> = checks::orderings::all().map(|site| site.name).collect();
    for mut names in [faults, sites] {
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}

#[test]
fn names_are_read_from_calls() {
    let text = "x.load(site(\"a.b\", Acquire));\nif seeded!(\"c\") {} // site(\"no\", Release)\nfn site(name: &str) {}\n";
    let sample = Source::new("runtime/src/protocols/sample.rs", text);
    assert_eq!(
        calls(&sample, "site"),
        [("a.b".to_owned(), "Acquire".to_owned())]
    );
    assert_eq!(
        names(&calls(&sample, "seeded!")),
        BTreeSet::from(["c".to_owned()])
    );
    let one = BTreeSet::from(["x".to_owned()]);
    assert_eq!(differences("it", &one, &BTreeSet::new()).len(), 1);
    assert_eq!(differences("it", &BTreeSet::new(), &one).len(), 1);
}
