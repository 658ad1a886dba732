//! The emitter: walks a body's tree and writes its instructions.
//!
//! One [`Emitter`] per body. Jumps name labels until [`Emitter::finish`] knows where they are. The emitter knows how
//! many operands are on the stack, and leaves out what control cannot reach.

mod annotations;
mod assemble;
mod assignments;
mod blocks;
mod borrowing;
mod calls;
mod classes;
mod comprehensions;
mod conditions;
mod control;
mod exceptions;
mod expressions;
mod functions;
mod generators;
mod generics;
mod groups;
mod imports;
mod literals;
mod names;
mod pairing;
mod patterns;
mod statements;
mod strings;
mod surrogates;
mod warnings;
mod with;

use std::cell::RefCell;
use std::collections::BTreeMap;

use ruff_python_ast::{Expr, Stmt};

use crate::compile::code::{Code, CodeKind, Constant, Execution, Inlined, Parameters};
use crate::compile::instructions::{Flow, Instruction, Opcode};
use crate::compile::operands::{CompareJump, Comparison};
use crate::compile::scopes::{Program, ScopeId, Scopes};
use crate::compile::unit::{Mode, Options, Warning};
use crate::syntax::{Source, Span, SyntaxError};

use blocks::{Block, Segment};

/// What every step of the emitter returns.
type Emitted = Result<(), SyntaxError>;

/// A place to jump to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Label(usize);

/// What is known of a label.
#[derive(Clone, Copy, Default)]
struct Mark {
    position: Option<u32>,
    /// Operands on the stack there, once something leads to it.
    depth: Option<u32>,
}

/// What identifies the code being written.
struct Header {
    kind: CodeKind,
    execution: Execution,
    name: Box<str>,
    qualified_name: Box<str>,
    doc: Option<Box<str>>,
    first_line: u32,
    parameters: Parameters,
}

/// What all bodies of a program share.
pub(super) struct Context<'a> {
    pub(super) source: &'a Source,
    pub(super) scopes: &'a Scopes,
    pub(super) options: &'a Options,
    pub(super) warnings: RefCell<Vec<Warning>>,
}

struct Emitter<'a> {
    context: &'a Context<'a>,
    source: &'a Source,
    scopes: &'a Scopes,
    /// The body, whose frame the code runs in.
    owner: ScopeId,
    /// The body or a comprehension in it.
    scope: ScopeId,
    header: Header,
    /// What stands in front of the qualified names of what is defined here.
    qualifier: Box<str>,
    instructions: Vec<Instruction>,
    spans: Vec<Span>,
    /// Source range of the instructions being written.
    span: Span,
    /// Operands on the stack; none where control cannot get.
    depth: Option<u32>,
    /// Whether a local may be pushed without counting it.
    borrows: bool,
    /// The annotations of a class or module that may not be passed, by the statement, with their numbers.
    conditional: BTreeMap<Span, u32>,
    labels: Vec<Mark>,
    /// Instructions whose target is still a label.
    jumps: Vec<(usize, Label)>,
    segments: Vec<Segment>,
    comprehensions: Vec<Inlined>,
    blocks: Vec<Block<'a>>,
    constants: Vec<Constant>,
    constant_index: BTreeMap<String, u32>,
    names: Vec<Box<str>>,
    name_index: BTreeMap<Box<str>, u32>,
    nested: Vec<Code>,
}

/// Writes the code of a program.
pub(super) fn program<'a>(
    context: &'a Context<'a>,
    program: Program<'a>,
) -> Result<Code, SyntaxError> {
    let (doc, body) = match program {
        Program::Body(body) if context.options.mode == Mode::Exec => functions::split_doc(body),
        Program::Body(body) => (None, body),
        Program::Expression(_) => (None, &[][..]),
    };
    let header = Header {
        kind: CodeKind::Module,
        execution: Execution::Plain,
        name: "<module>".into(),
        qualified_name: "<module>".into(),
        doc: doc.filter(|_| context.options.keeps_docs()),
        first_line: 1,
        parameters: Parameters::default(),
    };
    let mut emitter = Emitter::new(context, ScopeId::MODULE, header, "".into());
    emitter.make_cells();
    match program {
        Program::Body(_) => emitter.module(body)?,
        Program::Expression(value) => emitter.whole_expression(value)?,
    }
    emitter.finish()
}

