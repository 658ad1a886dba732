//! Litmus tests: programs of a few accesses, each written once as data and run here on `crate::rt::sync`.
//!
//! What a program may come to is computed elsewhere, from the same data, without any checker.

mod bad;
mod corpus;
pub mod draw;
pub mod program;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reports::scenario::{Bound, Claims, Pillar, Scenario};

use crate::rt::protocols::mutex;
use crate::rt::sync::atomic::{AtomicU32, fence};
use crate::rt::sync::park::ParkingLot;
use crate::rt::sync::thread;
pub use corpus::ALL;
use program::{Op, Program};

/// A program, and how a checker runs it.
#[derive(Clone, Copy, Debug)]
pub struct Litmus {
    /// The program.
    pub program: &'static Program,
    /// Runs it once and records what it came to.
    pub body: fn(&Claims),
}

impl Litmus {
    /// The program as a scenario.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        Scenario {
            name: self.program.name,
            pillar: Pillar::Safepoint,
            question: "Which outcomes does the checker find?",
            always: "The outcomes are those of the memory model.",
            sometimes: &[],
            bound: Bound::Complete,
            body: self.body,
        }
    }
}

const STACK: usize = 128 << 10;

/// The drawn program that is being explored. A body is told nothing, and may run on any OS thread.
static DRAWN: Mutex<Option<&'static Program>> = Mutex::new(None);

/// Held as long as it is explored.
static TURN: Mutex<()> = Mutex::new(());

/// Lets `explore` run a program that is not in the corpus; others wait for their turn.
pub fn drawn<R>(program: &'static Program, explore: impl FnOnce(&Scenario) -> R) -> R {
    let _turn = lock(&TURN);
    *lock(&DRAWN) = Some(program);
    let body = |claims: &Claims| {
        let program = *lock(&DRAWN);
        run(program.expect("a program was drawn"), claims);
    };
    explore(&Litmus { program, body }.scenario())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `program` once, each of its threads as a thread, and records registers and memory at the end.
fn run(program: &'static Program, claims: &Claims) {
    let memory: Arc<Vec<AtomicU32>> = Arc::new(
        (program.places.iter())
            .map(|name| AtomicU32::new(name, 0))
            .collect(),
    );
    let registers = Arc::new(Mutex::new(vec![0; program.registers]));
    let section = has_sections(program).then(Arc::default);
    let threads: Vec<_> = (program.threads.iter())
        .map(|ops| {
            let machine = Machine {
                memory: Arc::clone(&memory),
                registers: Arc::clone(&registers),
                section: section.clone(),
            };
            thread::spawn("worker", STACK, move || machine.run(ops)).expect("a thread starts")
        })
        .collect();
    threads.into_iter().for_each(thread::JoinHandle::join);
    // ORDERING: Relaxed; every thread was joined.
    let last = |place: &AtomicU32| place.load(program::Order::Relaxed);
    let memory: Vec<u32> = memory.iter().map(last).collect();
    claims.outcome(program.outcome(&lock(&registers), &memory));
}

fn has_sections(program: &Program) -> bool {
    let mut ops = program.threads.iter().copied().flatten();
    ops.any(|op| matches!(op, Op::Locked(_)))
}

/// What one thread of a program works on.
struct Machine {
    memory: Arc<Vec<AtomicU32>>,
    registers: Arc<Mutex<Vec<u32>>>,
    /// None in a program that has no use for it.
    section: Option<Arc<Section>>,
}

/// The program's lock.
struct Section {
    lot: ParkingLot,
    lock: mutex::Mutex<()>,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            lot: ParkingLot::new(),
            lock: mutex::Mutex::new("lock", ()),
        }
    }
}

impl Machine {
    fn run(&self, ops: &[Op]) {
        ops.iter().for_each(|op| self.step(op));
    }

    // ORDERING: the program says which; it is what is tested.
    fn step(&self, op: &Op) {
        match *op {
            Op::Load(register, place, order) => self.set(register, self.memory[place].load(order)),
            Op::Store(place, value, order) => self.memory[place].store(value, order),
            Op::Swap(register, place, value, order) => {
                self.set(register, self.memory[place].swap(value, order));
            }
            Op::Add(register, place, value, order) => {
                self.set(register, self.memory[place].fetch_add(value, order));
            }
            Op::Cas(register, place, current, new, order) => {
                let relaxed = program::Order::Relaxed;
                let result = self.memory[place].compare_exchange(current, new, order, relaxed);
                self.set(register, result.unwrap_or_else(|found| found));
            }
            Op::WeakCas(register, place, current, new, order) => {
                let relaxed = program::Order::Relaxed;
                let result = self.memory[place].compare_exchange_weak(current, new, order, relaxed);
                self.set(register, u32::from(result.is_ok()));
            }
            Op::Fence(order) => fence(order),
            Op::When(register, value, ops) => {
                if self.get(register) == value {
                    self.run(ops);
                }
            }
            Op::Locked(ops) => {
                let section = self.section.as_ref().expect("the program has sections");
                section.lock.with(&section.lot, |()| self.run(ops));
            }
        }
    }

    fn get(&self, register: usize) -> u32 {
        lock(&self.registers)[register]
    }

    fn set(&self, register: usize, value: u32) {
        lock(&self.registers)[register] = value;
    }
}
