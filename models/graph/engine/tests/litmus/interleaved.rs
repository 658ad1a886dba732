//! Litmus tests without the engine: all interleavings, one instruction after the other.

use crate::notation::{Action, Instruction, LOCATIONS, Outcome, Program, REGISTERS};

/// Whether some interleaving ends in the outcome.
pub(crate) fn allows(program: &Program, outcome: &Outcome) -> bool {
    Machine::default().reaches(program, &vec![0; program.len()], outcome)
}

/// Memory and registers. A register is written in one thread only.
#[derive(Clone, Default)]
struct Machine {
    memory: [u64; LOCATIONS.len()],
    registers: [u64; REGISTERS.len()],
}

impl Machine {
    /// Whether the outcome can be reached when each thread has come to its position.
    fn reaches(&self, program: &Program, positions: &[usize], outcome: &Outcome) -> bool {
        let unfinished: Vec<usize> = (0..program.len())
            .filter(|&thread| positions[thread] < program[thread].len())
            .collect();
        if unfinished.is_empty() {
            return outcome
                .iter()
                .all(|&(name, value)| self.value(name) == value);
        }
        unfinished.into_iter().any(|thread| {
            let (mut next, mut after) = (self.clone(), positions.to_vec());
            next.execute(&program[thread][positions[thread]]);
            after[thread] += 1;
            next.reaches(program, &after, outcome)
        })
    }

    fn value(&self, name: &str) -> u64 {
        let place = |names: &[&str]| names.iter().position(|known| *known == name);
        match (place(&LOCATIONS), place(&REGISTERS)) {
            (Some(loc), _) => self.memory[loc],
            (None, Some(register)) => self.registers[register],
            (None, None) => unreachable!("the notation knows all names"),
        }
    }

    fn execute(&mut self, instruction: &Instruction) {
        let [first, second] = instruction.values;
        let old = self.memory[instruction.loc];
        let stored = instruction
            .register
            .map_or(first, |register| self.registers[register]);
        let (new, result) = match instruction.action {
            Action::Fence => return,
            Action::Store => (stored, None),
            Action::Load => (old, Some(old)),
            Action::Add => (old + first, Some(old)),
            Action::Swap => (first, Some(old)),
            Action::Compare if old == first => (second, Some(1)),
            Action::Compare => (old, Some(0)),
        };
        self.memory[instruction.loc] = new;
        if let (Some(register), Some(result)) = (instruction.register, result) {
            self.registers[register] = result;
        }
    }
}
