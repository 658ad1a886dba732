//! Statements: the dispatch, and those that are simple.

use ruff_python_ast::{Expr, Stmt, StmtAssert, StmtRaise, StmtReturn};

use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::compile::code::Execution;
use crate::compile::instructions::Opcode;
use crate::compile::scopes::ScopeKind;
use crate::compile::unit::Mode;
use crate::syntax::{Span, SyntaxError};

impl<'a> Emitter<'a> {
    pub(super) fn body(&mut self, body: &'a [Stmt]) -> Emitted {
        body.iter().try_for_each(|stmt| self.statement(stmt))
    }

    fn statement(&mut self, stmt: &'a Stmt) -> Emitted {
        self.with_borrowing(stmt, |emitter| {
            emitter.at(Span::of(stmt), |emitter| emitter.statement_here(stmt))
        })
    }

    fn statement_here(&mut self, stmt: &'a Stmt) -> Emitted {
        match stmt {
            Stmt::Expr(stmt) => self.expression_statement(&stmt.value),
            Stmt::Assign(stmt) => self.assign(stmt),
            Stmt::AugAssign(stmt) => self.augmented_assign(stmt),
            Stmt::AnnAssign(stmt) => self.annotated_assign(stmt),
            Stmt::Delete(stmt) => stmt
                .targets
                .iter()
                .try_for_each(|target| self.delete_target(target)),
            Stmt::Return(stmt) => self.return_statement(stmt),
            Stmt::If(stmt) => self.if_statement(stmt),
            Stmt::While(stmt) => self.while_statement(stmt),
            Stmt::For(stmt) => self.for_statement(stmt),
            Stmt::Break(_) => self.break_statement(),
            Stmt::Continue(_) => self.continue_statement(),
            Stmt::FunctionDef(stmt) => self.function_definition(stmt),
            Stmt::Try(stmt) => self.try_statement(stmt),
            Stmt::With(stmt) => self.with_statement(stmt),
            Stmt::Raise(stmt) => self.raise_statement(stmt),
            Stmt::Assert(stmt) => self.assert_statement(stmt),
            Stmt::Import(stmt) => self.import(stmt),
            Stmt::ImportFrom(stmt) => self.import_from(stmt),
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass(_) => Ok(()),
            Stmt::ClassDef(stmt) => self.class_definition(stmt),
            Stmt::Match(stmt) => self.match_statement(stmt),
            Stmt::TypeAlias(stmt) => self.type_alias(stmt),
            Stmt::IpyEscapeCommand(_) => self.error("invalid syntax"),
        }
    }

    fn expression_statement(&mut self, value: &'a Expr) -> Emitted {
        let is_printed = self.context.options.mode == Mode::Single
            && self.scopes.kind(self.owner) == ScopeKind::Module;
        if is_printed {
            self.expression(value)?;
            self.op(Opcode::PrintExpr);
            return Ok(());
        }
        if self.constant_value(value)?.is_some() {
            return Ok(());
        }
        self.expression(value)?;
        self.op(Opcode::PopTop);
        Ok(())
    }

    fn return_statement(&mut self, stmt: &'a StmtReturn) -> Emitted {
        if matches!(
            self.scopes.kind(self.owner),
            ScopeKind::Module | ScopeKind::Class
        ) {
            return self.error("'return' outside function");
        }
        if stmt.value.is_some() && self.header.execution == Execution::AsyncGenerator {
            return self.error("'return' with value in async generator");
        }
        let constant = match &stmt.value {
            None => Some(Constant::None),
            Some(value) => self.constant_value(value)?,
        };
        if let Some(constant) = constant {
            return self.exit_through(0, false, |emitter| {
                emitter.constant(constant);
                emitter.op(Opcode::ReturnValue);
            });
        }
        if let Some(value) = &stmt.value {
            match self.leaving_runs_code() {
                true => self.kept(value)?,
                false => self.expression(value)?,
            }
        }
        self.exit_through(0, true, |emitter| emitter.op(Opcode::ReturnValue))
    }

    fn break_statement(&mut self) -> Emitted {
        let Some((position, _, end)) = self.innermost_loop() else {
            return Err(SyntaxError::new("'break' outside loop", self.span));
        };
        self.exit_through(position, false, |emitter| emitter.jump(Opcode::Jump, end))
    }

    fn continue_statement(&mut self) -> Emitted {
        let Some((position, start, _)) = self.innermost_loop() else {
            return Err(SyntaxError::new(
                "'continue' not properly in loop",
                self.span,
            ));
        };
        self.exit_through(position + 1, false, |emitter| {
            emitter.jump(Opcode::JumpBackward, start)
        })
    }

    fn raise_statement(&mut self, stmt: &'a StmtRaise) -> Emitted {
        let parts = [&stmt.exc, &stmt.cause];
        let mut count = 0;
        for part in parts.into_iter().flatten() {
            self.expression(part)?;
            count += 1;
        }
        self.emit(Opcode::RaiseVarargs, count);
        Ok(())
    }

    fn assert_statement(&mut self, stmt: &'a StmtAssert) -> Emitted {
        if self.context.options.optimize > 0 {
            return Ok(());
        }
        self.warn_assert(&stmt.test);
        let passed = self.label();
        self.jump_if(&stmt.test, true, passed)?;
        self.at(Span::of(&*stmt.test), |emitter| {
            emitter.op(Opcode::LoadAssertionError);
            if let Some(message) = &stmt.msg {
                emitter.expression(message)?;
                emitter.emit(Opcode::Call, 1);
            }
            emitter.emit(Opcode::RaiseVarargs, 1);
            Ok(())
        })?;
        self.place(passed);
        Ok(())
    }
}
