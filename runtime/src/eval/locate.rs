//! Where in the source text an instruction is, for whoever saw it being fetched.

use std::ptr::NonNull;

use crate::compile::Operand;
use crate::eval::shared::Shared;

/// A place in the text of a program.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The function, with those around it.
    pub function: String,
    /// The text of the line, without what indents it.
    pub text: String,
    /// What the instruction is about: the name of a variable or an attribute.
    pub name: Option<String>,
}

/// Finds the lines of the instructions of one interpreter.
#[derive(Clone, Copy, Debug)]
pub struct Locator(NonNull<Shared>);

impl Locator {
    pub(crate) fn new(shared: NonNull<Shared>) -> Self {
        Self(shared)
    }

    /// Where the instruction at an address is, which the dispatch loop has fetched.
    ///
    /// # Safety
    /// The interpreter is there, and no other thread uses it meanwhile.
    #[must_use]
    pub unsafe fn locate(self, address: usize) -> Option<Location> {
        // SAFETY: the caller's clause.
        let shared = unsafe { self.0.as_ref() };
        let (code, index) = shared.code_at(address)?;
        let source = code.source();
        let line = source.line_of(code.code.spans.get(index)?.start);
        let instruction = code.code.instructions[index];
        let names = instruction.opcode().row().operand == Operand::Name;
        let name = names.then(|| code.code.names.get(instruction.operand() as usize));
        Some(Location {
            file: source.name().to_owned(),
            line,
            function: code.code.qualified_name.to_string(),
            text: source.line(line).trim().to_owned(),
            name: name.flatten().map(ToString::to_string),
        })
    }
}
