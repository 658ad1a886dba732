//! `try` with `except` and `finally`.
//!
//! A handler starts with the exception on the stack. `PUSH_EXC_INFO` makes it the handled one and keeps the one before
//! it on the stack; `POP_EXCEPT` undoes that. While a handler runs it is covered by a *restorer*, which undoes it for
//! exceptions that leave the handler.

use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, Stmt, StmtTry};

use super::blocks::{Block, Region};
use super::{Emitted, Emitter, Label};
use crate::compile::instructions::Opcode;
use crate::syntax::{Span, SyntaxError};

impl<'a> Emitter<'a> {
    pub(super) fn try_statement(&mut self, stmt: &'a StmtTry) -> Emitted {
        if stmt.finalbody.is_empty() {
            return self.try_clauses(stmt);
        }
        let region = self.region(0);
        let body = &stmt.finalbody;
        self.enter(Block::Finally { region, body })?;
        self.try_clauses(stmt)?;
        self.leave();
        self.warn_leaving_finally(body);
        let end = self.label();
        self.body(body)?;
        self.jump(Opcode::Jump, end);
        self.finally_copy(region, body)?;
        self.place(end);
        Ok(())
    }

    fn try_clauses(&mut self, stmt: &'a StmtTry) -> Emitted {
        match (stmt.handlers.is_empty(), stmt.is_star) {
            (true, _) => self.body(&stmt.body),
            (false, false) => self.try_except(stmt),
            (false, true) => self.try_except_star(stmt),
        }
    }

    /// The `finally` body for an exception, which then goes on.
    fn finally_copy(&mut self, region: Region, body: &'a [Stmt]) -> Emitted {
        self.place(region.handler);
        self.op(Opcode::PushExcInfo);
        let restorer = self.region(1);
        self.enter(Block::FinallyCopy { region: restorer })?;
        self.body(body)?;
        self.op(Opcode::Reraise);
        self.leave();
        self.restore(restorer);
        Ok(())
    }

    /// Makes the previous exception the handled one again and passes the new one on.
    pub(super) fn restore(&mut self, restorer: Region) {
        self.place(restorer.handler);
        self.emit(Opcode::Swap, 2);
        self.op(Opcode::PopExcept);
        self.op(Opcode::Reraise);
    }

    fn try_except(&mut self, stmt: &'a StmtTry) -> Emitted {
        let region = self.region(0);
        self.enter(Block::Try { region })?;
        self.body(&stmt.body)?;
        self.leave();
        self.body(&stmt.orelse)?;
        let end = self.label();
        self.jump(Opcode::Jump, end);
        self.place(region.handler);
        self.op(Opcode::PushExcInfo);
        let restorer = self.region(1);
        self.enter(Block::Handler { region: restorer })?;
        for (index, handler) in stmt.handlers.iter().enumerate() {
            let ExceptHandler::ExceptHandler(clause) = handler;
            if clause.type_.is_none() && index + 1 < stmt.handlers.len() {
                return Err(SyntaxError::new(
                    "default 'except:' must be last",
                    Span::of(clause),
                ));
            }
            self.at(Span::of(clause), |emitter| emitter.clause(clause, end))?;
        }
        self.op(Opcode::Reraise);
        self.leave();
        self.restore(restorer);
        self.place(end);
        Ok(())
    }

    /// One `except` clause; it starts with the previous exception and the caught one on the stack.
    fn clause(&mut self, clause: &'a ExceptHandlerExceptHandler, end: Label) -> Emitted {
        let next = self.label();
        if let Some(class) = &clause.type_ {
            self.expression(class)?;
            let span = Span::of(&**class);
            self.emit_at(span, Opcode::CheckExcMatch, 0);
            self.at(span, |emitter| emitter.jump(Opcode::PopJumpIfFalse, next));
        }
        match &clause.name {
            None => {
                self.op(Opcode::PopTop);
                self.body(&clause.body)?;
            }
            Some(name) => self.named_clause(name, &clause.body)?,
        }
        self.uncovered(|emitter| {
            emitter.op(Opcode::PopExcept);
            emitter.jump(Opcode::Jump, end);
        });
        self.place(next);
        Ok(())
    }

    fn named_clause(&mut self, name: &'a str, body: &'a [Stmt]) -> Emitted {
        self.store(name)?;
        let region = self.region(0);
        let done = self.label();
        self.enter(Block::HandlerName { region, name })?;
        self.body(body)?;
        self.leave();
        self.forget_name(name)?;
        self.jump(Opcode::Jump, done);
        self.place(region.handler);
        self.forget_name(name)?;
        self.op(Opcode::Reraise);
        self.place(done);
        Ok(())
    }
}
