//! The litmus corpus through loom's interface: all that C++20 allows without load buffering is
//! found, what loom misses included, and nothing else.

#[allow(dead_code, unreachable_pub)]
#[path = "../../../../checks/litmus/bad.rs"]
mod bad;
#[allow(dead_code, unreachable_pub)]
#[path = "../../../../checks/litmus/corpus.rs"]
mod corpus;
mod interleaved;
mod machine;
#[allow(dead_code, unreachable_pub)]
#[path = "../../../../checks/litmus/program.rs"]
mod program;

use std::collections::BTreeSet;

use reports::scenario::Claims;

use program::Program;

/// What the corpus makes of each program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Litmus {
    program: &'static Program,
    #[allow(dead_code)]
    body: fn(&Claims),
}

/// The corpus asks for a body; the programs are run by `machine`.
fn run(_: &'static Program, _: &Claims) {}

fn expected(program: &Program) -> BTreeSet<String> {
    let weak = program.weak.iter().map(|outcome| (*outcome).to_owned());
    interleaved::outcomes(program)
        .into_iter()
        .chain(weak)
        .collect()
}

#[test]
fn the_corpus_comes_to_what_the_memory_model_allows() {
    for litmus in corpus::ALL {
        let found = machine::outcomes(litmus.program);
        assert_eq!(found, expected(litmus.program), "{}", litmus.program.name);
    }
}

#[test]
fn no_blind_spot_of_loom_is_left() {
    let blind = |litmus: &&Litmus| !litmus.program.missed.is_empty();
    assert!(corpus::ALL.iter().filter(blind).count() >= 3);
    for Litmus { program, .. } in corpus::ALL.iter().filter(blind) {
        let found = machine::outcomes(program);
        for outcome in program.missed {
            assert!(found.contains(*outcome), "{}: {outcome}", program.name);
        }
    }
}

#[test]
fn what_loom_invents_is_not_found() {
    for Litmus { program, .. } in corpus::ALL {
        let found = machine::outcomes(program);
        let invented = program
            .invented
            .iter()
            .find(|outcome| found.contains(**outcome));
        assert_eq!(invented, None, "{}", program.name);
    }
}
