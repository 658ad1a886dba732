//! `with` and `async with`.

use ruff_python_ast::{StmtWith, WithItem};

use super::blocks::{Block, Region};
use super::{Emitted, Emitter};
use crate::compile::code::Constant;
use crate::compile::instructions::Opcode;
use crate::syntax::Span;

impl<'a> Emitter<'a> {
    pub(super) fn with_statement(&mut self, stmt: &'a StmtWith) -> Emitted {
        if stmt.is_async {
            self.require_async("'async with' outside async function")?;
        }
        self.with_items(&stmt.items, stmt)
    }

    /// `with a, b:` is `with a:` around `with b:`.
    fn with_items(&mut self, items: &'a [WithItem], stmt: &'a StmtWith) -> Emitted {
        let Some((item, rest)) = items.split_first() else {
            return self.body(&stmt.body);
        };
        let (span, is_async) = (Span::of(&item.context_expr), stmt.is_async);
        self.expression(&item.context_expr)?;
        self.at(span, |emitter| emitter.enter_manager(is_async));
        let region = self.region(1);
        self.enter(Block::With {
            region,
            span,
            is_async,
        })?;
        match &item.optional_vars {
            Some(target) => self.assign_target(target)?,
            None => self.op(Opcode::PopTop),
        }
        self.with_items(rest, stmt)?;
        self.leave();
        self.at(span, |emitter| emitter.call_exit(is_async));
        let end = self.label();
        self.jump(Opcode::Jump, end);
        self.at(span, |emitter| emitter.with_handler(region, is_async))?;
        self.place(end);
        Ok(())
    }

    /// Replaces a manager by its exit and what entering it returned.
    fn enter_manager(&mut self, is_async: bool) {
        self.emit(Opcode::LoadWith, is_async as u32);
        self.emit(Opcode::CallMethod, 0);
        if is_async {
            self.emit(Opcode::GetAwaitable, 1);
            self.delegate();
        }
    }

    /// Calls the exit on top, as after a body that ended well.
    pub(super) fn call_exit(&mut self, is_async: bool) {
        for _ in 0..3 {
            self.constant(Constant::None);
        }
        self.answer_of_exit(is_async);
        self.op(Opcode::PopTop);
    }

    fn answer_of_exit(&mut self, is_async: bool) {
        self.emit(Opcode::Call, 3);
        if is_async {
            self.emit(Opcode::GetAwaitable, 2);
            self.delegate();
        }
    }

    /// Asks the manager whether the exception ends here.
    fn with_handler(&mut self, region: Region, is_async: bool) -> Emitted {
        self.place(region.handler);
        self.op(Opcode::PushExcInfo);
        let restorer = self.region(1);
        self.enter(Block::Handler { region: restorer })?;
        self.op(Opcode::WithExceptStart);
        self.answer_of_exit(is_async);
        let suppressed = self.label();
        self.jump(Opcode::PopJumpIfTrue, suppressed);
        self.op(Opcode::Reraise);
        self.leave();
        self.restore(restorer);
        self.place(suppressed);
        self.op(Opcode::PopTop);
        self.op(Opcode::PopExcept);
        self.op(Opcode::PopTop);
        Ok(())
    }
}
