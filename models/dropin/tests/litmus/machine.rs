//! Runs a program of the corpus on loom's interface.

use std::collections::BTreeSet;
use std::sync::Arc;

use loom::sync::Mutex;
use loom::sync::atomic::{AtomicU32, fence};

use crate::program::{Op, Order, Program};

/// What one thread of a program works on.
#[derive(Clone)]
struct Machine {
    memory: Arc<Vec<AtomicU32>>,
    registers: Arc<std::sync::Mutex<Vec<u32>>>,
    lock: Arc<Mutex<()>>,
}

/// What all executions of the program come to.
pub(crate) fn outcomes(program: &'static Program) -> BTreeSet<String> {
    let found = Arc::new(std::sync::Mutex::new(BTreeSet::new()));
    let seen = Arc::clone(&found);
    let mut builder = loom::model::Builder::new();
    builder.weak_failures = true;
    builder.check(move || {
        let outcome = run(program);
        seen.lock().unwrap().insert(outcome);
    });
    found.lock().unwrap().clone()
}

fn run(program: &'static Program) -> String {
    let memory = program.places.iter().map(|_| AtomicU32::new(0)).collect();
    let machine = Machine {
        memory: Arc::new(memory),
        registers: Arc::new(std::sync::Mutex::new(vec![0; program.registers])),
        lock: Arc::new(Mutex::new(())),
    };
    let start = |ops: &&'static [Op]| {
        let (machine, ops) = (machine.clone(), *ops);
        loom::thread::spawn(move || machine.run(ops))
    };
    let threads: Vec<_> = program.threads.iter().map(start).collect();
    for thread in threads {
        thread.join().unwrap();
    }
    // ORDERING: every thread was joined.
    let last = |place: &AtomicU32| place.load(Order::Relaxed);
    let memory: Vec<u32> = machine.memory.iter().map(last).collect();
    program.outcome(&machine.registers.lock().unwrap(), &memory)
}

impl Machine {
    fn run(&self, ops: &[Op]) {
        for op in ops {
            self.step(op);
        }
    }

    fn set(&self, register: usize, value: u32) {
        self.registers.lock().unwrap()[register] = value;
    }

    // ORDERING: the program says which; it is what is tested.
    fn step(&self, op: &Op) {
        let relaxed = Order::Relaxed;
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
                let result = self.memory[place].compare_exchange(current, new, order, relaxed);
                self.set(register, result.unwrap_or_else(|found| found));
            }
            Op::WeakCas(register, place, current, new, order) => {
                let result = self.memory[place].compare_exchange_weak(current, new, order, relaxed);
                self.set(register, u32::from(result.is_ok()));
            }
            Op::Fence(order) => fence(order),
            Op::When(register, value, ops) => {
                let holds = self.registers.lock().unwrap()[register] == value;
                self.run(if holds { ops } else { &[] });
            }
            Op::Locked(ops) => {
                let _guard = self.lock.lock().unwrap();
                self.run(ops);
            }
        }
    }
}
