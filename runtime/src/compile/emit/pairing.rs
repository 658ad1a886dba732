//! Pairs: two loads that follow each other done in one go.
//!
//! The second one stays where it is, and the first passes over it: places, handlers and spans do not change, and a jump
//! may still land between the two.

use crate::compile::instructions::{Instruction, Opcode};
use crate::compile::operands::Pair;

/// Makes pairs of what can be one.
pub(super) fn pair_up(instructions: &mut [Instruction]) {
    let mut index = 0;
    while let Some([first, second]) = instructions.get(index..index + 2) {
        let pair = paired(*first, *second);
        if let Some(pair) = pair {
            instructions[index] = pair;
        }
        index += if pair.is_some() { 2 } else { 1 };
    }
}

/// One instruction that does what two do.
fn paired(first: Instruction, second: Instruction) -> Option<Instruction> {
    let opcode = match (first.opcode(), second.opcode()) {
        (Opcode::LoadFastBorrow, Opcode::LoadFastBorrow) => Opcode::LoadFastPair,
        (Opcode::LoadFastBorrow, Opcode::LoadConst) => Opcode::LoadFastConst,
        (Opcode::StoreFast, Opcode::LoadFastBorrow) => Opcode::StoreLoadFast,
        _ => return None,
    };
    let pair = Pair::new(first.operand(), second.operand())?;
    Some(Instruction::new(opcode, pair.encode()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(slot: u32) -> Instruction {
        Instruction::new(Opcode::LoadFastBorrow, slot)
    }

    #[test]
    fn the_second_of_a_pair_stays() {
        let mut code = [load(1), load(2), load(3)];
        pair_up(&mut code);
        assert_eq!(code[0].opcode(), Opcode::LoadFastPair);
        assert_eq!(Pair::decode(code[0].operand()), Pair::new(1, 2).unwrap());
        assert_eq!(code[1..], [load(2), load(3)]);
    }

    #[test]
    fn numbers_that_are_too_large_make_no_pair() {
        let mut code = [load(1), load(1 << 12)];
        pair_up(&mut code);
        assert_eq!(code, [load(1), load(1 << 12)]);
    }
}
