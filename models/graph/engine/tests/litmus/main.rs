//! Litmus tests: small programs whose verdicts the literature gives, in all four models.

mod algorithms;
mod cpp20;
mod explored;
mod interleaved;
mod notation;
mod published_counts;
mod table;

use std::collections::BTreeSet;

use graph_engine::{Mode, Model};

use notation::{Action, Instruction, Outcome, Program};
use table::{Entry, Origin, table};

const MODELS: [Model; 4] = [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20];

/// The entries of which the check says what is wrong.
fn wrong(check: impl Fn(&Entry, &Program, &Outcome) -> Result<(), String>) -> Vec<String> {
    let complaint = |entry: &Entry| {
        let result = notation::program(entry.program).and_then(|program| {
            let outcome = notation::outcome(entry.outcome)?;
            check(entry, &program, &outcome)
        });
        let complaint = result.err()?;
        Some(format!("{} ({:?}): {complaint}", entry.name, entry.origin))
    };
    table().filter_map(complaint).collect()
}

fn expect(model: Model, found: bool, expected: bool) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    Err(format!("allowed in {model:?}: {found}"))
}

#[test]
fn every_verdict_is_that_of_the_table() {
    let wrong = wrong(|entry, program, outcome| {
        for (model, allowed) in MODELS.into_iter().zip(entry.allowed()) {
            expect(
                model,
                explored::explore(model, program, outcome)?.outcome,
                allowed,
            )?;
        }
        Ok(())
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sc_is_what_interleavings_allow() {
    let wrong = wrong(|entry, program, outcome| {
        let [allowed, ..] = entry.allowed();
        expect(Model::Sc, interleaved::allows(program, outcome), allowed)
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The program with every access as strong as release/acquire makes it.
fn strengthened(program: &Program) -> Program {
    let strengthen = |instruction: &Instruction| Instruction {
        mode: match instruction.action {
            Action::Store => Mode::Release,
            Action::Load => Mode::Acquire,
            _ => Mode::AcqRel,
        },
        ..*instruction
    };
    let thread = |thread: &Vec<Instruction>| thread.iter().map(strengthen).collect();
    program.iter().map(thread).collect()
}

/// A failed compare-exchange is strengthened by its model only, so such entries are left out.
#[test]
fn release_acquire_is_rc11_with_strengthened_accesses() {
    let wrong = wrong(|entry, program, outcome| {
        let compares = |thread: &Vec<Instruction>| {
            thread
                .iter()
                .any(|instruction| instruction.action == Action::Compare)
        };
        if program.iter().any(compares) {
            return Ok(());
        }
        let [_, allowed, ..] = entry.allowed();
        let found = explored::explore(Model::Rc11, &strengthened(program), outcome)?;
        expect(Model::ReleaseAcquire, found.outcome, allowed)
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_are_unique() {
    let names: BTreeSet<&str> = table().map(|entry| entry.name).collect();
    assert_eq!(names.len(), table().count());
}

/// How many entries have an origin of this kind.
fn count(kind: fn(&Origin) -> bool) -> usize {
    table().filter(|entry| kind(&entry.origin)).count()
}

#[test]
fn origins_are_as_many_as_the_page_says() {
    let published = count(|origin| matches!(origin, Origin::Published(_)));
    let related = count(|origin| matches!(origin, Origin::Related(_)));
    let derived = count(|origin| matches!(origin, Origin::Derived(_)));
    assert!(published >= 60, "{published}");
    let page = include_str!("../../../../../docs/memory-models.md");
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = format!(
        "{} programs, of which {published} name a source for their verdict, {related} one for \
         another memory model, and {derived}, for which none was found",
        table().count()
    );
    assert!(page.contains(&sentence), "{sentence}");
}
