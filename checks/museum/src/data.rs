//! The museum as data.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::bug::{Bug, Here};
use crate::caught::{self, Caught};
use crate::interleaving::{Interleaving, interleaving};
use crate::program::Form;
use crate::verdict::MODELS;

#[derive(Serialize)]
struct Entry<'a> {
    bug: &'a str,
    part: &'a str,
    title: &'a str,
    found: &'a str,
    versions: &'a str,
    fix: &'a str,
    here: Place<'a>,
    /// One execution in which the wrong form fails.
    execution: Interleaving,
    wrong: Side,
    right: Side,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
enum Place<'a> {
    Seeded { faults: Vec<Fault<'a>> },
    Asked { scenario: &'a str, why: &'a str },
    Absent { why: &'a str },
}

#[derive(Serialize)]
struct Fault<'a> {
    fault: &'a str,
    scenario: &'a str,
    /// By checker, in which execution it failed and how many steps the simplest form has.
    caught: Option<Caught>,
}

#[derive(Serialize)]
struct Side {
    program: Vec<String>,
    /// By model.
    verdicts: BTreeMap<&'static str, String>,
}

/// All entries as JSON: the programs, and what must come of each under each model.
///
/// # Panics
/// Never: the entries are text.
#[must_use]
pub fn json(bugs: &[Bug]) -> String {
    let entries: Vec<Entry> = bugs.iter().map(entry).collect();
    serde_json::to_string_pretty(&entries).expect("text can be written") + "\n"
}

fn entry(bug: &Bug) -> Entry<'_> {
    Entry {
        bug: &bug.name,
        part: bug.part,
        title: &bug.title,
        found: &bug.found,
        versions: &bug.versions,
        fix: &bug.fix,
        here: place(&bug.here),
        execution: interleaving(bug),
        wrong: side(bug, Form::Wrong),
        right: side(bug, Form::Right),
    }
}

fn place(here: &Here) -> Place<'_> {
    match here {
        Here::Faults(faults) => Place::Seeded {
            faults: faults
                .iter()
                .map(|(fault, scenario)| Fault {
                    fault,
                    scenario,
                    caught: caught::all().get(fault.as_str()).copied(),
                })
                .collect(),
        },
        Here::Asked(scenario, why) => Place::Asked { scenario, why },
        Here::No(why, _) => Place::Absent { why },
    }
}

fn side(bug: &Bug, form: Form) -> Side {
    let expected = |&(model, _): &(&'static str, _)| {
        let verdict = match bug.fails(form, model) {
            true => bug.outcome.clone(),
            false => "holds".to_owned(),
        };
        (model, verdict)
    };
    Side {
        program: form.of(&bug.program).lines().map(str::to_owned).collect(),
        verdicts: MODELS.iter().map(expected).collect(),
    }
}
