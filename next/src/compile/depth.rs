//! Stack depth: checks that every path through some code agrees on it, and finds the largest.

use crate::compile::code::Handler;
use crate::compile::instructions::{Flow, Instruction};

/// Code as far as the depth depends on it.
pub(super) struct Paths<'a> {
    pub(super) instructions: &'a [Instruction],
    pub(super) handlers: &'a [Handler],
}

struct Walk<'a> {
    paths: &'a Paths<'a>,
    /// Depth before each instruction that was reached.
    depths: Vec<Option<u32>>,
    work: Vec<u32>,
    deepest: u32,
}

/// The most operands that can be on the stack.
///
/// # Errors
///
/// What is wrong with the code: two paths that disagree, an operand popped that is not there, control that runs off
/// the end, a handler that keeps more than there is.
pub(super) fn max_depth(paths: &Paths<'_>) -> Result<u32, String> {
    let depths = vec![None; paths.instructions.len()];
    let mut walk = Walk {
        paths,
        depths,
        work: Vec::new(),
        deepest: 0,
    };
    walk.reach(0, 0)?;
    while let Some(index) = walk.work.pop() {
        walk.step(index)?;
    }
    Ok(walk.deepest)
}

impl Walk<'_> {
    /// Notes that control reaches an instruction with a depth.
    fn reach(&mut self, index: u32, depth: u32) -> Result<(), String> {
        self.deepest = self.deepest.max(depth);
        match self.depths.get_mut(index as usize) {
            None => Err(format!("control runs off the end at {index}")),
            Some(Some(known)) if *known == depth => Ok(()),
            Some(Some(known)) => Err(format!("instruction {index} has depth {known} and {depth}")),
            Some(unknown) => {
                *unknown = Some(depth);
                self.work.push(index);
                Ok(())
            }
        }
    }

    fn step(&mut self, index: u32) -> Result<(), String> {
        let instruction = self.paths.instructions[index as usize];
        let (row, operand) = (instruction.opcode().row(), instruction.operand());
        let depth = self.depths[index as usize].unwrap_or_default();
        self.step_to_handler(index, depth)?;
        let pops = (row.pops)(operand);
        let Some(base) = depth.checked_sub(pops) else {
            return Err(format!(
                "instruction {index} ({instruction:?}) pops {pops} of {depth}"
            ));
        };
        let after = base + (row.pushes)(operand);
        self.deepest = self.deepest.max(after);
        if matches!(row.flow, Flow::Next | Flow::Branch(_)) {
            self.reach(index + 1, after)?;
        }
        match (row.flow, instruction.target()) {
            (Flow::Jump, Some(target)) => self.reach(target, after),
            (Flow::Branch(pushes), Some(target)) => self.reach(target, base + pushes),
            _ => Ok(()),
        }
    }

    fn step_to_handler(&mut self, index: u32, depth: u32) -> Result<(), String> {
        let covers = |handler: &&Handler| (handler.start..handler.end).contains(&index);
        let Some(handler) = self.paths.handlers.iter().find(covers) else {
            return Ok(());
        };
        if handler.depth > depth {
            return Err(format!(
                "instruction {index} has depth {depth}, its handler keeps {}",
                handler.depth
            ));
        }
        self.reach(handler.target, handler.depth + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::instructions::Opcode;

    fn check(instructions: &[(Opcode, u32)], handlers: &[Handler]) -> Result<u32, String> {
        let instructions: Vec<_> = instructions
            .iter()
            .map(|(op, n)| Instruction::new(*op, *n))
            .collect();
        max_depth(&Paths {
            instructions: &instructions,
            handlers,
        })
    }

    #[test]
    fn the_deepest_point_counts() {
        let code = [
            (Opcode::LoadConst, 0),
            (Opcode::LoadConst, 0),
            (Opcode::PopTop, 0),
            (Opcode::ReturnValue, 0),
        ];
        assert_eq!(check(&code, &[]), Ok(2));
    }

    #[test]
    fn paths_must_agree() {
        let code = [
            (Opcode::LoadConst, 0),
            (Opcode::PopJumpIfFalse, 3),
            (Opcode::LoadConst, 0),
            (Opcode::LoadConst, 0),
            (Opcode::ReturnValue, 0),
        ];
        let problem = check(&code, &[]).unwrap_err();
        assert!(problem.starts_with("instruction 3 has depth "), "{problem}");
    }

    #[test]
    fn nothing_is_popped_from_an_empty_stack() {
        assert_eq!(
            check(&[(Opcode::PopTop, 0)], &[]),
            Err("instruction 0 (POP_TOP 0) pops 1 of 0".into())
        );
    }

    #[test]
    fn control_must_not_run_off_the_end() {
        assert_eq!(
            check(&[(Opcode::Nop, 0)], &[]),
            Err("control runs off the end at 1".into())
        );
    }

    #[test]
    fn handlers_cannot_keep_what_is_not_there() {
        let code = [
            (Opcode::Nop, 0),
            (Opcode::LoadConst, 0),
            (Opcode::ReturnValue, 0),
        ];
        let handler = Handler {
            start: 0,
            end: 1,
            target: 2,
            depth: 1,
        };
        assert_eq!(
            check(&code, &[handler]),
            Err("instruction 0 has depth 0, its handler keeps 1".into())
        );
    }
}
