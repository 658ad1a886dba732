//! Every outcome that interleavings explain, by running them all.

use std::collections::BTreeSet;

use checks_loom::litmus::program::{Op, Program};

/// The outcomes of all interleavings of `program`.
pub(crate) fn outcomes(program: &Program) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let start = State {
        threads: program.threads.iter().map(|ops| ops.to_vec()).collect(),
        registers: vec![0; program.registers],
        memory: vec![0; program.places.len()],
        spurious: 1,
        holder: None,
    };
    explore(program, start, &mut found);
    found
}

#[derive(Clone)]
struct State {
    /// What each thread has still to do.
    threads: Vec<Vec<Op>>,
    registers: Vec<u32>,
    memory: Vec<u32>,
    /// How often a weak compare-exchange may still fail for no reason.
    spurious: u32,
    /// The thread that holds the lock, and how much it has to do after its section.
    holder: Option<(usize, usize)>,
}

fn explore(program: &Program, state: State, found: &mut BTreeSet<String>) {
    if state.threads.iter().all(Vec::is_empty) {
        found.insert(program.outcome(&state.registers, &state.memory));
    }
    for thread in 0..state.threads.len() {
        if state.can_go_on(thread) {
            for next in state.step(thread) {
                explore(program, next, found);
            }
        }
    }
}

impl State {
    fn can_go_on(&self, thread: usize) -> bool {
        let op = self.threads[thread].first();
        op.is_some_and(|op| self.holder.is_none() || !matches!(op, Op::Locked(_)))
    }

    /// The states after the next operation of `thread`: two if it may fail for no reason.
    fn step(&self, thread: usize) -> Vec<State> {
        let mut nexts = self.operate(thread);
        nexts.iter_mut().for_each(|next| next.leave_section(thread));
        nexts
    }

    fn leave_section(&mut self, thread: usize) {
        let over = (thread, self.threads[thread].len());
        self.holder.take_if(|holder| *holder == over);
    }

    fn operate(&self, thread: usize) -> Vec<State> {
        let mut next = self.clone();
        let op = next.threads[thread].remove(0);
        let mut nexts = Vec::new();
        if let Op::WeakCas(register, ..) = op
            && next.spurious > 0
        {
            let mut failed = next.clone();
            failed.registers[register] = 0;
            failed.spurious -= 1;
            nexts.push(failed);
        }
        next.apply(thread, op);
        nexts.push(next);
        nexts
    }

    fn apply(&mut self, thread: usize, op: Op) {
        match op {
            Op::Load(register, place, _) => self.registers[register] = self.memory[place],
            Op::Store(place, value, _) => self.memory[place] = value,
            Op::Swap(register, place, value, _) => {
                self.registers[register] = std::mem::replace(&mut self.memory[place], value);
            }
            Op::Add(register, place, value, _) => {
                self.registers[register] = self.memory[place];
                self.memory[place] += value;
            }
            Op::Cas(register, place, current, new, _) => {
                self.registers[register] = self.memory[place];
                self.exchange(place, current, new);
            }
            Op::WeakCas(register, place, current, new, _) => {
                self.registers[register] = u32::from(self.exchange(place, current, new));
            }
            Op::Fence(_) => {}
            Op::When(register, value, ops) => {
                if self.registers[register] == value {
                    self.threads[thread].splice(0..0, ops.iter().copied());
                }
            }
            Op::Locked(ops) => {
                self.holder = Some((thread, self.threads[thread].len()));
                self.threads[thread].splice(0..0, ops.iter().copied());
            }
        }
    }

    fn exchange(&mut self, place: usize, current: u32, new: u32) -> bool {
        let equal = self.memory[place] == current;
        if equal {
            self.memory[place] = new;
        }
        equal
    }
}
