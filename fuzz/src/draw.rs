//! How programs are drawn: short ones, on few places, so that they collide.
//!
//! Each strategy says what it wants by construction. One that refuses what it drew would end proptest's shrinking there,
//! and a seed draws something else in the next version; so programs are kept as texts, and shrunk by [`crate::shrink`],
//! which also knows those that came of a mutation.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::strategy::{BoxedStrategy, Union, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::program::{Program, Step};
use crate::spec::{Arg, Row, TargetSpec};
use crate::state::State;

/// The most calls of one thread.
const CALLS: usize = 4;

/// A source of programs; the same seed gives the same ones.
#[derive(Debug)]
pub struct Source {
    runner: TestRunner,
}

impl Source {
    /// The programs of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let config = Config {
            failure_persistence: None,
            ..Config::default()
        };
        Self {
            runner: TestRunner::new_with_rng(config, rng),
        }
    }

    /// Draws a value.
    ///
    /// # Panics
    /// When the strategy refuses what it draws, which none here does.
    pub fn draw<T: std::fmt::Debug>(&mut self, strategy: &impl Strategy<Value = T>) -> T {
        let tree = strategy.new_tree(&mut self.runner);
        tree.expect("a strategy that refuses nothing").current()
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let number: u64 = self.draw(&any::<u64>());
        (number % end.max(1) as u64) as usize
    }
}

/// Programs for a target.
pub fn programs(target: &Arc<TargetSpec>) -> BoxedStrategy<Program> {
    let most = target.threads;
    let target = Arc::clone(target);
    // Two threads find most, and their schedules are searched soonest.
    let threads = Union::new_weighted(
        (2..=most)
            .map(|threads| (if threads == 2 { 6 } else { 1 }, Just(threads)))
            .collect(),
    );
    threads
        .prop_flat_map(move |threads| of_threads(&target, threads))
        .boxed()
}

fn of_threads(target: &Arc<TargetSpec>, threads: usize) -> BoxedStrategy<Program> {
    let calls = vec(step(target), 1..=CALLS);
    let target = Arc::clone(target);
    (start(&target), vec(calls, threads))
        .prop_map(move |(start, threads)| {
            let target = Arc::clone(&target);
            let program = Program {
                target,
                start,
                threads,
            };
            program.closed()
        })
        .boxed()
}

/// One call of a target.
pub fn step(target: &TargetSpec) -> BoxedStrategy<Step> {
    let each = target.operations.iter().enumerate();
    let each = each
        .filter(|(_, spec)| spec.weight > 0)
        .map(|(operation, spec)| {
            let args: Vec<BoxedStrategy<i8>> = spec.args.iter().map(|arg| number(*arg)).collect();
            let step = args.prop_map(move |args| Step { operation, args });
            (u32::from(spec.weight), step.boxed())
        });
    Union::new_weighted(each.collect()).boxed()
}

/// An argument.
fn number(arg: Arg) -> BoxedStrategy<i8> {
    let (least, greatest) = arg.range();
    match arg {
        Arg::Index => {
            Union::new_weighted(vec![(4, (0..=greatest).boxed()), (1, (least..0).boxed())]).boxed()
        }
        Arg::Key | Arg::Value | Arg::Item | Arg::Below(_) => (least..=greatest).boxed(),
    }
}

/// What is shared at the start.
fn start(target: &TargetSpec) -> BoxedStrategy<State> {
    let rows: Vec<BoxedStrategy<Vec<i8>>> = target.start.iter().map(row).collect();
    rows.prop_map(State::new).boxed()
}

fn row(row: &Row) -> BoxedStrategy<Vec<i8>> {
    match *row {
        Row::Values(most) => vec(1..10_i8, 0..=most).boxed(),
        Row::Pairs(most) => vec(1..10_i8, 0..=most)
            .prop_map(|values| {
                let pairs = (0..).zip(values);
                pairs.flat_map(|(key, value)| [key, value]).collect()
            })
            .boxed(),
        Row::Keys(most) => (0..=most as i8).prop_map(|end| (0..end).collect()).boxed(),
        Row::Fixed(numbers) => Just(numbers.to_vec()).boxed(),
    }
}

/// Another program, near to one that has shown something new.
#[must_use]
pub fn mutated(program: &Program, source: &mut Source) -> Program {
    let mut program = program.clone();
    let thread = source.below(program.threads.len());
    let calls = program.threads[thread].len();
    let at = source.below(calls);
    let fresh = source.draw(&step(&program.target));
    match source.below(5) {
        0 if calls < 2 * CALLS => program.threads[thread].insert(at, fresh),
        1 if calls > 1 => {
            program.threads[thread].remove(at);
        }
        2 => {
            let strategy = start(&program.target);
            program.start = source.draw(&strategy);
        }
        3 => {
            let other = source.below(program.threads.len());
            program.threads.swap(thread, other);
            program.threads[thread].rotate_left(1);
        }
        _ if calls > 0 => program.threads[thread][at] = fresh,
        _ => program.threads[thread].push(fresh),
    }
    program.closed()
}
