//! Programs in which threads are alike, and what is left of their graphs up to renaming.

use std::collections::{BTreeMap, BTreeSet};

use graph_engine::{Config, spawn, spawn_alike};
use proptest::prelude::*;

use super::engine::{Shared, execute, explored};
use super::program::{Instruction, Program};
use super::{Answer, Fact, Label, Signature};

/// A program whose first threads are alike.
#[derive(Clone, Debug)]
pub(crate) struct AlikeProgram {
    pub(crate) alike: usize,
    pub(crate) program: Program,
}

/// Programs like the given ones: the first thread's beginning several times, and the beginnings of others.
pub(crate) fn alike_programs(
    programs: impl Strategy<Value = Program>,
) -> impl Strategy<Value = AlikeProgram> {
    let numbers = (2..4_usize, 1..5_usize, 0..4_usize);
    (programs, numbers).prop_map(|(Program(threads), (alike, len, others))| {
        let first: Vec<Instruction> = threads[0]
            .iter()
            .copied()
            .take(len.min(8 / alike))
            .collect();
        let mut all = vec![first; alike];
        let rest = threads[1..].iter();
        all.extend(rest.map(|thread| thread.iter().copied().take(others).collect()));
        let program = Program(all);
        AlikeProgram { alike, program }
    })
}

/// All graphs and failures that the engine finds, up to symmetry.
///
/// # Errors
/// What it did that it must not.
pub(crate) fn answer_up_to_symmetry(
    config: Config,
    program: &AlikeProgram,
) -> Result<Answer, String> {
    let body = program.clone();
    let config = Config {
        symmetry: true,
        ..config
    };
    explored(config, move || run(&body))
}

/// The program as a body for the engine.
pub(crate) fn run(program: &AlikeProgram) {
    let shared = Shared::new();
    let (alike, others) = program.program.0.split_at(program.alike);
    let first = alike[0].clone();
    spawn_alike(alike.len(), move || {
        first.iter().for_each(|step| execute(shared, step));
    });
    let others = others.to_vec();
    for instructions in others {
        spawn(move || instructions.iter().for_each(|step| execute(shared, step)));
    }
}

/// Of each graph the least renaming. None: of a graph there are two.
pub(crate) fn renamed(answer: &Answer, alike: usize) -> Answer {
    let graphs = answer.graphs.iter();
    Answer {
        failures: answer.failures.clone(),
        graphs: graphs.map(|graph| least_renaming(graph, alike)).collect(),
    }
}

/// The least of the renamings of a graph.
pub(crate) fn least_renaming(graph: &Signature, alike: usize) -> Signature {
    let all = orders((1..=alike).collect());
    let renamings = all.iter().map(|order| rename(graph, order));
    renamings.min().expect("there is an order of nothing")
}

fn rename(graph: &Signature, order: &[usize]) -> Signature {
    let names: BTreeMap<usize, usize> = (1..).zip(order.iter().copied()).collect();
    let name = |(thread, place): Label| (names.get(&thread).copied().unwrap_or(thread), place);
    let fact = |fact: &Fact| match fact {
        Fact::Reads(write, spurious) => Fact::Reads(write.map(name), *spurious),
        other => other.clone(),
    };
    let facts = graph.iter();
    facts
        .map(|(label, what)| (name(*label), fact(what)))
        .collect()
}

/// All orders of the numbers.
fn orders(numbers: Vec<usize>) -> BTreeSet<Vec<usize>> {
    if numbers.is_empty() {
        return BTreeSet::from([Vec::new()]);
    }
    let mut found = BTreeSet::new();
    for at in 0..numbers.len() {
        let mut rest = numbers.clone();
        let first = rest.remove(at);
        found.extend(
            orders(rest)
                .into_iter()
                .map(|order| [vec![first], order].concat()),
        );
    }
    found
}
