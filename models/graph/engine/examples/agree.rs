//! The long run: engine against oracle on as many random programs as asked for.
//!
//! `cargo run --release -p graph-engine --example agree -- [programs] [first seed]`

#[path = "../tests/oracle/mod.rs"]
mod oracle;

use std::process::ExitCode;

use graph_engine::{Config, Model};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config as Proptest, RngAlgorithm, TestRng, TestRunner};

use oracle::program::{Program, programs, sc_programs, waiting_programs};

/// Programs with more candidate graphs than this would take the oracle too long.
const LIMIT: u64 = 50_000;

fn main() -> ExitCode {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|argument| argument.parse::<u64>());
    let (count, first) = match (arguments.next(), arguments.next()) {
        (None, None) => (100_000, 0),
        (Some(Ok(count)), None) => (count, 0),
        (Some(Ok(count)), Some(Ok(first))) => (count, first),
        _ => {
            eprintln!("usage: agree [programs] [first seed]");
            return ExitCode::from(2);
        }
    };
    run(first..first + count)
}

fn run(seeds: std::ops::Range<u64>) -> ExitCode {
    let mut tally = Tally::default();
    for seed in seeds {
        let program = random_program(seed);
        if let Err(difference) = compare(&program, &mut tally) {
            eprintln!("seed {seed}: {program:?}\n{difference}");
            return ExitCode::FAILURE;
        }
        if (seed + 1) % 10_000 == 0 {
            println!("{tally:?}");
        }
    }
    println!("agreed: {tally:?}");
    ExitCode::SUCCESS
}

/// What was compared.
#[derive(Debug, Default)]
struct Tally {
    programs: u64,
    comparisons: u64,
    too_large: u64,
    failing: u64,
    graphs: u64,
}

/// Every third program waits a lot, and every third has mostly SC events.
fn random_program(seed: u64) -> Program {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Proptest::default(), rng);
    let strategy = match seed % 3 {
        0 => programs().boxed(),
        1 => waiting_programs().boxed(),
        _ => sc_programs().boxed(),
    };
    strategy
        .new_tree(&mut runner)
        .expect("the generator rejects nothing")
        .current()
}

fn compare(program: &Program, tally: &mut Tally) -> Result<(), String> {
    tally.programs += 1;
    for model in [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20] {
        let Some(expected) = oracle::brute::answer(model, program, LIMIT) else {
            tally.too_large += 1;
            continue;
        };
        let found = oracle::engine::answer(Config::new(model), program);
        if !found.as_ref().is_ok_and(|found| expected.admits(found)) {
            return Err(format!("{model:?}\noracle {expected:?}\nengine {found:?}"));
        }
        tally.comparisons += 1;
        tally.failing += u64::from(!expected.failures.is_empty());
        tally.graphs += expected.graphs.len() as u64;
    }
    Ok(())
}
