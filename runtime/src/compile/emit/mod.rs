//! The emitter: walks a function's tree and writes its instructions.
//!
//! One [`Emitter`] per function. Jumps name labels until [`Emitter::finish`] knows where they are.

mod assignments;
mod blocks;
mod calls;
mod comprehensions;
mod conditions;
mod control;
mod exceptions;
mod expressions;
mod functions;
mod imports;
mod literals;
mod statements;
mod strings;

use std::collections::BTreeMap;

use ruff_python_ast::ModModule;

use crate::compile::code::{Code, Constant, Handler, Parameters};
use crate::compile::depth::{Paths, max_depth};
use crate::compile::instructions::{CompareJump, Comparison, Flow, Instruction, Opcode, Operand};
use crate::compile::scopes::{Place, ScopeId, Scopes};
use crate::syntax::{Source, Span, SyntaxError};

use blocks::{Block, Segment};

/// What every step of the emitter returns.
type Emitted = Result<(), SyntaxError>;

/// A place to jump to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Label(usize);

/// The error for a construct that Python has and Raddle has not; `what` is a plural.
fn unsupported(what: &str, span: Span) -> SyntaxError {
    SyntaxError::new(format!("{what} are not supported by raddle"), span)
}

/// What identifies the code being written.
struct Header {
    name: Box<str>,
    qualified_name: Box<str>,
    doc: Option<Box<str>>,
    first_line: u32,
    parameters: Parameters,
}

struct Emitter<'a> {
    source: &'a Source,
    scopes: &'a Scopes,
    /// The function, whose frame the code runs in.
    owner: ScopeId,
    /// The function or a comprehension in it.
    scope: ScopeId,
    header: Header,
    instructions: Vec<Instruction>,
    spans: Vec<Span>,
    /// Source range of the instructions being written.
    span: Span,
    labels: Vec<Option<u32>>,
    /// Instructions whose target is still a label.
    jumps: Vec<(usize, Label)>,
    segments: Vec<Segment>,
    blocks: Vec<Block<'a>>,
    constants: Vec<Constant>,
    constant_index: BTreeMap<String, u32>,
    names: Vec<Box<str>>,
    name_index: BTreeMap<Box<str>, u32>,
    nested: Vec<Code>,
}

/// Writes the code of a module.
pub(super) fn module(
    source: &Source,
    scopes: &Scopes,
    module: &ModModule,
) -> Result<Code, SyntaxError> {
    let (doc, body) = functions::split_doc(&module.body);
    let header = Header {
        name: "<module>".into(),
        qualified_name: "<module>".into(),
        doc,
        first_line: 1,
        parameters: Parameters::default(),
    };
    let mut emitter = Emitter::new(source, scopes, ScopeId::MODULE, header);
    emitter.make_cells();
    emitter.body(body)?;
    emitter.return_none();
    emitter.finish()
}

impl<'a> Emitter<'a> {
    fn new(source: &'a Source, scopes: &'a Scopes, owner: ScopeId, header: Header) -> Self {
        Self {
            source,
            scopes,
            owner,
            scope: owner,
            header,
            instructions: Vec::new(),
            spans: Vec::new(),
            span: Span::default(),
            labels: Vec::new(),
            jumps: Vec::new(),
            segments: Vec::new(),
            blocks: Vec::new(),
            constants: Vec::new(),
            constant_index: BTreeMap::new(),
            names: Vec::new(),
            name_index: BTreeMap::new(),
            nested: Vec::new(),
        }
    }

    fn here(&self) -> u32 {
        self.instructions.len() as u32
    }

    fn emit(&mut self, opcode: Opcode, operand: u32) {
        self.instructions.push(Instruction::new(opcode, operand));
        self.spans.push(self.span);
    }

    fn op(&mut self, opcode: Opcode) {
        self.emit(opcode, 0);
    }

    /// Runs `write` with instructions attributed to a source range.
    fn at<R>(&mut self, span: Span, write: impl FnOnce(&mut Self) -> R) -> R {
        let around = std::mem::replace(&mut self.span, span);
        let result = write(self);
        self.span = around;
        result
    }

