//! Straight-line programs, and a generator of random ones.

use graph_engine::Mode;
use proptest::prelude::*;

/// One instruction. Locations 0 and 1 are for atomics, 2 is a cell, 3 and 4 are locks, 5 is
/// a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instruction {
    Load(usize, Mode),
    Store(usize, u64, Mode),
    Add(usize, Mode),
    Cas {
        loc: usize,
        expected: u64,
        new: u64,
        success: Mode,
        failure: Mode,
        weak: bool,
    },
    Fence(Mode),
    Read(usize),
    Write(usize, u64),
    /// Takes the lock.
    Lock(usize),
    Unlock(usize),
    /// Waits for the token and takes it.
    Park,
    Unpark,
    /// Waits in a loop until the location has the value.
    Await(usize, u64, Mode),
    /// Exchanges 1 for what is there, in a loop, until that is something else.
    TestAndSet(usize, Mode),
    /// Tries a compare-exchange in a loop until it succeeds.
    CasLoop(usize, u64, u64, Mode),
    /// Chooses 0 or 1 and stores one more.
    StoreChoice(usize, Mode),
    /// A step that no other thread sees.
    Private(Private),
}

/// What a thread does for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Private {
    /// Uses a location of its own.
    Location,
    /// Allocates a block, uses and frees it.
    Block,
    /// Starts a thread that uses a location of the first one, and joins it.
    Child,
    /// Chooses among one.
    Choice,
}

/// The number of locations.
pub(crate) const LOCATIONS: usize = 6;
/// The first location that is a lock.
pub(crate) const LOCK: usize = 3;
/// The location that is a token.
pub(crate) const TOKEN: usize = 5;

/// A program: for each thread its instructions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program(pub(crate) Vec<Vec<Instruction>>);

fn load_mode() -> impl Strategy<Value = Mode> {
    prop_oneof![3 => Just(Mode::Relaxed), 3 => Just(Mode::Acquire), 2 => Just(Mode::SeqCst)]
}

fn store_mode() -> impl Strategy<Value = Mode> {
    prop_oneof![3 => Just(Mode::Relaxed), 3 => Just(Mode::Release), 2 => Just(Mode::SeqCst)]
}

fn any_mode() -> impl Strategy<Value = Mode> {
    prop_oneof![2 => load_mode(), 2 => store_mode(), 1 => Just(Mode::AcqRel)]
}

fn fence_mode() -> impl Strategy<Value = Mode> {
    let modes = [
        Mode::Acquire,
        Mode::Release,
        Mode::AcqRel,
        Mode::SeqCst,
        Mode::SeqCst,
    ];
    (0..modes.len()).prop_map(move |i| modes[i])
}

fn atomic() -> impl Strategy<Value = usize> {
    0..2_usize
}

fn cas() -> impl Strategy<Value = Instruction> {
    (
        atomic(),
        0..3_u64,
        1..3_u64,
        any_mode(),
        load_mode(),
        any::<bool>(),
    )
        .prop_map(
            |(loc, expected, new, success, failure, weak)| Instruction::Cas {
                loc,
                expected,
                new,
                success,
                failure,
                weak,
            },
        )
}

/// One step: an instruction, or a critical section around one.
fn step() -> impl Strategy<Value = Vec<Instruction>> {
    let plain = prop_oneof![
        Just(Instruction::Read(2)),
        (1..3_u64).prop_map(|value| Instruction::Write(2, value)),
    ];
    let atomics = prop_oneof![
        6 => (atomic(), load_mode()).prop_map(|(loc, mode)| Instruction::Load(loc, mode)),
        6 => (atomic(), 1..3_u64, store_mode()).prop_map(|(loc, value, mode)| Instruction::Store(loc, value, mode)),
        2 => (atomic(), any_mode()).prop_map(|(loc, mode)| Instruction::Add(loc, mode)),
        2 => cas(),
        3 => fence_mode().prop_map(Instruction::Fence),
        1 => (atomic(), 1..3_u64, load_mode()).prop_map(|(loc, value, mode)| Instruction::Await(loc, value, mode)),
        1 => (atomic(), store_mode()).prop_map(|(loc, mode)| Instruction::StoreChoice(loc, mode)),
    ];
    let either = prop_oneof![1 => plain.clone(), 20 => atomics.clone()];
    let inside = prop_oneof![1 => plain, 1 => atomics];
    let section =
        inside.prop_map(|inner| vec![Instruction::Lock(LOCK), inner, Instruction::Unlock(LOCK)]);
    prop_oneof![12 => either.prop_map(|one| vec![one]), 1 => section]
}

