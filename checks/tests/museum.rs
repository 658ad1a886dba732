//! The museum has a card for each fault that repeats a bug of CPython, and for no other.

use std::collections::BTreeSet;

use checks::{faults, museum};

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
