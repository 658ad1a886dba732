//! Function definitions and lambdas.

use ruff_python_ast::{Expr, ExprLambda, Parameters as Tree, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::{Emitted, Emitter, Header, unsupported};
use crate::compile::code::{Code, Constant, Parameters, SlotKind};
use crate::compile::instructions::{Opcode, function_parts};
use crate::compile::scopes::ScopeId;
use crate::syntax::{Span, SyntaxError};

/// Separates a string that documents a body from the statements.
pub(super) fn split_doc(body: &[Stmt]) -> (Option<Box<str>>, &[Stmt]) {
    if let Some((Stmt::Expr(first), rest)) = body.split_first()
        && let Expr::StringLiteral(literal) = &*first.value
    {
        return (Some(literal.value.to_str().into()), rest);
    }
    (None, body)
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
    pub(super) fn function_definition(&mut self, function: &'a StmtFunctionDef) -> Emitted {
        let name = Span::of(&function.name);
        if function.is_async {
            return Err(unsupported("async functions", name));
        }
        if let Some(types) = &function.type_params {
            return Err(unsupported("type parameters", types.range().into()));
        }
        for decorator in &function.decorator_list {
            self.expression(&decorator.expression)?;
        }
        self.at(name, |emitter| emitter.make_definition(function))?;
        for decorator in function.decorator_list.iter().rev() {
            self.emit_at(Span::of(&decorator.expression), Opcode::Call, 1);
        }
        self.at(name, |emitter| emitter.store(&function.name));
        Ok(())
    }

    fn make_definition(&mut self, function: &'a StmtFunctionDef) -> Emitted {
        let parts = self.defaults(&function.parameters)?;
        let (doc, body) = split_doc(&function.body);
        let header = Header {
            name: function.name.as_str().into(),
            qualified_name: self.qualified(&function.name),
            doc,
            first_line: self.source.line_of(function.start().into()),
            parameters: parameters(&function.parameters),
        };
        let scope = self.scopes.opened_at(Span::of(function));
        let mut inner = Emitter::new(self.source, self.scopes, scope, header);
        inner.at(Span::of(&function.name), Emitter::make_cells);
        inner.body(body)?;
        let end = function.body.last().map_or(inner.span, Span::of);
        inner.at(end, Emitter::return_none);
        self.make_function(inner.finish()?, scope, parts);
        Ok(())
    }

    pub(super) fn lambda(&mut self, lambda: &'a ExprLambda) -> Emitted {
        let tree = lambda.parameters.as_deref();
        let parts = tree.map_or(Ok(0), |tree| self.defaults(tree))?;
        let header = Header {
            name: "<lambda>".into(),
            qualified_name: self.qualified("<lambda>"),
            doc: None,
            first_line: self.source.line_of(lambda.start().into()),
            parameters: tree.map(parameters).unwrap_or_default(),
        };
        let scope = self.scopes.opened_at(Span::of(lambda));
        let mut inner = Emitter::new(self.source, self.scopes, scope, header);
        inner.at(Span::of(lambda), Emitter::make_cells);
        inner.expression(&lambda.body)?;
        inner.at(Span::of(&*lambda.body), |inner| {
            inner.op(Opcode::ReturnValue)
        });
        self.make_function(inner.finish()?, scope, parts);
        Ok(())
    }

    /// The name with the functions around it.
    fn qualified(&self, name: &str) -> Box<str> {
        let is_global = self.scopes.is_declared_global(self.scope, name);
        match self.owner == ScopeId::MODULE || is_global {
            true => name.into(),
            false => format!("{}.<locals>.{name}", self.header.qualified_name).into(),
        }
    }

    /// Pushes the default values; returns which parts there are.
    fn defaults(&mut self, tree: &'a Tree) -> Result<u32, SyntaxError> {
        let mut parts = 0;
        let positional = tree.posonlyargs.iter().chain(&tree.args);
        let defaults: Vec<&Expr> = positional.filter_map(|each| each.default()).collect();
        if !defaults.is_empty() {
            defaults
                .iter()
                .try_for_each(|default| self.expression(default))?;
            self.emit(Opcode::BuildTuple, defaults.len() as u32);
            parts |= function_parts::DEFAULTS;
        }
        let keyword_only = tree.kwonlyargs.iter().filter(|each| each.default.is_some());
        let mut count = 0;
        for parameter in keyword_only {
            self.constant(Constant::Str(parameter.name().as_str().into()));
            parameter
                .default()
                .map_or(Ok(()), |default| self.expression(default))?;
            count += 1;
        }
        if count > 0 {
            self.emit(Opcode::BuildMap, count);
            parts |= function_parts::KEYWORD_DEFAULTS;
        }
        Ok(parts)
    }

    /// Pushes the closure and makes the function.
    fn make_function(&mut self, code: Code, scope: ScopeId, mut parts: u32) {
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
}
