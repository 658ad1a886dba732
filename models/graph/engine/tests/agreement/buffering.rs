//! Load buffering is told of where the axioms admit a cycle in po ∪ rf, and of nothing else.

use graph_engine::{Config, Engine, Model};
use proptest::prelude::*;

use crate::oracle::program::{Instruction, Program, constant_programs};
use crate::oracle::{brute, engine};

/// Programs with more candidate graphs than this would take the oracle too long.
const LIMIT: u64 = 3_000;

fn compares(program: &Program) -> bool {
    let compares = |instruction: &Instruction| matches!(instruction, Instruction::Cas { .. });
    program.0.iter().flatten().any(compares)
}

fn compare(model: Model, program: &Program) -> Result<(), TestCaseError> {
    let Some(expected) = brute::buffered(model, program, LIMIT) else {
        return Ok(());
    };
    let told = {
        let program = program.clone();
        Engine::explore(Config::new(model), move || engine::run(&program)).buffering
    };
    let is_new = !expected.with_cycle.is_subset(&expected.without);
    prop_assert!(!is_new || told.is_some(), "{model:?} misses a cycle");
    // What a compare-exchange that has failed would write is not looked at.
    let invented = told.is_some() && expected.cyclic == 0 && !compares(program);
    prop_assert!(!invented, "{model:?} invents {told:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn load_buffering_is_told_where_it_is_possible(program in constant_programs()) {
        compare(Model::Rc11, &program)?;
        compare(Model::Cpp20, &program)?;
    }
}