    fn emit_at(&mut self, span: Span, opcode: Opcode, operand: u32) {
        self.at(span, |emitter| emitter.emit(opcode, operand));
    }

    fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() - 1)
    }

    /// The label stands for the next instruction.
    fn place(&mut self, label: Label) {
        self.labels[label.0] = Some(self.here());
    }

    fn label_here(&mut self) -> Label {
        let label = self.label();
        self.place(label);
        label
    }

    fn jump(&mut self, opcode: Opcode, label: Label) {
        self.jumps.push((self.instructions.len(), label));
        self.op(opcode);
    }

    fn compare_jump(&mut self, comparison: Comparison, when: bool, label: Label) {
        self.jumps.push((self.instructions.len(), label));
        let operand = CompareJump {
            comparison,
            when,
            target: 0,
        }
        .encode();
        self.emit(Opcode::CompareJump, operand);
    }

    fn constant(&mut self, constant: Constant) {
        let next = self.constants.len() as u32;
        let index = *self
            .constant_index
            .entry(format!("{constant:?}"))
            .or_insert(next);
        if index == next {
            self.constants.push(constant);
        }
        self.emit(Opcode::LoadConst, index);
    }

    fn name(&mut self, name: &str) -> u32 {
        let next = self.names.len() as u32;
        let index = *self.name_index.entry(name.into()).or_insert(next);
        if index == next {
            self.names.push(name.into());
        }
        index
    }

    fn emit_name(&mut self, opcode: Opcode, name: &str) {
        let index = self.name(name);
        self.emit(opcode, index);
    }

    fn load(&mut self, name: &str) {
        match self.scopes.place(self.scope, name) {
            Place::Fast(slot) => self.emit(Opcode::LoadFast, slot),
            Place::Deref(slot) => self.emit(Opcode::LoadDeref, slot),
            Place::Global => self.emit_name(Opcode::LoadGlobal, name),
        }
    }

    fn store(&mut self, name: &str) {
        match self.scopes.place(self.scope, name) {
            Place::Fast(slot) => self.emit(Opcode::StoreFast, slot),
            Place::Deref(slot) => self.emit(Opcode::StoreDeref, slot),
            Place::Global => self.emit_name(Opcode::StoreGlobal, name),
        }
    }

    fn delete(&mut self, name: &str) {
        match self.scopes.place(self.scope, name) {
            Place::Fast(slot) => self.emit(Opcode::DeleteFast, slot),
            Place::Deref(slot) => self.emit(Opcode::DeleteDeref, slot),
            Place::Global => self.emit_name(Opcode::DeleteGlobal, name),
        }
    }

    /// Ends the body, unless control cannot get here.
    fn return_none(&mut self) {
        let here = self.here();
        let is_target = self.labels.contains(&Some(here));
        let ended = self
            .instructions
            .last()
            .is_some_and(|last| last.opcode().row().flow == Flow::Stop);
        if ended && !is_target {
            return;
        }
        self.constant(Constant::None);
        self.op(Opcode::ReturnValue);
    }

    /// The code, with jumps resolved and the depth checked.
    ///
    /// # Panics
    ///
    /// If the emitter wrote code whose paths disagree about the stack depth.
    fn finish(mut self) -> Result<Code, SyntaxError> {
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
        let closure = self.scopes.closure(self.owner).len() as u32;
        Ok(Code {
            name: self.header.name,
            qualified_name: self.header.qualified_name,
            doc: self.header.doc,
            first_line: self.header.first_line,
            parameters: self.header.parameters,
            slots: self.scopes.slots(self.owner).into(),
            free: closure,
            max_depth,
            instructions: self.instructions.into(),
            spans: self.spans.into(),
            handlers: handlers.into(),
            constants: self.constants.into(),
            names: self.names.into(),
            nested: self.nested.into(),
        })
    }

    fn position(&self, label: Label) -> u32 {
        self.labels[label.0].unwrap_or_default()
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
        resolved
            .filter(|handler| handler.start < handler.end)
            .collect()
    }
}
