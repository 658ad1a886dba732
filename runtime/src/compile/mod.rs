//! Syntax tree to bytecode: scopes, emitter, the instruction set and what reads it.
//!
//! [`compile`] is the whole of it. The result, [`Code`], is plain data; the interpreter turns it into objects.

mod code;
mod depth;
mod disassemble;
mod emit;
mod instructions;
mod scopes;

use ruff_python_ast::ModModule;

use crate::syntax::{Source, SyntaxError, parse};

pub use code::{Code, Constant, Handler, Parameters, Slot, SlotKind};
pub use disassemble::{disassemble, reference};
pub use instructions::{
    BinaryOperator, CompareJump, Comparison, Conversion, Flow, IN_PLACE, Instruction, MAX_OPERAND,
    Opcode, Operand, Row, function_parts,
};

/// Compiles a module.
///
/// # Errors
///
/// The first error in the program, or the first construct that Raddle does not support.
pub fn compile(source: &Source) -> Result<Code, SyntaxError> {
    compile_module(source, &parse(source)?)
}

fn compile_module(source: &Source, module: &ModModule) -> Result<Code, SyntaxError> {
    let scopes = scopes::Scopes::analyse(module)?;
    emit::module(source, &scopes, module)
}

#[cfg(test)]
mod tests;
