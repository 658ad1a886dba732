//! What a program comes to when its operations are interleaved: every order, tried out.

use std::collections::BTreeSet;

use crate::program::{Op, Program};

#[derive(Clone)]
struct State {
    memory: Vec<u32>,
    registers: Vec<u32>,
    /// What each thread has still to do, the next last; `None` gives the lock back.
    left: Vec<Vec<Option<Op>>>,
    is_locked: bool,
}

/// The outcomes of all interleavings.
pub(crate) fn outcomes(program: &Program) -> BTreeSet<String> {
    let reversed = |ops: &&[Op]| ops.iter().rev().copied().map(Some).collect();
    let mut found = BTreeSet::new();
    let start = State {
        memory: vec![0; program.places.len()],
        registers: vec![0; program.registers],
        left: program.threads.iter().map(reversed).collect(),
        is_locked: false,
    };
    explore(program, start, &mut found);
    found
}

fn explore(program: &Program, state: State, found: &mut BTreeSet<String>) {
    if state.left.iter().all(Vec::is_empty) {
        found.insert(program.outcome(&state.registers, &state.memory));
    }
    for thread in 0..state.left.len() {
        for next in state.step(thread) {
            explore(program, next, found);
        }
    }
}

impl State {
    /// The states after the thread's next step.
    fn step(&self, thread: usize) -> Vec<State> {
        let mut next = self.clone();
        match next.left[thread].pop() {
            None | Some(Some(Op::Locked(_))) if self.is_locked => Vec::new(),
            None => Vec::new(),
            Some(None) => {
                next.is_locked = false;
                vec![next]
            }
            Some(Some(Op::WeakCas(register, place, current, new, _))) => {
                let mut failed = next.clone();
                failed.registers[register] = 0;
                let succeeds = self.memory[place] == current;
                next.registers[register] = u32::from(succeeds);
                next.memory[place] = if succeeds { new } else { self.memory[place] };
                vec![next, failed]
            }
            Some(Some(op)) => {
                next.take(thread, &op);
                vec![next]
            }
        }
    }

    fn take(&mut self, thread: usize, op: &Op) {
        match *op {
            Op::Load(register, place, _) => self.registers[register] = self.memory[place],
            Op::Store(place, value, _) => self.memory[place] = value,
            Op::Swap(register, place, value, _) => self.exchange(register, place, value),
            Op::Add(register, place, value, _) => {
                self.exchange(register, place, self.memory[place] + value);
            }
            Op::Cas(register, place, current, new, _) => {
                let found = self.memory[place];
                self.exchange(register, place, if found == current { new } else { found });
            }
            Op::Fence(_) | Op::WeakCas(..) => {}
            Op::When(register, value, ops) if self.registers[register] == value => {
                self.left[thread].extend(ops.iter().rev().copied().map(Some));
            }
            Op::When(..) => {}
            Op::Locked(ops) => {
                self.is_locked = true;
                self.left[thread].push(None);
                self.left[thread].extend(ops.iter().rev().copied().map(Some));
            }
        }
    }

    fn exchange(&mut self, register: usize, place: usize, value: u32) {
        self.registers[register] = std::mem::replace(&mut self.memory[place], value);
    }
}
