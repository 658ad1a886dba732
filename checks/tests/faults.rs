//! Every seeded fault is caught by the scenario that must catch it; that the scenario holds without it is tested with
//! all the others.

mod support;

use checks::faults::{self, Fault};
use checks::matrix;
use reports::scenario::Pillar::{
    self, Claim, Dict, Instance, List, Once, Refcount, Safepoint, Set, Version, Weakref,
};

/// The faults whose scenario asks this pillar.
fn of(pillar: Pillar) -> Vec<&'static Fault> {
    let prefix = format!("{pillar}_");
    faults::all()
        .filter(|fault| fault.scenario.starts_with(&prefix))
        .collect()
}

fn are_caught(pillar: Pillar) {
    let trials = matrix::of_faults(&of(pillar), &support::settings()).expect("the scenarios exist");
    let told: Vec<String> = trials
        .iter()
        .map(|trial| matrix::judge(trial, support::explained(support::run(&trial.job))))
        .filter_map(|cell| support::unexpected(&cell))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn refcount_faults_are_caught() {
    are_caught(Refcount);
}

#[test]
fn dict_faults_are_caught() {
    are_caught(Dict);
}

#[test]
fn list_faults_are_caught() {
    are_caught(List);
}

#[test]
fn safepoint_faults_are_caught() {
    are_caught(Safepoint);
}

#[test]
fn set_faults_are_caught() {
    are_caught(Set);
}

#[test]
fn weakref_faults_are_caught() {
    are_caught(Weakref);
}

#[test]
fn version_faults_are_caught() {
    are_caught(Version);
}

#[test]
fn claim_faults_are_caught() {
    are_caught(Claim);
}

#[test]
fn instance_faults_are_caught() {
    are_caught(Instance);
}

#[test]
fn once_faults_are_caught() {
    are_caught(Once);
}

/// Faults that the project promises to carry, by the beginning of their names.
const PROMISED: [&str; 10] = [
    "rc1-", "rc6-", "rc10-", "lk1-", "cs", "qs1-", "sg1-", "di2-", "di5-", "li1-",
];

#[test]
fn the_promised_faults_are_there() {
    assert!(faults::all().count() >= 15);
    for promised in PROMISED {
        assert!(
            faults::all().any(|fault| fault.name.starts_with(promised)),
            "{promised}"
        );
    }
}

/// What the fuzzer finds is measured in a run of its own.
#[test]
fn the_fuzzer_finds_most_faults_and_each_other_has_a_reason() {
    let is_found = |fault: &&&Fault| {
        let hunt = faults::fuzzed::hunt(fault.name);
        hunt.is_some_and(|hunt| hunt.prey.is_some())
    };
    let all: Vec<&Fault> = faults::all().collect();
    let wrong: Vec<&str> = all
        .iter()
        .filter(|fault| is_found(fault) == faults::fuzzed::reason(fault.name).is_some())
        .map(|fault| fault.name)
        .collect();
    assert!(wrong.is_empty(), "found, or else a reason: {wrong:?}");
    let found = all.iter().filter(is_found).count();
    let (measured, others): (Vec<&Fault>, Vec<&Fault>) = all
        .iter()
        .partition(|fault| faults::fuzzed::hunt(fault.name).is_some());
    let share = format!("{found} of {}", measured.len());
    assert!(100 * found >= 85 * measured.len(), "{share}");
    // Nothing is left unmeasured but what no target draws.
    let forgotten: Vec<&str> = others
        .iter()
        .map(|fault| fault.name)
        .filter(|name| !faults::fuzzed::reason(name).is_some_and(|why| why.contains("no target")))
        .collect();
    assert!(forgotten.is_empty(), "not measured: {forgotten:?}");
}
