//! What suspends a frame: `yield`, `yield from`, `await`, `async for`, and generator expressions.

use ruff_python_ast::{ExprAwait, ExprGenerator, ExprYield, ExprYieldFrom};

use super::comprehensions::Element;
use super::{Emitted, Emitter, Header, Label};
use crate::compile::code::{CodeKind, Constant, Execution, Parameters};
use crate::compile::instructions::Opcode;
use crate::compile::scopes::{Place, ScopeKind};
use crate::syntax::{Span, SyntaxError};

impl<'a> Emitter<'a> {
    /// The start and the end of a body: what makes it a generator, its cells, and what PEP 479 asks for.
    pub(super) fn frame(&mut self, write: impl FnOnce(&mut Self) -> Emitted) -> Emitted {
        if self.header.execution == Execution::Plain {
            self.make_cells();
            return write(self);
        }
        let region = self.region(0);
        self.op(Opcode::ReturnGenerator);
        self.op(Opcode::PopTop);
        self.make_cells();
        write(self)?;
        self.close(region);
        self.place(region.handler);
        self.op(Opcode::StopIterationError);
        self.op(Opcode::Reraise);
        Ok(())
    }

    pub(super) fn yield_expression(&mut self, expr: &'a ExprYield) -> Emitted {
        match &expr.value {
            Some(value) => self.expression(value)?,
            None => self.constant(Constant::None),
        }
        self.yield_value();
        Ok(())
    }

    /// Suspends with the value on top.
    pub(super) fn yield_value(&mut self) {
        if self.header.execution == Execution::AsyncGenerator {
            self.op(Opcode::AsyncGenWrap);
        }
        self.emit(Opcode::YieldValue, 0);
    }

    pub(super) fn yield_from(&mut self, expr: &'a ExprYieldFrom) -> Emitted {
        if self.scopes.may_await(self.scope) {
            return self.error("'yield from' inside async function");
        }
        self.expression(&expr.value)?;
        self.op(Opcode::GetYieldFromIter);
        self.delegate();
        Ok(())
    }

    pub(super) fn await_expression(&mut self, expr: &'a ExprAwait) -> Emitted {
        match self.scopes.kind(self.owner) {
            ScopeKind::Module | ScopeKind::Class => {
                return self.error("'await' outside function");
            }
            ScopeKind::Generator => {}
            _ => self.require_async("'await' outside async function")?,
        }
        self.expression(&expr.value)?;
        self.emit(Opcode::GetAwaitable, 0);
        self.delegate();
        Ok(())
    }

    pub(super) fn require_async(&self, message: &str) -> Emitted {
        match self.scopes.may_await(self.scope) {
            true => Ok(()),
            false => Err(SyntaxError::new(message, self.span)),
        }
    }

    /// Replaces the iterator on top by what it returns; what it yields is yielded, what is sent or thrown is passed on.
    pub(super) fn delegate(&mut self) {
        let done = self.label();
        self.constant(Constant::None);
        let send = self.label_here();
        self.jump(Opcode::Send, done);
        let region = self.region(1);
        let suspend = self.label_here();
        self.emit(Opcode::YieldValue, 1);
        self.close(region);
        self.jump(Opcode::Jump, send);
        self.place(region.handler);
        self.jump(Opcode::ThrowInto, done);
        self.jump(Opcode::Jump, suspend);
        self.place(done);
        self.op(Opcode::EndSend);
    }

    /// Pushes the next item of the asynchronous iterator on top; the label is where its end arrives as an exception.
    pub(super) fn async_next(&mut self) -> Label {
        let region = self.region(0);
        self.op(Opcode::GetAnext);
        self.delegate();
        self.close(region);
        region.handler
    }

    pub(super) fn generator_expression(&mut self, generator: &'a ExprGenerator) -> Emitted {
        let scope = self
            .scopes
            .opened_at(Span::of(generator), ScopeKind::Generator);
        let header = Header {
            kind: CodeKind::Function,
            execution: self.scopes.execution(scope),
            name: "<genexpr>".into(),
            qualified_name: self.qualified("<genexpr>"),
            doc: None,
            first_line: self.source.line_of(self.span.start),
            parameters: Parameters {
                positional_only: 1,
                positional: 1,
                ..Parameters::default()
            },
        };
        let mut inner = self.nested(scope, header);
        inner.at(self.span, |inner| {
            inner.frame(|inner| inner.generate(generator))
        })?;
        self.make_function(inner.finish()?, scope, 0);
        let Some(first) = generator.generators.first() else {
            return Ok(());
        };
        self.iterator(first)?;
        self.emit(Opcode::Call, 1);
        Ok(())
    }

    fn generate(&mut self, generator: &'a ExprGenerator) -> Emitted {
        let is_hazardous = |emitter: &mut Self| {
            emitter.plan_borrowing(&generator.elt);
            for each in &generator.generators {
                emitter.plan_borrowing(&each.iter);
                each.ifs
                    .iter()
                    .for_each(|test| emitter.plan_borrowing(test));
            }
        };
        is_hazardous(self);
        match self.scopes.place(self.scope, ".0") {
            Place::Fast(slot) => self.emit(Opcode::LoadFast, slot),
            _ => self.emit(Opcode::LoadDeref, 0),
        }
        self.rounds(&generator.generators, 0, Element::Yield(&generator.elt))?;
        self.return_none();
        Ok(())
    }
}
