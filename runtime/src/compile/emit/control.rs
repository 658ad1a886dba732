//! `if`, `while` and `for`.

use ruff_python_ast::{ElifElseClause, Expr, Stmt, StmtFor, StmtIf, StmtWhile};

use super::blocks::Block;
use super::{Emitted, Emitter, Label};
use crate::compile::instructions::Opcode;
use crate::syntax::{Span, SyntaxError};

impl<'a> Emitter<'a> {
    pub(super) fn if_statement(&mut self, stmt: &'a StmtIf) -> Emitted {
        let end = self.label();
        self.branch(&stmt.test, &stmt.body, &stmt.elif_else_clauses, end)?;
        for (index, clause) in stmt.elif_else_clauses.iter().enumerate() {
            let rest = &stmt.elif_else_clauses[index + 1..];
            match &clause.test {
                Some(test) => self.at(Span::of(clause), |emitter| {
                    emitter.branch(test, &clause.body, rest, end)
                })?,
                None => self.body(&clause.body)?,
            }
        }
        self.place(end);
        Ok(())
    }

    /// One condition with its body; `rest` is what follows it.
    fn branch(
        &mut self,
        test: &'a Expr,
        body: &'a [Stmt],
        rest: &[ElifElseClause],
        end: Label,
    ) -> Emitted {
        let next = self.label();
        self.jump_if(test, false, next)?;
        self.body(body)?;
        if !rest.is_empty() {
            self.jump(Opcode::Jump, end);
        }
        self.place(next);
        Ok(())
    }

    pub(super) fn while_statement(&mut self, stmt: &'a StmtWhile) -> Emitted {
        let (start, end) = self.enter_loop(false)?;
        let finished = self.label();
        self.jump_if(&stmt.test, false, finished)?;
        self.body(&stmt.body)?;
        self.jump(Opcode::JumpBackward, start);
        self.leave();
        self.place(finished);
        self.body(&stmt.orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn for_statement(&mut self, stmt: &'a StmtFor) -> Emitted {
        if stmt.is_async {
            return self.async_for(stmt);
        }
        let iterable = Span::of(&*stmt.iter);
        self.unshared(&stmt.iter)?;
        self.emit_at(iterable, Opcode::GetIter, 0);
        let (start, end) = self.enter_loop(true)?;
        let finished = self.label();
        self.at(iterable, |emitter| emitter.jump(Opcode::ForIter, finished));
        self.assign_target(&stmt.target)?;
        self.body(&stmt.body)?;
        self.jump(Opcode::JumpBackward, start);
        self.leave();
        self.place(finished);
        self.body(&stmt.orelse)?;
        self.place(end);
        Ok(())
    }

    fn async_for(&mut self, stmt: &'a StmtFor) -> Emitted {
        self.require_async("'async for' outside async function")?;
        let iterable = Span::of(&*stmt.iter);
        self.expression(&stmt.iter)?;
        self.emit_at(iterable, Opcode::GetAiter, 0);
        let (start, end) = self.enter_loop(true)?;
        let finished = self.at(iterable, Self::async_next);
        self.assign_target(&stmt.target)?;
        self.body(&stmt.body)?;
        self.jump(Opcode::JumpBackward, start);
        self.leave();
        self.place(finished);
        self.emit_at(iterable, Opcode::EndAsyncFor, 0);
        self.body(&stmt.orelse)?;
        self.place(end);
        Ok(())
    }

    /// Starts a loop; the labels are its start, which is here, and its end.
    fn enter_loop(&mut self, keeps_iterator: bool) -> Result<(Label, Label), SyntaxError> {
        let (start, end) = (self.label_here(), self.label());
        self.enter(Block::Loop {
            start,
            end,
            keeps_iterator,
        })?;
        Ok((start, end))
    }
}
