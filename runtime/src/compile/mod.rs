//! Syntax tree to bytecode: scopes, emitter, the instruction set and what reads it.
//!
//! [`compile_with`] is the whole of it. The code is plain data; the interpreter turns it into objects.

mod code;
mod depth;
mod disassemble;
mod emit;
mod escapes;
mod futures;
mod instructions;
mod operands;
mod scopes;
mod unit;

use std::cell::RefCell;

use crate::syntax::{Source, SyntaxError, parse, parse_eval, parse_single};

pub use code::{
    Code, CodeKind, Constant, Execution, Handler, ITERABLE_COROUTINE, Inlined, Parameters, Slot,
    SlotKind,
};
pub use disassemble::{disassemble, reference};
pub use instructions::{Flow, Instruction, Opcode, Row};
pub use operands::{
    BinaryOperator, CompareJump, Comparison, Conversion, IN_PLACE, MAX_OPERAND, Operand, Pair,
    function_parts,
};
pub use unit::{Mode, Options, Unit, Warning};

/// Compiles a script or an imported module.
///
/// # Errors
///
/// The first error in the program.
pub fn compile(source: &Source) -> Result<Code, SyntaxError> {
    compile_with(source, &Options::default()).map(|unit| unit.code)
}

/// Compiles a program.
///
/// # Errors
///
/// The first error in the program.
pub fn compile_with(source: &Source, options: &Options) -> Result<Unit, SyntaxError> {
    let compiled = match options.mode {
        Mode::Exec => {
            let module = parse(source)?;
            compile_program(source, scopes::Program::Body(&module.body), options)
        }
        Mode::Single => {
            let module = parse_single(source)?;
            compile_program(source, scopes::Program::Body(&module.body), options)
        }
        Mode::Eval => {
            let parsed = parse_eval(source)?;
            compile_program(source, scopes::Program::Expression(&parsed.body), options)
        }
    };
    compiled.map_err(SyntaxError::late)
}

fn compile_program(
    source: &Source,
    program: scopes::Program<'_>,
    options: &Options,
) -> Result<Unit, SyntaxError> {
    let mut options = *options;
    if let scopes::Program::Body(body) = program {
        options.future_annotations |= futures::check(body)?;
    }
    let (separate, future) = (options.separate_locals, options.future_annotations);
    let scopes = scopes::Scopes::analyse(program, separate, future)?;
    let context = emit::Context {
        source,
        scopes: &scopes,
        options: &options,
        warnings: RefCell::default(),
    };
    let code = emit::program(&context, program)?;
    let mut warnings = context.warnings.take();
    warnings.extend(escapes::warnings(source, program));
    warnings.sort_by_key(|warning| warning.span);
    warnings.dedup();
    Ok(Unit { code, warnings })
}

#[cfg(test)]
mod tests;
