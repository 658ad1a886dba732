//! Statements: the dispatch, and those that are simple.

use ruff_python_ast::{Expr, Stmt, StmtAssert, StmtRaise, StmtReturn};
use ruff_text_size::Ranged;

use super::blocks::Block;
use super::{Emitted, Emitter, unsupported};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::compile::scopes::ScopeId;
use crate::syntax::{Span, SyntaxError};

impl<'a> Emitter<'a> {
    pub(super) fn body(&mut self, body: &'a [Stmt]) -> Emitted {
        body.iter().try_for_each(|stmt| self.statement(stmt))
    }

    fn statement(&mut self, stmt: &'a Stmt) -> Emitted {
        self.at(Span::of(stmt), |emitter| emitter.statement_here(stmt))
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
            _ => Err(unsupported(unsupported_statement(stmt), header(stmt))),
        }
    }

    fn expression_statement(&mut self, value: &'a Expr) -> Emitted {
        if self.constant_value(value)?.is_some() {
            return Ok(());
        }
        self.expression(value)?;
        self.op(Opcode::PopTop);
        Ok(())
    }

    fn return_statement(&mut self, stmt: &'a StmtReturn) -> Emitted {
        if self.owner == ScopeId::MODULE {
            return Err(SyntaxError::new("'return' outside function", stmt.range()));
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
            self.expression(value)?;
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

    /// Starts a loop; the labels are its start, which is here, and its end.
    pub(super) fn enter_loop(&mut self, keeps_iterator: bool) -> (super::Label, super::Label) {
        let (start, end) = (self.label_here(), self.label());
        self.enter(Block::Loop {
            start,
            end,
            keeps_iterator,
        });
        (start, end)
    }
}

fn unsupported_statement(stmt: &Stmt) -> &'static str {
    match stmt {
        Stmt::ClassDef(_) => "class definitions",
        Stmt::Match(_) => "match statements",
        Stmt::TypeAlias(_) => "type alias statements",
        _ => "statements of this kind",
    }
}

/// The place to point at: the keyword with which the statement starts.
fn header(stmt: &Stmt) -> Span {
    let start: u32 = match stmt {
        Stmt::ClassDef(class) if !class.decorator_list.is_empty() => return Span::of(&class.name),
        _ => stmt.start().into(),
    };
    let length = match stmt {
        Stmt::TypeAlias(_) => 4,
        _ => 5,
    };
    Span {
        start,
        end: start + length,
    }
}
