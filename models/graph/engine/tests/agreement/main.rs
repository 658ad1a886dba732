//! Engine and oracle find the same graphs of random programs, each once, in every model.

mod bounds;
mod buffering;
mod decorated;
#[path = "../oracle/mod.rs"]
mod oracle;
mod preemptions;
mod symmetry;

use graph_engine::{Config, Model};
use proptest::prelude::*;

use oracle::program::{
    Program, private_programs, programs, sc_programs, turn_programs, waiting_programs,
};

/// Programs with more candidate graphs than this are left to the long run.
const LIMIT: u64 = 3_000;

fn compare(program: &Program) -> Result<(), TestCaseError> {
    for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20] {
        let Some(expected) = oracle::brute::answer(model, program, LIMIT) else {
            continue;
        };
        let found = oracle::engine::answer(Config::new(model), program);
        let agree = found.as_ref().is_ok_and(|found| expected.admits(found));
        prop_assert!(
            agree,
            "{:?}\noracle {:?}\nengine {:?}",
            model,
            expected,
            found
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engine_and_oracle_agree(program in programs()) {
        compare(&program)?;
    }

    #[test]
    fn engine_and_oracle_agree_on_sc(program in sc_programs()) {
        compare(&program)?;
    }

    #[test]
    fn engine_and_oracle_agree_on_private_steps(program in private_programs()) {
        compare(&program)?;
    }

    #[test]
    fn engine_and_oracle_agree_on_waiting(program in waiting_programs()) {
        compare(&program)?;
    }

    #[test]
    fn engine_and_oracle_agree_on_turns(program in turn_programs()) {
        compare(&program)?;
    }
}
