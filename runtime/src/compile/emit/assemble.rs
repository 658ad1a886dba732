//! The end of a body: jumps resolved, depth checked, parts put together.

use super::Emitter;
use super::pairing::pair_up;
use crate::compile::code::{Code, CodeKind, Constant, Handler};
use crate::compile::depth::{Paths, max_depth};
use crate::compile::instructions::{Instruction, Opcode};
use crate::compile::operands::{CompareJump, Operand};
use crate::compile::scopes::ScopeKind;
use crate::syntax::SyntaxError;

impl Emitter<'_> {
    /// Ends the body, unless control cannot get here.
    pub(super) fn return_none(&mut self) {
        self.constant(Constant::None);
        self.op(Opcode::ReturnValue);
    }

    /// The code.
    ///
    /// # Panics
    ///
    /// If the emitter wrote code whose paths disagree about the stack depth.
    pub(super) fn finish(mut self) -> Result<Code, SyntaxError> {
        if self.here() > CompareJump::MAX_TARGET {
            let message = format!("'{}' is too large to be compiled", self.header.name);
            return Err(SyntaxError::without_place(message));
        }
        self.resolve_jumps();
        let handlers = self.handlers();
        let paths = Paths {
            instructions: &self.instructions,
            handlers: &handlers,
        };
        let max_depth = max_depth(&paths)
            .unwrap_or_else(|problem| panic!("stack depth agrees on every path: {problem}"));
        pair_up(&mut self.instructions);
        let parent = self.scopes.kind(self.scopes.parent(self.owner));
        let is_function = self.header.kind == CodeKind::Function;
        Ok(Code {
            kind: self.header.kind,
            execution: self.header.execution,
            is_nested: self.scopes.is_nested(self.owner),
            is_method: is_function && parent == ScopeKind::Class,
            is_iterable_coroutine: false,
            future_annotations: self.context.options.future_annotations,
            name: self.header.name,
            qualified_name: self.header.qualified_name,
            doc: self.header.doc,
            first_line: self.header.first_line,
            parameters: self.header.parameters,
            slots: self.scopes.slots(self.owner).into(),
            free: self.scopes.closure(self.owner).len() as u32,
            max_depth,
            instructions: self.instructions.into(),
            spans: self.spans.into(),
            handlers: handlers.into(),
            comprehensions: self.comprehensions.into(),
            constants: self.constants.into(),
            names: self.names.into(),
            nested: self.nested.into(),
        })
    }

    fn position(&self, label: super::Label) -> u32 {
        self.labels[label.0].position.unwrap_or_default()
    }

    fn resolve_jumps(&mut self) {
        for (index, label) in std::mem::take(&mut self.jumps) {
            let target = self.position(label);
            let jump = &mut self.instructions[index];
            let operand = match jump.opcode().row().operand {
                Operand::CompareTarget => CompareJump {
                    target,
                    ..CompareJump::decode(jump.operand())
                }
                .encode(),
                _ => target,
            };
            *jump = Instruction::new(jump.opcode(), operand);
        }
    }

    fn handlers(&self) -> Vec<Handler> {
        let resolved = self.segments.iter().map(|segment| Handler {
            start: segment.start,
            end: segment.end,
            target: self.position(segment.handler),
            depth: segment.depth,
        });
        resolved.collect()
    }
}
