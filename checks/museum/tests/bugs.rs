//! What is said of each bug is so: both forms are run under every model.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use museum::program::Form;
use museum::verdict::{MODELS, Verdict, verdict};
use museum::{Bug, all};

/// Every difference between what an entry says and what its program does under a model.
fn judge(bug: &Bug) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, model) in MODELS {
        for form in [Form::Wrong, Form::Right] {
            let program = bug
                .form(form)
                .unwrap_or_else(|why| panic!("{}: {why}", bug.name));
            let found = verdict(program, model);
            let fails = bug.fails(form, name);
            if !is_as_said(&found, fails.then_some(bug.outcome.as_str())) {
                wrong.push(format!("{} {form:?} under {name}: {found:?}", bug.name));
            }
        }
    }
    wrong
}

fn is_as_said(found: &Verdict, outcome: Option<&str>) -> bool {
    match (found, outcome) {
        (Verdict::Holds, None) => true,
        (Verdict::Fails(kind, message), Some(outcome)) => {
            let (said, claim) = outcome.split_once(": ").unwrap_or((outcome, ""));
            said == *kind && message.contains(claim)
        }
        _ => false,
    }
}

#[test]
fn every_form_does_what_is_said_of_it() {
    let filter = env::var("RADDLE_MUSEUM").unwrap_or_default();
    let bugs = all();
    let chosen = bugs.iter().filter(|bug| bug.name.starts_with(&filter));
    let wrong: Vec<String> = chosen.flat_map(judge).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_bug_has_a_name_of_its_own_and_two_different_forms() {
    let bugs = all();
    let names: BTreeSet<&str> = bugs.iter().map(|bug| bug.name.as_str()).collect();
    assert_eq!(names.len(), bugs.len());
    for bug in &bugs {
        assert_ne!(bug.form(Form::Wrong), bug.form(Form::Right), "{}", bug.name);
        let known = |name: &String| MODELS.iter().any(|(model, _)| model == name);
        assert!(
            !bug.fails.is_empty() && bug.fails.iter().all(known),
            "{}",
            bug.name
        );
        assert!(bug.fix.ends_with('.'), "{}: {}", bug.name, bug.fix);
    }
}

#[test]
fn the_pages_are_those_of_the_entries() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let bugs = all();
    for (name, text) in [
        ("museum.md", museum::markdown(&bugs)),
        ("museum.json", museum::json(&bugs)),
    ] {
        let path = docs.join(name);
        if env::var_os("RADDLE_WRITE_MUSEUM").is_some() {
            fs::write(&path, &text).expect("the file can be written");
        }
        let kept = fs::read_to_string(&path).expect("the page is there");
        assert!(
            kept == text,
            "{name} is out of date: RADDLE_WRITE_MUSEUM=1 cargo test -p museum"
        );
    }
}
