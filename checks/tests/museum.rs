//! The museum has a card for each fault that repeats a bug of CPython, and for no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ::museum::{Here, Shown};
use checks::{faults, museum};
use reports::plan::World;

/// The faults that were bugs: others are derived from them, or were found here.
fn bugs() -> BTreeSet<&'static str> {
    let bugs = faults::all().filter(|fault| fault.origin.starts_with("gh-"));
    bugs.map(|fault| fault.name).collect()
}

#[test]
fn every_bug_has_one_card() {
    let named: Vec<&str> = museum::all()
        .flat_map(|card| card.faults)
        .copied()
        .collect();
    let once: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(named.len(), once.len(), "a fault has two cards");
    assert_eq!(once, bugs());
}

#[test]
fn every_card_tells_its_story_in_three_sentences() {
    for card in museum::all() {
        for sentence in card.story {
            assert!(sentence.ends_with('.'), "{sentence}");
            assert!(
                !sentence.trim_end_matches('.').contains(". "),
                "two sentences: {sentence}"
            );
        }
        assert!(!card.versions.is_empty(), "{:?}", card.faults);
    }
}

/// The faults that the public museum names, each with the scenario that it says catches it.
fn shown() -> Vec<(String, String)> {
    let bugs = ::museum::all();
    let named = bugs.into_iter().filter_map(|bug| match bug.here {
        Here::Faults(faults) => Some(faults),
        Here::Asked(..) | Here::No(..) => None,
    });
    named.flatten().collect()
}

#[test]
fn the_public_museum_names_faults_that_are_there_and_who_catches_them() {
    for (name, scenario) in shown() {
        let fault = faults::all().find(|fault| fault.name == name);
        let fault = fault.unwrap_or_else(|| panic!("there is no fault `{name}`"));
        assert_eq!(fault.scenario, scenario, "{name}");
    }
}

#[test]
fn the_public_museum_shows_every_bug() {
    let shown: BTreeSet<String> = shown().into_iter().map(|(name, _)| name).collect();
    let missing: Vec<&str> = bugs()
        .into_iter()
        .filter(|name| !shown.contains(*name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_the_public_museum_asks_is_asked() {
    for bug in ::museum::all() {
        if let Here::Asked(scenario, _) = bug.here {
            assert!(is_scenario(&scenario), "there is no scenario `{scenario}`");
        }
    }
}

fn is_scenario(name: &str) -> bool {
    let scenarios = checks::worlds::scenarios(World::Native);
    scenarios.iter().any(|known| known.name == name)
}

fn source(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

#[test]
fn what_shows_that_a_bug_does_not_apply_is_so() {
    for bug in ::museum::all() {
        let Here::No(_, shown) = &bug.here else {
            continue;
        };
        let is_so = match shown {
            Shown::Scenario(name) => is_scenario(name),
            Shown::Has(file, words) => source(file).contains(words),
            Shown::Lacks(file, words) => !source(file).contains(words),
        };
        assert!(is_so, "{}: {shown:?}", bug.name);
    }
}