impl<'a> Emitter<'a> {
    fn new(context: &'a Context<'a>, owner: ScopeId, header: Header, qualifier: Box<str>) -> Self {
        Self {
            context,
            source: context.source,
            scopes: context.scopes,
            owner,
            scope: owner,
            header,
            qualifier,
            instructions: Vec::new(),
            spans: Vec::new(),
            span: Span::default(),
            depth: Some(0),
            borrows: true,
            conditional: BTreeMap::new(),
            labels: Vec::new(),
            jumps: Vec::new(),
            segments: Vec::new(),
            comprehensions: Vec::new(),
            blocks: Vec::new(),
            constants: Vec::new(),
            constant_index: BTreeMap::new(),
            names: Vec::new(),
            name_index: BTreeMap::new(),
            nested: Vec::new(),
        }
    }

    fn module(&mut self, body: &'a [Stmt]) -> Emitted {
        if let Some(doc) = self.header.doc.clone() {
            self.constant(Constant::Str(doc));
            self.store("__doc__")?;
        }
        self.begin_module_annotations(body)?;
        self.body(body)?;
        self.return_none();
        Ok(())
    }

    fn whole_expression(&mut self, value: &'a Expr) -> Emitted {
        self.plan_borrowing(value);
        self.expression(value)?;
        self.op(Opcode::ReturnValue);
        Ok(())
    }

    fn here(&self) -> u32 {
        self.instructions.len() as u32
    }

    /// Writes an instruction, unless control cannot get here.
    fn emit(&mut self, opcode: Opcode, operand: u32) {
        let Some(depth) = self.depth else { return };
        let row = opcode.row();
        let base = depth.saturating_sub((row.pops)(operand));
        self.instructions.push(Instruction::new(opcode, operand));
        self.spans.push(self.span);
        self.depth = match row.flow {
            Flow::Next | Flow::Branch(_) => Some(base + (row.pushes)(operand)),
            Flow::Jump | Flow::Stop => None,
        };
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
        self.labels.push(Mark::default());
        Label(self.labels.len() - 1)
    }

    /// The label stands for the next instruction.
    fn place(&mut self, label: Label) {
        let here = self.here();
        let mark = &mut self.labels[label.0];
        mark.position = Some(here);
        self.depth = self.depth.or(mark.depth);
    }

    fn label_here(&mut self) -> Label {
        let label = self.label();
        self.place(label);
        label
    }

    /// Notes that control reaches a label with this many operands.
    fn leads_to(&mut self, label: Label, depth: u32) {
        self.labels[label.0].depth.get_or_insert(depth);
    }

    fn jump(&mut self, opcode: Opcode, label: Label) {
        self.jump_with(opcode, 0, label);
    }

    fn compare_jump(&mut self, comparison: Comparison, when: bool, label: Label) {
        let jump = CompareJump {
            comparison,
            when,
            target: 0,
        };
        self.jump_with(Opcode::CompareJump, jump.encode(), label);
    }

    fn jump_with(&mut self, opcode: Opcode, operand: u32, label: Label) {
        let Some(depth) = self.depth else { return };
        let row = opcode.row();
        let pushes = match row.flow {
            Flow::Branch(pushes) => pushes,
            _ => (row.pushes)(operand),
        };
        self.leads_to(label, depth.saturating_sub((row.pops)(operand)) + pushes);
        self.jumps.push((self.instructions.len(), label));
        self.emit(opcode, operand);
    }

    fn constant(&mut self, constant: Constant) {
        if self.depth.is_none() {
            return;
        }
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

    fn text(&mut self, text: &str) {
        self.constant(Constant::Str(text.into()));
    }

    fn error<R>(&self, message: impl Into<Box<str>>) -> Result<R, SyntaxError> {
        Err(SyntaxError::new(message, self.span))
    }
}
