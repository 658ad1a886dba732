//! The long run: engine against oracle on as many random programs as asked for.
//!
//! `cargo run --release -p graph-engine --example agree -- [programs] [first seed] [every how many]`
//!
//! Of each five programs one waits a lot, one has mostly SC events, one has spin locks, and one has
//! SC events among steps that no other thread sees. From four of them a program is made besides, in which
//! threads are alike, and compared up to symmetry.

#[path = "../tests/oracle/mod.rs"]
mod oracle;

use std::process::ExitCode;

use graph_engine::{Config, Model};
use proptest::strategy::{BoxedStrategy, Strategy, ValueTree};
use proptest::test_runner::{Config as Proptest, RngAlgorithm, TestRng, TestRunner};

use oracle::Answer;
use oracle::program::{
    Program, private_programs, programs, sc_programs, turn_programs, waiting_programs,
};
use oracle::symmetry::{alike_programs, answer_up_to_symmetry, renamed};

/// Programs with more candidate graphs than this would take the oracle too long.
const LIMIT: u64 = 50_000;

const MODELS: [Model; 4] = [Model::Sc, Model::ReleaseAcquire, Model::Rc11, Model::Cpp20];

fn main() -> ExitCode {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|argument| argument.parse::<u64>());
    let mut number = |absent: u64| match arguments.next() {
        None => Ok(absent),
        Some(given) => given,
    };
    let (Ok(count), Ok(first), Ok(every)) = (number(100_000), number(0), number(1)) else {
        eprintln!("usage: agree [programs] [first seed] [every how many]");
        return ExitCode::from(2);
    };
    run((first..)
        .step_by(every.max(1) as usize)
        .take(count as usize))
}

fn run(seeds: impl Iterator<Item = u64>) -> ExitCode {
    let mut tally = Tally::default();
    for seed in seeds {
        let program = random_program(seed);
        if let Err(difference) = compare_alike(seed, &mut tally) {
            eprintln!("seed {seed}, up to symmetry: {difference}");
            return ExitCode::FAILURE;
        }
        if compare(&program, &mut tally).is_err() {
            let (program, difference) = shrink(program);
            eprintln!("seed {seed}: {program:?}\n{difference}");
            return ExitCode::FAILURE;
        }
        if tally.programs.is_multiple_of(10_000) {
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
    /// Comparisons up to symmetry, and those in which the engine could not.
    alike: u64,
    circles: u64,
    failing: u64,
    graphs: u64,
}

/// The program of a seed, of one of five kinds.
fn random_program(seed: u64) -> Program {
    draw(seed, strategy(seed))
}

fn draw<T: std::fmt::Debug>(seed: u64, strategy: BoxedStrategy<T>) -> T {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Proptest::default(), rng);
    strategy
        .new_tree(&mut runner)
        .expect("the generator rejects nothing")
        .current()
}

fn strategy(seed: u64) -> BoxedStrategy<Program> {
    match seed % 5 {
        0 => programs().boxed(),
        1 => waiting_programs().boxed(),
        2 => sc_programs().boxed(),
        3 => private_programs().boxed(),
        _ => turn_programs().boxed(),
    }
}

/// The same up to symmetry, where no private step makes threads part without an order.
fn compare_alike(seed: u64, tally: &mut Tally) -> Result<(), String> {
    if seed % 5 == 3 {
        return Ok(());
    }
    let program = draw(seed, alike_programs(strategy(seed)).boxed());
    for model in MODELS {
        let Some(all) = oracle::brute::answer(model, &program.program, LIMIT) else {
            tally.too_large += 1;
            continue;
        };
        let expected = renamed(&all, program.alike);
        let found = answer_up_to_symmetry(Config::new(model), &program);
        let circle = |why: &String| why.contains("symmetry is of no use here");
        if model != Model::Sc && found.as_ref().is_err_and(circle) {
            tally.circles += 1;
            continue;
        }
        let counted = found.as_ref().map_or(0, |found| found.graphs.len());
        let found = found.map(|found| renamed(&found, program.alike));
        let once = |found: &Answer| found.graphs.len() == counted && expected.admits(found);
        if !found.as_ref().is_ok_and(once) {
            let difference = difference(&expected, found);
            return Err(format!(
                "{model:?}, {counted} counted: {program:?}\n{difference}"
            ));
        }
        tally.alike += 1;
    }
    Ok(())
}

/// What one of them has and the other lacks.
fn difference(expected: &Answer, found: Result<Answer, String>) -> String {
    let found = match found {
        Ok(found) => found,
        Err(why) => {
            let (first, last) = (why.lines().next(), why.lines().next_back());
            let expected = expected.graphs.len();
            return format!("{expected} graphs expected, found {first:?} .. {last:?}");
        }
    };
    let missed: Vec<_> = expected.graphs.difference(&found.graphs).collect();
    let invented: Vec<_> = found.graphs.difference(&expected.graphs).collect();
    let failures = (&expected.failures, &found.failures);
    format!("failures {failures:?}\nmissed {missed:?}\ninvented {invented:?}")
}

/// Leaves out instructions as long as engine and oracle still disagree.
fn shrink(mut program: Program) -> (Program, String) {
    let differs = |program: &Program| compare(program, &mut Tally::default()).err();
    let mut difference = differs(&program).unwrap_or_default();
    loop {
        let with_difference = |smaller: Program| Some((differs(&smaller)?, smaller));
        let found = without_one(&program).find_map(with_difference);
        let Some((why, smaller)) = found else {
            return (program, difference);
        };
        (program, difference) = (smaller, why);
    }
}

/// The program without one of its instructions, for each of them.
fn without_one(program: &Program) -> impl Iterator<Item = Program> + '_ {
    let places = program.0.iter().enumerate();
    let places = places.flat_map(|(thread, steps)| (0..steps.len()).map(move |at| (thread, at)));
    places.map(|(thread, at)| {
        let mut smaller = program.clone();
        smaller.0[thread].remove(at);
        smaller
    })
}

fn compare(program: &Program, tally: &mut Tally) -> Result<(), String> {
    tally.programs += 1;
    for model in MODELS {
        let Some(expected) = oracle::brute::answer(model, program, LIMIT) else {
            tally.too_large += 1;
            continue;
        };
        let found = oracle::engine::answer(Config::new(model), program);
        if !found.as_ref().is_ok_and(|found| expected.admits(found)) {
            return Err(format!("{model:?}: {}", difference(&expected, found)));
        }
        tally.comparisons += 1;
        tally.failing += u64::from(!expected.failures.is_empty());
        tally.graphs += expected.graphs.len() as u64;
    }
    Ok(())
}
