//! Up to symmetry the engine finds what is left of the oracle's graphs when those are one that
//! differ in the names of threads that are alike.

use std::collections::BTreeSet;

use graph_engine::{Config, Model, Mutation};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::LIMIT;
use crate::oracle::program::{programs, sc_programs, turn_programs, waiting_programs};
use crate::oracle::symmetry::{
    AlikeProgram, alike_programs, answer_up_to_symmetry, least_renaming, renamed,
};
use crate::oracle::{self, Answer, Signature};
use crate::preemptions;

/// What the engine says where the threads have no order.
const NO_ORDER: &str = "symmetry is of no use here";

/// What the engine must find. None: too much for the oracle.
fn expected(model: Model, program: &AlikeProgram) -> Option<Answer> {
    let all = oracle::brute::answer(model, &program.program, LIMIT)?;
    Some(renamed(&all, program.alike))
}

/// Of the graphs within a bound on preemptions, what is left up to symmetry.
fn within(program: &AlikeProgram, model: Model, bound: usize) -> Option<BTreeSet<Signature>> {
    let all = preemptions::graphs(&program.program, Config::new(model))?;
    let within = all.into_iter().filter(|&(_, cost)| cost <= bound);
    Some(
        within
            .map(|(graph, _)| least_renaming(&graph, program.alike))
            .collect(),
    )
}

fn compare(program: &AlikeProgram) -> Result<(), TestCaseError> {
    for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20] {
        let Some(expected) = expected(model, program) else {
            continue;
        };
        let found = answer_up_to_symmetry(Config::new(model), program);
        if found
            .as_ref()
            .is_err_and(|why| model != Model::Sc && why.contains(NO_ORDER))
        {
            continue;
        }
        let counted = found.as_ref().map_or(0, |found| found.graphs.len());
        let found = found.map(|found| renamed(&found, program.alike));
        let once = found
            .as_ref()
            .is_ok_and(|found| found.graphs.len() == counted);
        let agree = found.as_ref().is_ok_and(|found| expected.admits(found));
        let found = found.unwrap_or_default();
        let missed: Vec<_> = expected.graphs.difference(&found.graphs).collect();
        let invented: Vec<_> = found.graphs.difference(&expected.graphs).collect();
        prop_assert!(
            once && agree,
            "{:?}, {} counted\nmissed {:?}\ninvented {:?}",
            model,
            counted,
            missed,
            invented
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn up_to_symmetry_engine_and_oracle_agree(program in alike_programs(programs())) {
        compare(&program)?;
    }

    #[test]
    fn up_to_symmetry_engine_and_oracle_agree_on_sc(program in alike_programs(sc_programs())) {
        compare(&program)?;
    }

    #[test]
    fn up_to_symmetry_engine_and_oracle_agree_on_waiting(program in alike_programs(waiting_programs())) {
        compare(&program)?;
    }

    #[test]
    fn up_to_symmetry_engine_and_oracle_agree_on_turns(program in alike_programs(turn_programs())) {
        compare(&program)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn up_to_symmetry_all_within_a_bound_on_preemptions_are_found(program in alike_programs(preemptions::all_programs())) {
        for model in [Model::Sc, Model::Cpp20] {
            for bound in 0..3 {
                let Some(within) = within(&program, model, bound) else { continue };
                let config = Config { max_preemptions: Some(bound), ..Config::new(model) };
                let Ok(found) = answer_up_to_symmetry(config, &program) else { continue };
                prop_assert_eq!(renamed(&found, program.alike).graphs, within, "{:?} within {}", model, bound);
            }
        }
    }
}

fn is_seen(mutation: Mutation, program: &AlikeProgram) -> bool {
    [Model::Sc, Model::Cpp20].into_iter().any(|model| {
        let Some(expected) = expected(model, program) else {
            return false;
        };
        let config = Config {
            mutation: Some(mutation),
            ..Config::new(model)
        };
        let found = answer_up_to_symmetry(config, program);
        !found.is_ok_and(|found| {
            let renamed = renamed(&found, program.alike);
            expected.admits(&renamed) && renamed.graphs.len() == found.graphs.len()
        })
    })
}

#[test]
fn faults_in_the_order_of_alike_threads_are_seen() {
    let mut runner = TestRunner::deterministic();
    let strategy = alike_programs(sc_programs());
    let drawn = |_| Some(strategy.new_tree(&mut runner).ok()?.current());
    let programs: Vec<AlikeProgram> = (0..300).filter_map(drawn).collect();
    for mutation in [Mutation::NoAlikeAncestors, Mutation::AnyNames] {
        let first = programs
            .iter()
            .position(|program| is_seen(mutation, program));
        assert!(first.is_some(), "nothing sees {mutation:?}");
    }
}