/// One step of a thread that waits a lot.
fn waiting_step() -> impl Strategy<Value = Vec<Instruction>> {
    let lock = LOCK..TOKEN;
    let accesses = prop_oneof![
        3 => (atomic(), load_mode()).prop_map(|(loc, mode)| Instruction::Load(loc, mode)),
        3 => (atomic(), 1..3_u64, store_mode()).prop_map(|(loc, value, mode)| Instruction::Store(loc, value, mode)),
        1 => (atomic(), any_mode()).prop_map(|(loc, mode)| Instruction::Add(loc, mode)),
        1 => Just(Instruction::Fence(Mode::SeqCst)),
        2 => (atomic(), 1..3_u64, load_mode()).prop_map(|(loc, value, mode)| Instruction::Await(loc, value, mode)),
        1 => (atomic(), any_mode()).prop_map(|(loc, mode)| Instruction::TestAndSet(loc, mode)),
        1 => (atomic(), 0..3_u64, 1..3_u64, any_mode())
            .prop_map(|(loc, expected, new, mode)| Instruction::CasLoop(loc, expected, new, mode)),
        2 => Just(Instruction::Park),
        4 => Just(Instruction::Unpark),
        1 => lock.clone().prop_map(Instruction::Unlock),
        1 => lock.clone().prop_map(Instruction::Lock),
        1 => (atomic(), store_mode()).prop_map(|(loc, mode)| Instruction::StoreChoice(loc, mode)),
        1 => cas(),
    ];
    let inside = prop::collection::vec(accesses.clone(), 0..3);
    let section = (lock, inside).prop_map(|(lock, inside)| {
        let (before, after) = (Instruction::Lock(lock), Instruction::Unlock(lock));
        [vec![before], inside, vec![after]].concat()
    });
    prop_oneof![3 => accesses.prop_map(|one| vec![one]), 2 => section]
}

/// One step of a thread that takes its turn: a spin lock around a step, or a wait for the others.
fn turn() -> impl Strategy<Value = Vec<Instruction>> {
    let modes = || (any_mode(), store_mode());
    let inside = prop_oneof![
        load_mode().prop_map(|mode| Instruction::Load(1, mode)),
        any_mode().prop_map(|mode| Instruction::Add(1, mode)),
    ];
    let test_and_set = (modes(), inside.clone()).prop_map(|((taken, given), inside)| {
        let (before, after) = (
            Instruction::TestAndSet(0, taken),
            Instruction::Store(0, 0, given),
        );
        vec![before, inside, after]
    });
    let exchange = (modes(), inside).prop_map(|((taken, given), inside)| {
        let before = Instruction::CasLoop(0, 0, 1, taken);
        vec![before, inside, Instruction::Store(0, 0, given)]
    });
    let barrier = (any_mode(), load_mode(), 1..4_u64).prop_map(|(add, load, all)| {
        vec![Instruction::Add(1, add), Instruction::Await(1, all, load)]
    });
    let chain = (any_mode(), 0..3_u64)
        .prop_map(|(mode, value)| vec![Instruction::CasLoop(1, value, value + 1, mode)]);
    prop_oneof![3 => test_and_set, 2 => exchange, 2 => barrier, 2 => chain]
}

/// Programs of 2 to 4 threads and up to 10 instructions whose loops wait for their turn.
pub(crate) fn turn_programs() -> impl Strategy<Value = Program> {
    programs_of(turn(), 10)
}

/// A mode that is most often SeqCst.
fn mostly_sc(weaker: impl Strategy<Value = Mode>) -> impl Strategy<Value = Mode> {
    prop_oneof![3 => Just(Mode::SeqCst), 2 => weaker]
}

