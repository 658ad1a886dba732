//! Runs a program in a world, and finds the smallest program that fails there.

use std::fmt;
use std::time::Duration;

use ::explain::text::story;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRng, TestRunner};
use reports::failure::Failure;
use reports::plan::{Coverage, Plan, Search, World};
use reports::report::{FORMAT, Report};

use crate::program::Program;
use crate::{explain, native, running, shuttle};

const BUDGET: Duration = Duration::from_secs(60);
const SEED: u64 = 1;
const PCT_DEPTH: usize = 3;

/// Where and how a program is run.
#[derive(Clone, Copy, Debug)]
pub struct Race {
    /// The world: shuttle or native.
    pub world: World,
    /// How many executions each program gets.
    pub executions: u64,
    /// The fault that is on.
    pub fault: Option<&'static str>,
}

/// A program that fails, and how.
#[derive(Debug)]
pub struct Counterexample {
    /// The smallest one that was found.
    pub program: Program,
    /// Its failure.
    pub failure: Failure,
}

impl fmt::Display for Counterexample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = Report {
            format: FORMAT,
            question: shuttle::SCENARIO.question.to_owned(),
            always: shuttle::SCENARIO.always.to_owned(),
            coverage: Coverage::Sampled {
                executions: self.failure.replay.execution,
            },
            command: "cargo test -p fuzz".to_owned(),
            failure: self.failure.clone(),
        };
        writeln!(f, "{}", explain::program(&self.program))?;
        f.write_str(&story::render(&report))
    }
}

impl Race {
    /// Runs the program; gives its failure, if it fails.
    #[must_use]
    pub fn run(&self, program: &Program) -> Option<Failure> {
        let _turn = running::begin(program);
        self.searches()
            .into_iter()
            .find_map(|search| self.explore(search))
    }

    fn searches(&self) -> Vec<Search> {
        let executions = self.executions;
        match self.world {
            World::Native => vec![Search::Stress { executions }],
            _ => vec![
                Search::Pct {
                    seed: SEED,
                    executions,
                    depth: PCT_DEPTH,
                },
                Search::Random {
                    seed: SEED,
                    executions,
                },
            ],
        }
    }

    fn explore(&self, search: Search) -> Option<Failure> {
        let plan = Plan {
            fault: self.fault,
            ..Plan::new(search, BUDGET)
        };
        match self.world {
            World::Native => native::explore(&plan),
            _ => shuttle::explore(&plan),
        }
        .failure
    }

    /// Draws programs until one fails, and shrinks it; `seeds` programs are drawn, the same ones every time.
    pub fn fuzz(
        &self,
        programs: impl Strategy<Value = Program>,
        seeds: u32,
    ) -> Option<Counterexample> {
        let config = Config {
            cases: seeds,
            failure_persistence: None,
            ..Config::default()
        };
        let rng = TestRng::deterministic_rng(config.rng_algorithm);
        let mut runner = TestRunner::new_with_rng(config, rng);
        let outcome = runner.run(&programs, |program| match self.run(&program) {
            None => Ok(()),
            Some(failure) => Err(TestCaseError::fail(failure.kind.to_string())),
        });
        match outcome {
            Err(TestError::Fail(_, program)) => {
                let failure = self.run(&program)?;
                Some(Counterexample { program, failure })
            }
            _ => None,
        }
    }
}
