//! `try` with `except*`.
//!
//! Above the previous exception and the one that was caught lie a list of what the clauses raised, and the rest that
//! no clause has taken yet. A clause that fails adds its exception to the list, and the next one goes on.

use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, StmtTry};

use super::blocks::Block;
use super::{Emitted, Emitter, Label};
use crate::compile::instructions::Opcode;
use crate::syntax::Span;

impl<'a> Emitter<'a> {
    pub(super) fn try_except_star(&mut self, stmt: &'a StmtTry) -> Emitted {
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
        self.emit(Opcode::Copy, 1);
        self.emit(Opcode::BuildList, 0);
        self.emit(Opcode::Swap, 2);
        for handler in &stmt.handlers {
            let ExceptHandler::ExceptHandler(clause) = handler;
            self.at(Span::of(clause), |emitter| emitter.star_clause(clause))?;
        }
        self.raise_rest(end);
        self.leave();
        self.restore(restorer);
        self.place(end);
        Ok(())
    }

    /// One clause; it starts and ends with the list and the rest on top.
    fn star_clause(&mut self, clause: &'a ExceptHandlerExceptHandler) -> Emitted {
        let (next, unmatched) = (self.label(), self.label());
        if let Some(class) = &clause.type_ {
            self.expression(class)?;
            self.emit_at(Span::of(&**class), Opcode::CheckEgMatch, 0);
        }
        self.emit(Opcode::Copy, 1);
        self.jump(Opcode::PopJumpIfNone, unmatched);
        match &clause.name {
            None => self.op(Opcode::PopTop),
            Some(name) => self.store(name)?,
        }
        self.star_body(clause, next)?;
        self.place(unmatched);
        self.op(Opcode::PopTop);
        self.place(next);
        Ok(())
    }

    fn star_body(&mut self, clause: &'a ExceptHandlerExceptHandler, next: Label) -> Emitted {
        let region = self.region(0);
        self.enter(Block::Group { region })?;
        self.body(&clause.body)?;
        self.leave();
        self.forget_star_name(clause)?;
        self.jump(Opcode::Jump, next);
        self.place(region.handler);
        self.forget_star_name(clause)?;
        self.emit(Opcode::ListAppend, 2);
        self.jump(Opcode::Jump, next);
        Ok(())
    }

    fn forget_star_name(&mut self, clause: &'a ExceptHandlerExceptHandler) -> Emitted {
        match &clause.name {
            None => Ok(()),
            Some(name) => self.forget_name(name),
        }
    }

    /// Raises what is left over, if anything is.
    fn raise_rest(&mut self, end: Label) {
        self.emit(Opcode::ListAppend, 1);
        self.op(Opcode::PrepReraiseStar);
        let nothing = self.label();
        self.emit(Opcode::Copy, 1);
        self.jump(Opcode::PopJumpIfNone, nothing);
        self.op(Opcode::Reraise);
        self.place(nothing);
        self.op(Opcode::PopTop);
        self.uncovered(|emitter| {
            emitter.op(Opcode::PopExcept);
            emitter.jump(Opcode::Jump, end);
        });
    }
}