/// One step of a thread with many sequentially consistent events.
fn sc_step() -> impl Strategy<Value = Vec<Instruction>> {
    let (load, store) = (mostly_sc(load_mode()), mostly_sc(store_mode()));
    prop_oneof![
        5 => (atomic(), load).prop_map(|(loc, mode)| Instruction::Load(loc, mode)),
        5 => (atomic(), 1..3_u64, store).prop_map(|(loc, value, mode)| Instruction::Store(loc, value, mode)),
        2 => (atomic(), mostly_sc(any_mode())).prop_map(|(loc, mode)| Instruction::Add(loc, mode)),
        1 => mostly_sc(fence_mode()).prop_map(Instruction::Fence),
    ]
    .prop_map(|one| vec![one])
}

/// Programs of 2 to 4 threads and up to 8 instructions, most of them SeqCst.
pub(crate) fn sc_programs() -> impl Strategy<Value = Program> {
    programs_of(sc_step(), 8)
}

/// A step that no other thread sees, or none.
fn private_step() -> impl Strategy<Value = Vec<Instruction>> {
    use Private::{Block, Child, Choice, Location};
    let all = [Location, Block, Child, Choice];
    let private = (0..all.len()).prop_map(move |i| vec![Instruction::Private(all[i])]);
    prop_oneof![2 => Just(Vec::new()), 1 => private]
}

/// Programs of SC accesses with steps among them that no other thread sees. Random ones seldom have
/// the shape in which these matter (`WWmerge`), so these are near it.
pub(crate) fn private_programs() -> impl Strategy<Value = Program> {
    use Instruction::{Load, Store};
    let near = |step: Instruction| {
        let step = prop_oneof![5 => Just(vec![step]), 1 => sc_step()];
        (step, private_step()).prop_map(|(step, private)| [step, private].concat())
    };
    let thread = move |first: Instruction, second: Instruction| {
        (private_step(), near(first), near(second)).prop_map(|(a, b, c)| [a, b, c].concat())
    };
    let sc = Mode::SeqCst;
    let threads = (
        thread(Load(0, Mode::Acquire), Load(1, sc)),
        thread(Store(0, 1, sc), Store(0, 2, sc)),
        thread(Store(1, 1, sc), Load(0, sc)),
    );
    threads.prop_map(|(a, b, c)| Program(vec![a, b, c]))
}

/// One step of a thread that writes constants only.
fn constant_step() -> impl Strategy<Value = Vec<Instruction>> {
    prop_oneof![
        6 => (atomic(), load_mode()).prop_map(|(loc, mode)| Instruction::Load(loc, mode)),
        6 => (atomic(), 1..3_u64, store_mode()).prop_map(|(loc, value, mode)| Instruction::Store(loc, value, mode)),
        1 => (atomic(), 0..3_u64, 1..3_u64, any_mode(), load_mode()).prop_map(
            |(loc, expected, new, success, failure)| Instruction::Cas { loc, expected, new, success, failure, weak: false }
        ),
        1 => fence_mode().prop_map(Instruction::Fence),
    ]
    .prop_map(|one| vec![one])
}

/// Programs of 2 to 4 threads and up to 7 instructions that write constants only.
pub(crate) fn constant_programs() -> impl Strategy<Value = Program> {
    programs_of(constant_step(), 7)
}

/// Programs of 2 to 4 threads and up to 10 instructions that wait a lot.
pub(crate) fn waiting_programs() -> impl Strategy<Value = Program> {
    programs_of(waiting_step(), 10)
}

/// Programs of 2 to 4 threads and up to 8 instructions.
pub(crate) fn programs() -> impl Strategy<Value = Program> {
    programs_of(step(), 8)
}

fn programs_of(
    step: impl Strategy<Value = Vec<Instruction>>,
    len: usize,
) -> impl Strategy<Value = Program> {
    let threads = prop_oneof![4 => Just(2_usize), 3 => Just(3), 1 => Just(4)];
    let steps = prop::collection::vec((any::<prop::sample::Index>(), step), 2..=len);
    (threads, steps).prop_map(move |(threads, steps)| {
        let mut program = vec![Vec::new(); threads];
        let mut left = len;
        for (thread, step) in steps {
            if step.len() <= left {
                left -= step.len();
                program[thread.index(threads)].extend(step);
            }
        }
        Program(program)
    })
}
