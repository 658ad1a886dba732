//! Function definitions and lambdas.

use ruff_python_ast::{Expr, ExprLambda, Parameters as Tree, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::{Emitted, Emitter, Header};
use crate::compile::code::{Code, CodeKind, Constant, Execution, Parameters, SlotKind};
use crate::compile::instructions::Opcode;
use crate::compile::operands::function_parts;
use crate::compile::scopes::{ScopeId, ScopeKind};
use crate::syntax::{Span, SyntaxError};

/// Separates a string that documents a body from the statements.
pub(super) fn split_doc(body: &[Stmt]) -> (Option<Box<str>>, &[Stmt]) {
    if let Some((Stmt::Expr(first), rest)) = body.split_first()
        && let Expr::StringLiteral(literal) = &*first.value
    {
        return (Some(clean_doc(literal.value.to_str())), rest);
    }
    (None, body)
}

/// The indentation that all lines but the first share is left out, as since Python 3.13.
fn clean_doc(doc: &str) -> Box<str> {
    let expanded = expand_tabs(doc);
    let lines: Vec<&str> = expanded.split('\n').collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let solid = lines
        .iter()
        .skip(1)
        .filter(|line| indent(line) < line.len());
    let margin = solid.map(indent).min().unwrap_or(0);
    let first = lines[0].trim_start_matches(' ');
    let rest = lines[1..]
        .iter()
        .map(|line| &line[margin.min(indent(line))..]);
    let cleaned: Vec<&str> = std::iter::once(first).chain(rest).collect();
    cleaned.join("\n").into()
}

/// Tabs reach to the next column that is a multiple of 8.
fn expand_tabs(text: &str) -> String {
    let (mut out, mut column) = (String::with_capacity(text.len()), 0);
    for c in text.chars() {
        match c {
            '\t' => {
                let width = 8 - column % 8;
                out.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            _ => {
                out.push(c);
                column = if c == '\n' || c == '\r' {
                    0
                } else {
                    column + 1
                };
            }
        }
    }
    out
}

fn parameters(tree: &Tree) -> Parameters {
    Parameters {
        positional_only: tree.posonlyargs.len() as u32,
        positional: (tree.posonlyargs.len() + tree.args.len()) as u32,
        keyword_only: tree.kwonlyargs.len() as u32,
        var_positional: tree.vararg.is_some(),
        var_keyword: tree.kwarg.is_some(),
    }
}

impl<'a> Emitter<'a> {
    /// The emitter of a body inside this one.
    pub(super) fn nested(&self, scope: ScopeId, header: Header) -> Self {
        let qualifier = match header.kind {
            CodeKind::Class => format!("{}.", header.qualified_name).into(),
            CodeKind::TypeParameters => self.qualifier.clone(),
            _ => format!("{}.<locals>.", header.qualified_name).into(),
        };
        Emitter::new(self.context, scope, header, qualifier)
    }

    pub(super) fn function_definition(&mut self, function: &'a StmtFunctionDef) -> Emitted {
        let name = Span::of(&function.name);
        for decorator in &function.decorator_list {
            self.expression(&decorator.expression)?;
        }
        self.at(name, |emitter| match &function.type_params {
            None => {
                let parts = emitter.defaults(&function.parameters)?;
                emitter.make_definition(function, parts)
            }
            Some(types) => emitter.generic_function(function, types),
        })?;
        for decorator in function.decorator_list.iter().rev() {
            self.emit_at(Span::of(&decorator.expression), Opcode::Call, 1);
        }
        self.at(name, |emitter| emitter.store(&function.name))
    }

    /// Makes the function; the defaults that `parts` names are on the stack.
    pub(super) fn make_definition(&mut self, function: &'a StmtFunctionDef, parts: u32) -> Emitted {
        let parts = parts | self.function_annotations(function)?;
        let (doc, body) = split_doc(&function.body);
        let scope = self
            .scopes
            .opened_at(Span::of(function), ScopeKind::Function);
        let header = Header {
            kind: CodeKind::Function,
            execution: self.scopes.execution(scope),
            name: function.name.as_str().into(),
            qualified_name: self.qualified(&function.name),
            doc: doc.filter(|_| self.context.options.keeps_docs()),
            first_line: self.source.line_of(function.start().into()),
            parameters: parameters(&function.parameters),
        };
        let mut inner = self.nested(scope, header);
        self.check_parameters(&function.parameters)?;
        inner.at(Span::of(&function.name), |inner| {
            inner.frame(|inner| {
                inner.body(body)?;
                let end = function.body.last().map_or(inner.span, Span::of);
                inner.at(end, Emitter::return_none);
                Ok(())
            })
        })?;
        self.make_function(inner.finish()?, scope, parts);
        Ok(())
    }

    fn check_parameters(&self, tree: &Tree) -> Emitted {
        let wrong = tree.iter().find(|each| each.name() == "__debug__");
        wrong.map_or(Ok(()), |parameter| {
            let message = "cannot assign to __debug__";
            Err(SyntaxError::new(message, parameter.range()))
        })
    }

    pub(super) fn lambda(&mut self, lambda: &'a ExprLambda) -> Emitted {
        let tree = lambda.parameters.as_deref();
        if let Some(tree) = tree {
            self.check_parameters(tree)?;
        }
        let parts = tree.map_or(Ok(0), |tree| self.defaults(tree))?;
        let scope = self.scopes.opened_at(Span::of(lambda), ScopeKind::Lambda);
        let header = Header {
            kind: CodeKind::Function,
            execution: self.scopes.execution(scope),
            name: "<lambda>".into(),
            qualified_name: self.qualified("<lambda>"),
            doc: None,
            first_line: self.source.line_of(lambda.start().into()),
            parameters: tree.map(parameters).unwrap_or_default(),
        };
        let mut inner = self.nested(scope, header);
        inner.plan_borrowing(&lambda.body);
        inner.at(Span::of(lambda), |inner| {
            inner.frame(|inner| inner.lambda_body(&lambda.body))
        })?;
        self.make_function(inner.finish()?, scope, parts);
        Ok(())
    }

    fn lambda_body(&mut self, body: &'a Expr) -> Emitted {
        self.expression(body)?;
        self.at(Span::of(body), |inner| match inner.header.execution {
            Execution::AsyncGenerator => {
                inner.op(Opcode::PopTop);
                inner.return_none();
            }
            _ => inner.op(Opcode::ReturnValue),
        });
        Ok(())
    }

    /// The name with what it is defined in.
    pub(super) fn qualified(&self, name: &str) -> Box<str> {
        let mangled = self.scopes.mangle(self.scope, name);
        match self.scopes.is_declared_global(self.scope, &mangled) {
            true => name.into(),
            false => format!("{}{name}", self.qualifier).into(),
        }
    }

    /// Pushes the default values; returns which parts there are.
    fn defaults(&mut self, tree: &'a Tree) -> Result<u32, SyntaxError> {
        Ok(self.positional_defaults(tree)? | self.keyword_defaults(tree)?)
    }

    pub(super) fn positional_defaults(&mut self, tree: &'a Tree) -> Result<u32, SyntaxError> {
        let positional = tree.posonlyargs.iter().chain(&tree.args);
        let defaults: Vec<&Expr> = positional.filter_map(|each| each.default()).collect();
        if defaults.is_empty() {
            return Ok(0);
        }
        defaults
            .iter()
            .try_for_each(|default| self.expression(default))?;
        self.emit(Opcode::BuildTuple, defaults.len() as u32);
        Ok(function_parts::DEFAULTS)
    }

    pub(super) fn keyword_defaults(&mut self, tree: &'a Tree) -> Result<u32, SyntaxError> {
        let keyword_only = tree.kwonlyargs.iter().filter(|each| each.default.is_some());
        let mut count = 0;
        for parameter in keyword_only {
            let name = self.scopes.mangle(self.scope, parameter.name());
            self.text(&name);
            parameter
                .default()
                .map_or(Ok(()), |default| self.expression(default))?;
            count += 1;
        }
        if count == 0 {
            return Ok(0);
        }
        self.emit(Opcode::BuildMap, count);
        Ok(function_parts::KEYWORD_DEFAULTS)
    }

    /// Pushes the closure and makes the function.
    pub(super) fn make_function(&mut self, code: Code, scope: ScopeId, mut parts: u32) {
        if self.depth.is_none() {
            return;
        }
        let closure = self.scopes.closure(scope).to_vec();
        if !closure.is_empty() {
            for slot in &closure {
                self.emit(Opcode::LoadCell, *slot);
            }
            self.emit(Opcode::BuildTuple, closure.len() as u32);
            parts |= function_parts::CLOSURE;
        }
        self.nested.push(code);
        let index = self.nested.len() as u32 - 1;
        self.emit(Opcode::MakeFunction, index << function_parts::BITS | parts);
    }

    /// The cells that a frame needs from the start: its captured ones, and its own except those of comprehensions.
    pub(super) fn make_cells(&mut self) {
        let free = self.scopes.closure(self.owner).len() as u32;
        if free > 0 {
            self.emit(Opcode::CopyFreeVars, free);
        }
        if self.owner != ScopeId::MODULE {
            self.make_own_cells();
        }
    }

    /// New cells for the captured variables of the current scope.
    pub(super) fn make_own_cells(&mut self) {
        for slot in self.own_cells() {
            self.emit(Opcode::MakeCell, slot);
        }
    }

    pub(super) fn own_cells(&self) -> Vec<u32> {
        let slots = self.scopes.slots(self.owner);
        let is_cell = |slot: &u32| slots[*slot as usize].kind == SlotKind::Cell;
        self.scopes
            .own_slots(self.scope)
            .into_iter()
            .filter(is_cell)
            .collect()
    }

    /// Pushes a constant tuple of strings.
    pub(super) fn texts<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        let names = names.map(|name| Constant::Str(name.into()));
        self.constant(Constant::Tuple(names.collect()));
    }
}
